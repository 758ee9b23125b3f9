package dev.johwa.lib.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The room on the disk that holds a folder.
///
/// @param name of the disk, as the machine has it
/// @param freeBytes that we may still write
public record Disk(String name, long freeBytes, long bytes) {
    private static final long MUCH = 10L << 30;
    private static final int TENTH = 10;
    private static final int PERCENT = 100;

    /// @param folder that is there, or is to be made
    public static Disk of(Path folder) {
        var there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            var store = Files.getFileStore(there);
            return new Disk(store.name(), store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether work may soon stop for want of room: less than a tenth is free, and less than 10 GiB.
    ///
    /// @param wasLow a disk that was low has room only with half as much again, so that it does not come and go
    public boolean isLow(boolean wasLow) {
        long enough = Math.min(bytes / TENTH, MUCH);
        return freeBytes < (wasLow ? enough + enough / 2 : enough);
    }

    /// Whether work stops any moment.
    public boolean isAlmostFull() {
        return freeBytes < Math.min(bytes / TENTH, MUCH) / 5;
    }

    /// Of a hundred.
    public long usedPercent() {
        return bytes == 0 ? 0 : PERCENT - freeBytes * PERCENT / bytes;
    }
}
