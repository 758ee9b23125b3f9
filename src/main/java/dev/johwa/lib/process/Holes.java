package dev.johwa.lib.process;

import java.nio.file.Path;

/// Gives the beginning of a file back to the disk while another program appends to it: offsets stay, the blocks are
/// free, and the freed part reads as zeros (fallocate(1), `FALLOC_FL_PUNCH_HOLE`).
public final class Holes {
    private Holes() {}

    /// Frees the bytes before `end`.
    ///
    /// @return false when the file system cannot
    public static boolean punch(Path file, long end) {
        return Tool.run(
                "",
                "fallocate",
                "--punch-hole",
                "--offset",
                "0",
                "--length",
                String.valueOf(end),
                "--",
                file.toString());
    }
}
