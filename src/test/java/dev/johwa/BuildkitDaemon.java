package dev.johwa;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real BuildKit on its own socket and folder; its steps run by runc in the machine's network. Needs root.
public final class BuildkitDaemon implements AutoCloseable {
    private static @Nullable BuildkitDaemon shared;

    private final Path folder;
    private final Process process;

    private BuildkitDaemon(Path folder) throws IOException {
        this.folder = folder;
        var argv = List.of(
                Tools.file("buildkit/buildkitd").toString(),
                "--addr",
                address(),
                "--root",
                folder.resolve("root").toString(),
                "--oci-worker=true",
                "--oci-worker-net=host",
                "--oci-worker-gc=false",
                "--containerd-worker=false");
        process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /// The one of this JVM's tests, which ends with it.
    public static synchronized BuildkitDaemon shared() {
        if (shared == null) {
            try {
                var daemon = new BuildkitDaemon(Files.createTempDirectory("johwa-buildkit"));
                Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "buildkit's end"));
                eventually(() -> daemon.answers() || !daemon.process.isAlive());
                assertThat(daemon.process.isAlive())
                        .as(() -> "buildkitd does not start: " + daemon.folder.resolve("log"))
                        .isTrue();
                shared = daemon;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    private boolean answers() {
        return Programs.firstLine(
                        List.of(programs().resolve("buildctl").toString(), "--addr", address(), "debug", "workers"))
                .isPresent();
    }

    public String address() {
        return "unix://" + folder.resolve("buildkitd.sock");
    }

    /// Where `buildctl` is.
    public static Path programs() {
        return Tools.file("buildkit/buildctl").getParent();
    }

    @Override
    public void close() {
        Daemons.end(process);
        Daemons.unmountBelow(folder);
        Trees.delete(folder);
        Daemons.removeGroups("buildkit");
    }
}
