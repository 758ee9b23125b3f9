package dev.johwa.serve.target.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.docker.ContainerSpec.Input;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Logs;
import dev.johwa.serve.target.Targets;
import dev.johwa.source.detect.ContainerRun.Sharing;
import dev.johwa.source.detect.ContainerRun.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where volumes of compose files lie, and when they go.
class SharedVolumesTest {
    @TempDir
    Path folder;

    private final Tasks tasks = new Tasks();
    private FakeEngine engine;
    private Path apps;
    private DockerTarget target;
    private Making making;
    private int count;

    @BeforeEach
    void prepare() throws IOException {
        engine = new FakeEngine();
        apps = Files.createDirectories(folder.resolve("apps"));
        var clock = new SystemClock();
        var logs = new Logs(apps, clock, Logs.BUDGET, (app, line) -> line);
        var parts = new Targets.Docker(
                engine.engine(), (app, digest) -> "x:1", apps, logs, clock, tasks, new Processes(clock, List.of()));
        target = new DockerTarget(parts);
        making = new Making(parts, new Places(apps), new Marks(apps));
    }

    @AfterEach
    void clear() throws IOException {
        engine.close();
        tasks.close();
    }

    private static Volume before(String name) {
        return new Volume(name, "/u", false);
    }

    private static Volume shared(String name, List<String> by, String... others) {
        return new Volume(by.getFirst() + ":" + name, "/u", false, Optional.of(new Sharing(by, List.of(others))));
    }

    /// Starts an app of the project `shop` in production.
    ///
    /// @return its container
    private String start(String app, Volume volume) {
        return start(app, "production", volume);
    }

    private String start(String app, String environment, Volume volume) {
        var spec = spec(app, environment, volume);
        var handle = apps.resolve(app.replace('/', '+')).resolve("containers").resolve(spec.id());
        var instance = new Instance(spec.id(), app, environment, 1, "web", "docker", handle.toString(), Instant.EPOCH);
        return making.create(instance, making.starting(spec), OptionalInt.empty(), Input.NONE);
    }

    private InstanceSpec spec(String app, String environment, Volume volume) {
        return Specs.of(app.replace('/', '-') + "-" + ++count, app, environment, Specs.with(volume));
    }

    private Path place(String app, String name) {
        return apps.resolve(app).resolve("data/production").resolve(name);
    }

    private static Path written(Path place) throws IOException {
        return Files.writeString(Files.createDirectories(place).resolve("file"), "of a user");
    }

