package dev.johwa.lib.process;

import static dev.johwa.lib.process.Native.call;
import static dev.johwa.lib.process.Native.function;

import dev.johwa.lib.file.Trees;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/// Another program in the place of this process, with its id, its terminal, its parent and its children (execv(3)):
/// who started us sees no difference. Functions of the C library are bound when one is needed, not before.
public final class Successor {
    private static final int SET_FLAGS = 2;
    private static final int CLOSE_ON_EXEC = 1;
    private static final int FIRST_OF_OURS = 3;
    private static final int AT_ONCE = 1;

    private Successor() {}

    private static final class Library {
        static final MethodHandle EXECUTE =
                function("execv", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        static final MethodHandle FLAGS = function(
                "fcntl",
                List.of(Linker.Option.firstVariadicArg(2)),
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT);
        static final MethodHandle WAIT = function(
                "waitpid", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    }

    /// Becomes that program; comes back only when it cannot be started.
    ///
    /// @param argv the program, by its path, and its words
    public static void become(List<String> argv) {
        for (var each : Trees.children(Path.of("/proc/self/fd"))) {
            int descriptor = Integer.parseInt(each.getFileName().toString());
            if (descriptor >= FIRST_OF_OURS) {
                call(() -> (int) Library.FLAGS.invokeExact(descriptor, SET_FLAGS, CLOSE_ON_EXEC));
            }
        }
        try (var arena = Arena.ofConfined()) {
            var words = arena.allocate(ValueLayout.ADDRESS, argv.size() + 1L);
            for (int i = 0; i < argv.size(); i++) {
                words.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(argv.get(i)));
            }
            words.setAtIndex(ValueLayout.ADDRESS, argv.size(), MemorySegment.NULL);
            var program = arena.allocateFrom(argv.getFirst());
            call(() -> (int) Library.EXECUTE.invokeExact(program, words));
        }
    }

    /// Takes note of the end of a child that an earlier program in this process left, which would stay in the table
    /// of processes else.
    ///
    /// @return whether it has ended
    public static boolean hasEnded(long child) {
        return call(() -> (int) Library.WAIT.invokeExact((int) child, MemorySegment.NULL, AT_ONCE)) != 0;
    }
}
