package dev.johwa.lib.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Gives the beginning of a file back to the disk while another program appends to it: offsets stay, the blocks are
/// free, and the freed part reads as zeros (fallocate(1), `FALLOC_FL_PUNCH_HOLE`).
public final class Holes {
    private static final int PATIENCE_SECONDS = 10;

    private Holes() {}

    /// Frees the bytes before `end`.
    ///
    /// @return false when the file system cannot
    public static boolean punch(Path file, long end) {
        var argv = List.of(
                "fallocate", "--punch-hole", "--offset", "0", "--length", String.valueOf(end), "--", file.toString());
        try {
            var running = new ProcessBuilder(argv)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && running.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
