package dev.johwa.main;

import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The program as a process at a terminal of the kernel's, at which a script sits: it types, changes the size of the
/// window, and tells how the terminal is set.
final class RealTerminal implements AutoCloseable {
    private static final String SCRIPT = """
            import fcntl, json, os, select, signal, struct, sys, termios

            master, slave = os.openpty()

            def size(rows, columns):
                fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))

            def state():
                flags = termios.tcgetattr(slave)[3]
                cooked = bool(flags & termios.ICANON) and bool(flags & termios.ECHO) and bool(flags & termios.ISIG)
                print('cooked' if cooked else 'raw', file=sys.stderr, flush=True)

            size(33, 111)
            child = os.fork()
            if child == 0:
                os.setsid()
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
                for number in range(3):
                    os.dup2(slave, number)
                os.execvp(sys.argv[1], sys.argv[1:])
            waiting = b''
            while True:
                ready = select.select([master, 0], [], [], 0.05)[0]
                if master in ready:
                    os.write(1, os.read(master, 65536))
                    continue
                if 0 in ready:
                    got = os.read(0, 65536)
                    if not got:
                        os.kill(child, signal.SIGKILL)
                        break
                    waiting += got
                    while b'\\n' in waiting:
                        line, waiting = waiting.split(b'\\n', 1)
                        order = json.loads(line)
                        if 'keys' in order:
                            os.write(master, order['keys'].encode())
                        if 'size' in order:
                            size(*order['size'])
                        if 'state' in order:
                            state()
                        if 'kill' in order:
                            os.kill(child, order['kill'])
                ended, status = os.waitpid(child, os.WNOHANG)
                if ended:
                    state()
                    print('ended', os.waitstatus_to_exitcode(status), file=sys.stderr, flush=True)
                    break
            """;

    private final Path shown;
    private final Path told;
    private final Process process;
    private final OutputStream orders;

    RealTerminal(Platform platform, Path folder, String... words) throws IOException {
        shown = Files.createTempFile(folder, "shown", "");
        told = Files.createTempFile(folder, "told", "");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var argv = new ArrayList<>(List.of("python3", "-c", SCRIPT, java, "-XX:TieredStopAtLevel=1"));
        argv.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp"));
        argv.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
        argv.addAll(List.of(words));
        var builder = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectOutput(shown.toFile())
                .redirectError(told.toFile());
        builder.environment()
                .putAll(Map.of("JOHWA_URL", platform.server().url(), "JOHWA_TOKEN", platform.token(), "TERM", "xterm"));
        process = builder.start();
        orders = process.getOutputStream();
    }

    void type(String keys) {
        order(Map.of("keys", keys));
    }

    void resize(int columns, int rows) {
        order(Map.of("size", List.of(rows, columns)));
    }

    void kill(int signal) {
        order(Map.of("kill", signal));
    }

    private void order(Map<String, Object> what) {
        try {
            orders.write((Json.write(what) + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(read(told), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String shown() {
        return read(shown);
    }

    void shows(String text) {
        try {
            Wait.eventually(() -> shown().contains(text) || !process.isAlive());
        } finally {
            if (!shown().contains(text)) {
                throw new AssertionError("it never showed '" + text + "' but: " + shown() + read(told));
            }
        }
    }

    /// `cooked` where keys are shown and Ctrl-C ends a program, `raw` where they go to the program as they are.
    String settings() {
        long before = read(told).lines().count();
        order(Map.of("state", 1));
        Wait.eventually(() -> read(told).lines().count() > before);
        return read(told).lines().toList().getLast();
    }

    /// How the terminal was left, and the exit status: `cooked`, `ended 0`.
    List<String> end() {
        Wait.eventually(() -> !process.isAlive());
        var lines = read(told).lines().toList();
        return lines.subList(lines.size() - 2, lines.size());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        // Without anybody who gives orders, it ends the program and itself.
        orders.close();
        process.waitFor();
    }
}
