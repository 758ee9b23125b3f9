package dev.johwa.lib.process;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Gives the beginning of a file back to the disk while another program appends to it: offsets stay, the blocks are
/// free, and the freed part reads as zeros (fallocate(1), `FALLOC_FL_PUNCH_HOLE`).
public final class Holes {
    private static final int WRITE_ONLY = 1;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final MethodHandle OPEN =
            Native.function("open", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = Native.function("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle FALLOCATE = Native.function(
            "fallocate",
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG);

    private Holes() {}

    /// Frees the bytes before `end`.
    ///
    /// @return false when the file system cannot
    public static boolean punch(Path file, long end) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(file.toString());
            int descriptor = Native.call(() -> (int) OPEN.invokeExact(name, WRITE_ONLY | CLOSE_ON_EXEC));
            if (descriptor < 0) {
                return false;
            }
            try {
                return Native.call(() -> (int) FALLOCATE.invokeExact(descriptor, PUNCH_HOLE | KEEP_SIZE, 0L, end)) == 0;
            } finally {
                int _ = Native.call(() -> (int) CLOSE.invokeExact(descriptor));
            }
        }
    }
}
