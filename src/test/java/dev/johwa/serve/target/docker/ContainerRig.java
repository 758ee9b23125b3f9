package dev.johwa.serve.target.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.DockerDaemon;
import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Logs;
import dev.johwa.serve.target.Supply;
import dev.johwa.serve.target.Target;
import dev.johwa.serve.target.Targets;
import dev.johwa.source.detect.ContainerRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// Instances in a real engine. The app is a script for busybox in an image that was packed without a base.
final class ContainerRig implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);
    static final List<String> COMMAND = List.of("/app/busybox", "sh", "app.sh");

    private static final String APP = """
            b=/app/busybox
            echo "$DUMMY_PRINT"
            [ -z "$DUMMY_TAKES" ] || $b usleep "${DUMMY_TAKES}000"
            [ -z "$DUMMY_TAKES$DUMMY_EXIT" ] || exit "${DUMMY_EXIT:-0}"
            [ "$DUMMY_LISTEN_AFTER" != never ] || exec $b sleep 3600
            [ -z "$DUMMY_LISTEN_AFTER" ] || $b usleep "${DUMMY_LISTEN_AFTER}000"
            $b head -c 3000000 /dev/zero >/dev/shm/held
            $b mkdir /www
            [ "$DUMMY_STATUS" = 404 ] || echo ok >/www/index.html
            exec $b httpd -f -p "${ON:-$HOST}:${FIXED:-$PORT}" -h /www
            """;

    final Engine engine;
    final Digest artifact;
    final Logs logs;
    private final SystemClock clock = new SystemClock();
    private final Tasks tasks = new Tasks();
    private final Path folder;
    private final AtomicInteger count = new AtomicInteger();
    Supply supply;
    Target target;

    ContainerRig(Path folder, Engine engine) throws IOException {
        this.folder = folder;
        this.engine = engine;
        var source = folder.resolve("source");
        Files.createDirectories(source.resolve("uploads"));
        Files.writeString(source.resolve("uploads/first"), "shipped\n");
        Files.writeString(source.resolve("app.sh"), APP);
        var busybox = Files.copy(DockerDaemon.busyboxFile(), source.resolve("busybox"));
        Files.setPosixFilePermissions(busybox, PosixFilePermissions.fromString("rwxr-xr-x"));
        var images = new Images(new Blobs(folder.resolve("blobs")), folder.resolve("unpacked"), clock);
        var start = new Images.Start(List.of(), Map.of(), List.of());
        artifact = images.pack(source, List.of(), List.of(), start).manifest();
        supply = Targets.stored(engine, images, () -> "johwa-test");
        logs = new Logs(folder.resolve("apps"), clock, Logs.BUDGET, (app, line) -> line.replace("hunter2", "***"));
        target = again();
    }

    /// The target as a later control plane makes it.
    Target again() {
        return at("apps");
    }

    /// That of another platform.
    Target at(String apps) {
        return Targets.docker(new Targets.Docker(
                engine, supply, folder.resolve(apps), logs, clock, tasks, new Processes(clock, List.of())));
    }

    /// From now on every artifact is this image.
    void use(String image) {
        supply = (app, digest) -> image;
        target = again();
    }

    InstanceSpec shell(String script, String... data) {
        return spec(List.of("/app/busybox", "sh", "-c", script), Map.of(), data);
    }

    InstanceSpec app(Map<String, String> values) {
        return spec(COMMAND, values);
    }

    InstanceSpec spec(List<String> command, Map<String, String> values, String... data) {
        return new InstanceSpec(
                "shop-1-web-" + count.incrementAndGet(),
                "shop",
                "production",
                1,
                "web",
                artifact,
                "",
                command,
                values,
                OptionalInt.empty(),
                OptionalLong.of(32 << 20),
                OptionalDouble.empty(),
                List.of(data),
                List.of(),
                List.of(),
                List.of(),
                "docker",
                ContainerRun.NONE);
    }

    List<String> printed(InstanceSpec spec) {
        var lines = new ArrayList<String>();
        var exit = target.run(spec, (channel, line) -> lines.add(line), LONG, new Cancel());
        assertThat(exit).as(String.join("\n", lines)).isEqualTo(new Exit.Status(0));
        return lines;
    }

    @Override
    public void close() {
        target.find().forEach(instance -> {
            target.stop(instance, Duration.ZERO);
            target.remove(instance);
        });
        target.discard("shop", "production");
        tasks.close();
    }
}
