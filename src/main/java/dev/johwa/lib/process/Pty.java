package dev.johwa.lib.process;

import static dev.johwa.lib.process.Native.call;
import static dev.johwa.lib.process.Native.function;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// Our side of a terminal that is made for a program (pty(7)). The first one binds functions of the C library; nothing
/// of that happens before.
final class Pty implements AutoCloseable {
    private static final int READ_WRITE = 2;
    private static final int NO_CONTROLLING = 0x100;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final long SET_SIZE = 0x5414;
    private static final int LONGEST_NAME = 64;
    private static final int CHUNK = 16 << 10;

    private final int master;
    private final String slave;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Pty(int master, String slave) {
        this.master = master;
        this.slave = slave;
    }

    /// The functions that are needed.
    private static final class Library {
        static final MethodHandle OPEN = function("posix_openpt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        static final MethodHandle GRANT = function("grantpt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        static final MethodHandle UNLOCK = function("unlockpt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        static final MethodHandle NAME = function(
                "ptsname_r", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
        static final MethodHandle READ = function(
                "read", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
        static final MethodHandle WRITE = function(
                "write", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
        static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        static final MethodHandle CONTROL = function(
                "ioctl",
                List.of(Linker.Option.firstVariadicArg(2)),
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS);
    }

    /// @throws dev.johwa.lib.problem.ProblemException when the machine has none to give
    static Pty open(TerminalSize size) {
        int master = call(() -> (int) Library.OPEN.invokeExact(READ_WRITE | NO_CONTROLLING | CLOSE_ON_EXEC));
        if (master < 0) {
            throw none();
        }
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocate(LONGEST_NAME);
            boolean isOpen = call(() -> (int) Library.GRANT.invokeExact(master)) == 0
                    && call(() -> (int) Library.UNLOCK.invokeExact(master)) == 0
                    && call(() -> (int) Library.NAME.invokeExact(master, name, (long) LONGEST_NAME)) == 0;
            var pty = new Pty(master, isOpen ? name.getString(0) : "");
            if (!isOpen) {
                pty.close();
                throw none();
            }
            pty.resize(size);
            return pty;
        }
    }

    private static RuntimeException none() {
        return Problem.resource("terminal.none", "the machine has no terminal to give")
                .hint("close others, or run it without one: --no-terminal")
                .exception();
    }

    /// The file by which a program opens its side.
    String slave() {
        return slave;
    }

    /// Makes its side that of the account as which the program runs: it may open it again.
    void give(int account) {
        try {
            if (account != 0) {
                Files.setAttribute(Path.of(slave), "unix:uid", account);
            }
        } catch (IOException e) {
            throw Problem.resource("terminal.account", slave + " cannot be given to account " + account + ": " + e)
                    .exception();
        }
    }

    void resize(TerminalSize size) {
        if (isClosed.get()) {
            return;
        }
        try (var arena = Arena.ofConfined()) {
            var window = arena.allocateFrom(
                    ValueLayout.JAVA_SHORT, (short) size.rows(), (short) size.columns(), (short) 0, (short) 0);
            int _ = call(() -> (int) Library.CONTROL.invokeExact(master, SET_SIZE, window));
        }
    }

    /// What the program shows; it is over when nobody has its side open any more.
    InputStream out() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                Objects.checkFromIndexSize(offset, length, bytes.length);
                if (length == 0) {
                    return 0;
                }
                try (var arena = Arena.ofConfined()) {
                    int most = Math.min(length, CHUNK);
                    var buffer = arena.allocate(most);
                    long count = isClosed.get()
                            ? -1
                            : call(() -> (long) Library.READ.invokeExact(master, buffer, (long) most));
                    if (count <= 0) {
                        return -1;
                    }
                    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, offset, (int) count);
                    return (int) count;
                }
            }
        };
    }

    /// What is typed.
    OutputStream in() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, bytes.length);
                try (var arena = Arena.ofConfined()) {
                    var buffer = arena.allocate(Math.max(1, length));
                    MemorySegment.copy(bytes, offset, buffer, ValueLayout.JAVA_BYTE, 0, length);
                    for (long done = 0; done < length; ) {
                        var rest = buffer.asSlice(done, length - done);
                        long count = isClosed.get()
                                ? -1
                                : call(() -> (long) Library.WRITE.invokeExact(master, rest, rest.byteSize()));
                        if (count < 0) {
                            throw new IOException("the terminal is closed");
                        }
                        done += count;
                    }
                }
            }
        };
    }

    /// Hangs up. To be called when nobody reads or writes any more, or all that did have ended.
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            int _ = call(() -> (int) Library.CLOSE.invokeExact(master));
        }
    }
}