    /// Where the volume of a container shows its files.
    private Path seen(String container) {
        return engine.volumes.values().stream()
                .filter(volume -> engine.containers
                        .get(container)
                        .toString()
                        .contains("\"" + volume.path("Name").asString("") + "\""))
                .map(volume -> Path.of(volume.path("DriverOpts").path("device").asString("")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itStaysWhereItIsWhoeverHasItFirst() {
        var web = start("shop", shared("uploads", List.of("")));
        var perms = start("shop/perms", shared("uploads", List.of("perms", "")));
        var later = start("shop", shared("uploads", List.of("perms", "")));
        assertThat(seen(web)).isEqualTo(place("shop+", "uploads")).isDirectory();
        assertThat(seen(perms)).isEqualTo(seen(web));
        assertThat(seen(later)).isEqualTo(seen(web));
        // The service of the project's name is another now, and that of before has a name of its own.
        assertThat(seen(start("shop/web", shared("uploads", List.of("web"))))).isEqualTo(seen(web));
    }

    @Test
    void oneOfBeforeIsFoundWithWhomItLay() throws IOException {
        written(place("shop", "uploads"));
        assertThat(seen(start("shop/perms", shared("uploads", List.of("perms", "")))))
                .isEqualTo(place("shop", "uploads"));
        written(place("shop+perms", "uploads"));
        assertThat(seen(start("shop", shared("uploads", List.of("perms", ""))))).isEqualTo(place("shop", "uploads"));

        written(place("shop+gone", "cache"));
        assertThat(seen(start("shop", shared("cache", List.of(""))))).isEqualTo(place("shop+gone", "cache"));
    }

    @Test
    void aFolderOfAServiceIsNotTakenForOne() throws IOException {
        written(place("shop+api", "data"));
        assertThat(seen(start("shop/db", shared("data", List.of("db"), "api")))).isEqualTo(place("shop+", "data"));
        assertThat(seen(start("shop/api", before("api:data")))).isEqualTo(place("shop+api", "data"));
    }

    @Test
    void eachEnvironmentHasItsOwn() {
        var web = start("shop", shared("uploads", List.of("")));
        var preview = start("shop", "feature", shared("uploads", List.of("")));
        assertThat(seen(preview)).isNotEqualTo(seen(web));
        target.discard("shop", "feature");
        assertThat(apps.resolve("shop+/data/feature/uploads")).doesNotExist();
        assertThat(seen(web)).isDirectory();
    }

    @Test
    void anAppThatGoesLeavesWhatOthersHave() throws IOException {
        written(place("shop+perms", "uploads"));
        written(place("shop+perms", "own"));
        start("shop/perms", shared("uploads", List.of("perms", "")));
        var web = start("shop", shared("uploads", List.of("perms", "")));

        target.discard("shop/perms");

        assertThat(place("shop+perms", "uploads").resolve("file")).exists();
        assertThat(place("shop+perms", "own")).doesNotExist();
        assertThat(Targets.volumeOwners(apps)).containsExactly("shop/perms");
        engine.containers.remove(web);
        assertThat(seen(start("shop", shared("uploads", List.of(""))))).isEqualTo(place("shop+perms", "uploads"));

        target.discard("shop");

        assertThat(place("shop+perms", "uploads")).doesNotExist();
        assertThat(Targets.volumeOwners(apps)).isEmpty();
        assertThat(apps.resolve("shop+")).doesNotExist();
    }

    @Test
    void whatStartedBeforeAnythingWasWrittenDownKeepsIts() throws IOException {
        written(place("shop+perms", "uploads"));
        var web = start("shop", before("perms:uploads"));
        Files.walk(apps.resolve("shop+/volumes")).filter(Files::isRegularFile).forEach(this::delete);

        target.discard("shop/perms", "production");
        target.discard("shop/perms");

        assertThat(seen(web).resolve("file")).exists();
        engine.containers.remove(web);
        target.discard("shop/perms");
        assertThat(apps.resolve("shop+perms")).doesNotExist();
    }

    private void delete(Path file) {
        assertThat(file.toFile().delete()).isTrue();
    }

    @Test
    void whatAReleaseOfBeforeHasOfAnotherIsKeptWhileItDoesNotRun() throws IOException {
        written(place("shop+perms", "uploads"));
        engine.containers.remove(start("shop", before("perms:uploads")));
        target.discard("shop/perms");
        assertThat(place("shop+perms", "uploads").resolve("file")).exists();
        target.discard("shop");
        assertThat(apps.resolve("shop+perms")).doesNotExist();
    }

    @Test
    void withTheLastAppOfAProjectAllGoes() {
        engine.containers.remove(start("shop", shared("uploads", List.of("perms", ""))));
        target.discard("shop");
        assertThat(place("shop+", "uploads")).isDirectory();
        target.discardProject("shop");
        assertThat(apps.resolve("shop+")).doesNotExist();
    }

    @Test
    void aDatabaseBeginsAnewThoughOthersHaveItsVolume() {
        var perms = start("shop/perms", shared("data", List.of("perms", "db")));
        start("shop/db", shared("data", List.of("perms", "db")));
        target.renew("shop/db", "production");
        assertThat(place("shop+", "data")).isDirectory();
        engine.containers.remove(perms);
        start("shop/db", shared("data", List.of("perms", "db")));
        target.renew("shop/db", "production");
        assertThat(place("shop+", "data")).doesNotExist();
    }
}
