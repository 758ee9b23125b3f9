package dev.johwa;

import static dev.johwa.Wait.eventually;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real Podman that answers at a socket of its own, on its own folders, beside any other of the machine. It runs
/// containers by runc, since crun refuses control groups of both versions at once, and raises no limit, since not every
/// machine lets it. Needs root.
public final class PodmanService implements AutoCloseable {
    private static final String SETTINGS = """
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
            [engine]
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            lock_type = "file"
            runtime = "runc"
            [network]
            network_backend = "netavark"
            default_subnet_pools = [{base = "10.%d.0.0/16", size = 24}]
            """;
    /// Docker speaks to the loopback without TLS by itself.
    private static final String REGISTRIES = """
            [[registry]]
            location = "127.0.0.1"
            insecure = true
            """;
    /// Beside those of [DockerDaemon].
    private static final int FIRST_POOL = 201;
    private static final int POOLS = 50;

    private static @Nullable PodmanService shared;

    private final Path folder;
    private final Engine engine;
    private final Process process;

    private PodmanService(Path folder) throws IOException {
        this.folder = folder;
        this.engine = new Engine(folder.resolve("podman.sock"));
        long pool = ProcessHandle.current().pid() % POOLS + FIRST_POOL;
        var settings = Files.writeString(folder.resolve("containers.conf"), SETTINGS.formatted(pool));
        var builder = new ProcessBuilder(
                Tools.find("podman"),
                "--root",
                folder.resolve("data").toString(),
                "--runroot",
                folder.resolve("run").toString(),
                "--tmpdir",
                folder.resolve("tmp").toString(),
                "--network-config-dir",
                folder.resolve("networks").toString(),
                "--storage-driver",
                "vfs",
                "system",
                "service",
                "--time",
                "0",
                "unix://" + engine.socket());
        builder.environment().put("CONTAINERS_CONF", settings.toString());
        var registries = Files.writeString(folder.resolve("registries.conf"), REGISTRIES);
        builder.environment().put("CONTAINERS_REGISTRIES_CONF", registries.toString());
        process =
                builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    /// The one of this JVM's tests, which ends with it.
    public static synchronized PodmanService shared() {
        if (shared == null) {
            try {
                // A path of a socket is short.
                var service = new PodmanService(Files.createTempDirectory("johwa-podman"));
                Runtime.getRuntime().addShutdownHook(new Thread(service::close, "podman's end"));
                shared = service;
                eventually(() -> service.engine.trouble().isEmpty() || !service.process.isAlive());
                assumeTrue(
                        service.process.isAlive(), () -> "podman does not start: " + Daemons.lastWords(service.log()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    private Path log() {
        return folder.resolve("log");
    }

    public Engine engine() {
        return engine;
    }

    /// Takes away all of it.
    @Override
    public void close() {
        try {
            Daemons.empty(engine, List.of("podman", "none", "host"));
        } catch (ProblemException e) {
            // It ends before us, as when somebody interrupts all of it.
        }
        Daemons.end(process);
        Daemons.unmountBelow(folder);
        Trees.delete(folder);
        Daemons.removeGroups("libpod_parent/conmon");
        Daemons.removeGroups("libpod_parent");
    }
}
