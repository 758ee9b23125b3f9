package dev.johwa;

import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The PostgreSQL of this machine, with a folder and a port of its own. It may be stopped and started again.
public final class RealPostgres implements AutoCloseable {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final Path folder;
    private final Path programs;
    private final int port;
    private boolean isStopped;

    public RealPostgres() {
        this(Optional.empty());
    }

    /// A copy of another one, which is told of each write (streaming replication) and may take over from it.
    public static RealPostgres copyOf(RealPostgres first) {
        return new RealPostgres(Optional.of(first));
    }

    private RealPostgres(Optional<RealPostgres> first) {
        try {
            folder = Files.createTempDirectory("johwa-postgres");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            programs = Trees.children(PACKAGES).stream()
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .findFirst()
                    .orElseThrow();
            port = freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (first.isPresent()) {
            var from = "host=127.0.0.1 user=johwa port=" + first.get().port();
            run("pg_basebackup", "-D", files(), "-d", from, "-R", "-c", "fast", "-N");
        } else {
            run("initdb", "-D", files(), "-U", "johwa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N");
        }
        start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Shared {
        private static final RealPostgres ONE = new RealPostgres();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(ONE::close));
        }
    }

    /// One for all tests that only keep something in it.
    public static RealPostgres shared() {
        return Shared.ONE;
    }

    private String files() {
        return folder.resolve("files").toString();
    }

    public void start() {
        isStopped = false;
        run(
                "pg_ctl",
                "-D",
                files(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -k '' -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200",
                "start");
    }

    /// As a crash: connections are cut in the middle.
    public void stop() {
        isStopped = true;
        run("pg_ctl", "-D", files(), "-w", "-m", "immediate", "stop");
    }

    /// A copy becomes the one that may be written to.
    public void promote() {
        run("pg_ctl", "-D", files(), "-w", "promote");
    }

    public int port() {
        return port;
    }

    /// An address at which there is nothing yet, of which both know where the other is gone.
    public String addressWith(RealPostgres copy) {
        return address().replace(":" + port, ":" + port + ",127.0.0.1:" + copy.port);
    }

    /// An address at which there is nothing yet.
    public String address() {
        return "postgresql://johwa@127.0.0.1:" + port + "/postgres?schema=s" + SCHEMAS.incrementAndGet();
    }

    private void run(String program, String... words) {
        var argv = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            argv.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        argv.add(programs.resolve(program).toString());
        argv.addAll(Arrays.asList(words));
        try {
            var output = folder.resolve("output-" + program).toFile();
            var process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .directory(folder.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(argv + " failed: " + Files.readString(output.toPath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (!isStopped) {
                stop();
            }
        } finally {
            Trees.delete(folder);
        }
    }
}
