package dev.johwa;

import static dev.johwa.Wait.eventually;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.docker.Content;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/// A real Docker daemon on its own socket and folders, beside any other of the machine: no bridge and no rules of the
/// firewall but those of networks that a test makes, whose ports are reached over the loopback. Needs root.
public final class DockerDaemon implements AutoCloseable {
    /// An image with nothing but busybox, as `/bin/sh` and its other names.
    public static final String BASE = "johwa-test-base:1";

    private static final List<String> APPLETS = List.of(
            "sh", "cat", "cp", "echo", "env", "false", "grep", "head", "httpd", "id", "kill", "ls", "mkdir", "nc",
            "printf", "ps", "rm", "sed", "sleep", "stat", "stty", "tail", "test", "touch", "true", "tty", "usleep",
            "wc", "wget", "yes");
    private static final int POOLS = 100;

    private static @Nullable DockerDaemon shared;

    private final Path folder;
    private final Engine engine;
    private @Nullable Process process;

    private DockerDaemon(Path folder) {
        this.folder = folder;
        this.engine = new Engine(folder.resolve("docker.sock"));
    }

    /// The one of this JVM's tests, which ends with it. Tests tell their things apart by names and labels, and take
    /// them away.
    public static synchronized DockerDaemon shared() {
        if (shared == null) {
            var daemon = start();
            Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "docker's end"));
            shared = daemon;
        }
        return shared;
    }

    /// One of a test's own, which it may stop and start again.
    public static DockerDaemon start() {
        try {
            // A path of a socket is short.
            var daemon = new DockerDaemon(Files.createTempDirectory("johwa-docker"));
            daemon.begin();
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path socket() {
        return engine.socket();
    }

    public Engine engine() {
        return engine;
    }

    /// Starts it, or starts it again.
    public void begin() {
        long pool = ProcessHandle.current().pid() % POOLS + 100;
        var argv = List.of(
                Tools.find("dockerd"),
                "--host",
                "unix://" + socket(),
                "--data-root",
                folder.resolve("data").toString(),
                "--exec-root",
                folder.resolve("exec").toString(),
                "--pidfile",
                folder.resolve("pid").toString(),
                "--bridge",
                "none",
                "--iptables=false",
                "--ip-masq=false",
                "--default-address-pool",
                "base=10." + pool + ".0.0/16,size=24");
        try {
            process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        eventually(() -> engine.trouble().isEmpty() || !isAlive());
        assumeTrue(isAlive(), () -> "dockerd does not start: " + Daemons.lastWords(log()));
    }

    private boolean isAlive() {
        return Objects.requireNonNull(process).isAlive();
    }

    private Path log() {
        return folder.resolve("log");
    }

    /// Stops it as an operator does: containers end with it, and are known when it begins again.
    public void end() {
        Daemons.end(Objects.requireNonNull(process));
    }

    /// Takes away all of it.
    @Override
    public void close() {
        if (isAlive()) {
            try {
                Daemons.empty(engine, List.of("none", "host", "bridge"));
            } catch (ProblemException e) {
                // It ends before us, as when somebody interrupts all of it.
            }
            end();
        }
        Daemons.unmountBelow(folder);
        Trees.delete(folder);
        // Builders make them for their steps, and each daemon has one for its containers.
        Daemons.removeGroups("buildkit");
        Daemons.removeGroups("docker");
    }

    /// Makes [#BASE] known to it.
    public String base() {
        return base(BASE, List.of("CMD [\"/bin/sh\"]"));
    }

    /// Makes an image of busybox with these words of a Dockerfile.
    ///
    /// @return its name
    public String base(String name, List<String> changes) {
        if (engine.images().inspect(name).isEmpty()) {
            engine.images().importTar(busybox(), name, changes, new Cancel());
        }
        return name;
    }

    /// Makes an image known to it that is for machines of another kind.
    ///
    /// @return its name
    public String foreign(String architecture) {
        var name = "johwa-test-" + architecture + ":1";
        // The end of an archive, with nothing before it.
        var layer = new byte[1024];
        var hash = Digest.sha256();
        hash.update(layer);
        var contents =
                Map.of("type", "layers", "diff_ids", List.of(Digest.of(hash).text()));
        var config = Map.of(
                "architecture",
                architecture,
                "os",
                "linux",
                "config",
                Map.of("Cmd", List.of("/run")),
                "rootfs",
                contents);
        var manifest = Map.of("Config", "config.json", "RepoTags", List.of(name), "Layers", List.of("layer.tar"));
        engine.images()
                .load(
                        out -> {
                            var tar = new TarArchiveOutputStream(out);
                            write(tar, "config.json", Json.bytes(config), 0644);
                            write(tar, "layer.tar", layer, 0644);
                            write(tar, "manifest.json", Json.bytes(List.of(manifest)), 0644);
                            tar.finish();
                        },
                        new Cancel());
        return name;
    }

    /// A program that needs nothing else.
    public static Path busyboxFile() {
        return Path.of(Tools.find("busybox"));
    }

    private static Content busybox() {
        return out -> {
            var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
            for (var name : List.of("bin/", "tmp/", "etc/", "var/")) {
                var entry = new TarArchiveEntry(name);
                entry.setMode(name.equals("tmp/") ? 01777 : 0755);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            write(
                    tar,
                    "etc/passwd",
                    "root:x:0:0::/:/bin/sh\napp:x:1000:1000::/tmp:/bin/sh\n".getBytes(StandardCharsets.UTF_8),
                    0644);
            write(tar, "bin/busybox", Files.readAllBytes(busyboxFile()), 0755);
            for (var applet : APPLETS) {
                var link = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
                link.setLinkName("busybox");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
            tar.finish();
            tar.flush();
        };
    }

    private static void write(TarArchiveOutputStream tar, String name, byte[] bytes, int mode) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
