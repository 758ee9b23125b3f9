package dev.johwa.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The logs of runs on the disk.
final class RunLogs {
    /// One that was written to a while ago may still go on.
    private static final Duration YOUNG = Duration.ofHours(1);

    private final Path folder;

    RunLogs(Path folder) {
        this.folder = folder;
    }

    private record Log(Path file, long size, Instant writtenAt) {}

    /// Deletes the oldest until the rest takes at most so many bytes.
    void trim(long most, Instant now) {
        long used = 0;
        for (var log : newestFirst()) {
            used += log.size();
            if (used > most && log.writtenAt().isBefore(now.minus(YOUNG))) {
                delete(log.file());
            }
        }
    }

    private List<Log> newestFirst() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(RunLogs::log)
                    .sorted(Comparator.comparing(Log::writtenAt).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Log log(Path file) {
        try {
            return new Log(
                    file, Files.size(file), Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return new Log(file, 0, Instant.MAX);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
