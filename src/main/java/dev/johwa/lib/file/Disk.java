package dev.johwa.lib.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The room on the disk that holds a folder.
///
/// @param name of the disk, as the machine has it
/// @param freeBytes that we may still write
public record Disk(String name, long freeBytes, long bytes) {
    private static final int PERCENT = 100;

    /// @param folder that is there, or is to be made
    /// @throws dev.johwa.lib.problem.ProblemException when the machine cannot tell it now
    public static Disk of(Path folder) {
        var there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            var store = Files.getFileStore(there);
            return new Disk(store.name(), store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException e) {
            // Java reads the list of mounts for the name, and takes one that it cannot open for an empty one.
            throw Shortage.of(e).orElse(Shortage.FILES).problem().exception();
        }
    }

    /// How much room is left.
    public enum Room {
        ENOUGH,
        /// Somebody should look: less than a tenth is free, and less than 10 GiB.
        LOW,
        /// What takes much should wait: less than a twentieth, and less than 2 GiB.
        SHORT,
        /// Nothing more should be taken in: less than a fiftieth, and less than 512 MiB.
        ALMOST_NONE
    }

    private record Mark(Room room, int part, long most) {
        long bytes(Disk disk) {
            return Math.min(disk.bytes() / part, most);
        }
    }

    private static final List<Mark> MARKS = List.of(
            new Mark(Room.ALMOST_NONE, 50, 512L << 20),
            new Mark(Room.SHORT, 20, 2L << 30),
            new Mark(Room.LOW, 10, 10L << 30));

    /// @param before how it was: a mark that was reached is left with half as much again, so that it does not come
    /// and go
    public Room room(Room before) {
        for (var mark : MARKS) {
            long enough = mark.bytes(this);
            boolean was = before.compareTo(mark.room()) >= 0;
            if (freeBytes < (was ? enough + enough / 2 : enough)) {
                return mark.room();
            }
        }
        return Room.ENOUGH;
    }

    /// Free bytes below which there is no more room than that.
    public long mark(Room room) {
        return MARKS.stream()
                .filter(mark -> mark.room() == room)
                .mapToLong(mark -> mark.bytes(this))
                .findFirst()
                .orElse(bytes);
    }

    /// Of a hundred.
    public long usedPercent() {
        return bytes == 0 ? 0 : PERCENT - freeBytes * PERCENT / bytes;
    }
}
