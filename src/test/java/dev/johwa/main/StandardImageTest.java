package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.ContainerdService;
import dev.johwa.DockerDaemon;
import dev.johwa.PodmanService;
import dev.johwa.build.registry.Reference;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.docker.ContainerSpec;
import dev.johwa.lib.docker.ContainerSpec.Wiring;
import dev.johwa.lib.docker.Credential;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.task.Cancel;
import dev.johwa.main.BaseOfTests.Stack;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images of apps without a Dockerfile, written on a server without an engine, and run by real ones.
class StandardImageTest {
    private static final Map<String, String> OURS = Map.of("test", "standard-image");
    private static final String NETWORK = "standard-image-test";

    @TempDir
    static Path scratch;

    private static final List<Pulled> PULLED = new ArrayList<>();

    private static DockerDaemon daemon;
    private static ContainerdService containerd;
    private static Platform platform;
    /// Which has built nothing before.
    private static Platform other;

    private record Pulled(Engine engine, String reference) {
        void remove() {
            engine.images().remove(reference);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        daemon = DockerDaemon.shared();
        containerd = ContainerdService.start(daemon);
        // It knows no engine.
        platform = new Platform();
        other = new Platform();
        for (var server : List.of(platform, other)) {
            var registry = server.server().stores().registry();
            BaseOfTests.with(Stack.NODE).push(registry, new RepositoryName("bases/node"), "1");
            BaseOfTests.with(Stack.JAVA).push(registry, new RepositoryName("bases/java"), "1");
            BaseOfTests.with(Stack.PYTHON).push(registry, new RepositoryName("bases/python"), "1");
        }
    }

    @AfterAll
    static void end() throws IOException {
        containerd.close();
        platform.close();
        other.close();
        PULLED.forEach(Pulled::remove);
        PULLED.stream()
                .map(Pulled::engine)
                .distinct()
                .forEach(engine -> engine.networks().remove(NETWORK));
    }

    private static String reference(String name) {
        return URI.create(platform.server().url()).getAuthority() + "/" + name;
    }

    private static Credential credential() {
        return new Credential(URI.create(platform.server().url()).getAuthority(), "johwa", platform.token());
    }

    private static String answer(String name) {
        return answer(daemon.engine(), name);
    }

    /// What the image answers, in a container of a real engine, which pulled it.
    private static String answer(Engine engine, String name) {
        var reference = reference(name);
        engine.networks().require(NETWORK, OURS, false);
        engine.images().pull(reference, Optional.of(credential()), line -> {}, new Cancel());
        // Kept to the end, so that what they stand on is pulled once.
        PULLED.add(new Pulled(engine, reference));
        var id = engine.containers().create("standard-" + name.replaceAll("[:/]", "-"), spec(reference));
        try {
            engine.containers().start(id);
            return answer(
                    engine.containers().inspect(id).orElseThrow().published().get(8080));
        } finally {
            engine.containers().remove(id);
        }
    }

    private static String answer(int port) {
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        var answer = new String[] {""};
        eventually(() -> {
            try {
                answer[0] = client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
                return true;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return answer[0];
    }

    private static ContainerSpec spec(String image) {
        var usual = ContainerSpec.of(image).withLabels(OURS);
        return new ContainerSpec(
                usual.image(),
                usual.entrypoint(),
                usual.command(),
                usual.environment(),
                usual.folder(),
                usual.user(),
                usual.labels(),
                usual.limits(),
                usual.rights(),
                new Wiring(Optional.of(NETWORK), List.of(), Map.of(8080, 0)),
                usual.mounts(),
                usual.input(),
                usual.init(),
                usual.more());
    }

    private static Optional<String> find(Platform platform, String repository, String tag) {
        return platform.server()
                .stores()
                .registry()
                .resolve(new RepositoryName(repository), new Reference.Tag(tag))
                .map(Digest::text);
    }

    private static String image(Platform platform, String repository, String tag) {
        return find(platform, repository, tag).orElseThrow();
    }

    private static void released(String repository, String tag) {
        released(platform, repository, tag);
    }

    private static void released(Platform platform, String repository, String tag) {
        eventually(() -> find(platform, repository, tag).isPresent());
    }

    @Test
    void aGoProgramBecomesAnImageOfNothingElse() throws Exception {
        var repository = platform.repository("hello", AppsOnBases.GO);

        var said = platform.push(repository, "main");

        assertThat(said).contains("on scratch").contains("http://hello.localhost:");
        released("hello", "1");
        runsEverywhere("hello:1", "one 10001");

        // The same files again, of another commit, are the same release's image.
        platform.git(repository, "commit", "-q", "--allow-empty", "-m", "Nothing");
        assertThat(platform.push(repository, "main")).contains("these files passed in run 1");
    }

    @Test
    void aNodeAppWithANativeModuleIsInstalledAndBuiltOnItsBase() throws Exception {
        var repository = platform.repository("page", AppsOnBases.NODE);
        Files.copy(AppsOnBases.nodeModule(scratch), repository.resolve("fast-1.0.0.tgz"));
        platform.commit(repository);

        var said = platform.push(repository, "main");

        assertThat(said).contains("on bases/node:1").contains("http://page.localhost:");
        // As a process it has what was installed and built on the machine.
        assertThat(platform.body("page")).startsWith("42 on /").doesNotContain("/usr/local/bin/node yes");
        released("page", "1");
        runsEverywhere("page:1", "42 on /usr/local/bin/node /usr/local/bin/node yes,true 10001");
        isTheSameOnAnotherServer(repository, "page");
    }

    @Test
    void whatJavaCompilesGoesOntoItsBaseAsItIsAndEqualCommitsGiveEqualImages() throws Exception {
        var repository = platform.repository("plain", AppsOnBases.JAVA);

        var said = platform.push(repository, "main");

        assertThat(said).contains("on bases/java:1").contains("http://plain.localhost:");
        released("plain", "1");
        runsEverywhere("plain:1", "1 /usr/local/java");
        isTheSameOnAnotherServer(repository, "plain");
    }

    private static void isTheSameOnAnotherServer(Path repository, String name) throws Exception {
        var there = "http://johwa:" + other.token() + "@"
                + URI.create(other.server().url()).getAuthority();
        assertThat(other.git(repository, "push", there + "/" + name + ".git", "main"))
                .contains("on bases/");
        released(other, name, "1");
        assertThat(image(other, name, "1")).isEqualTo(image(platform, name, "1"));
    }

    @Test
    void aBaseThatIsMissingIsToldWithWhatIsThere() throws Exception {
        var repository = platform.repository(
                "lost",
                "package.json",
                "{\"scripts\": {\"start\": \"node a.js\"}}\n",
                "a.js",
                "\n",
                "johwa.yaml",
                "image: {base: 'bases/node:2'}\n");

        assertThat(platform.push(repository, "main"))
                .contains("bases/node:2 is not in the registry of this server: 'bases/node' has bases/node:1");

        platform.commit(repository, "johwa.yaml", "image: {base: 'bases/deno:1'}\n");
        assertThat(platform.push(repository, "main"))
                .contains("there is nothing under 'bases/deno', and 'bases' has bases/java:1, bases/node:1");

        var registry = platform.server().stores().registry();
        platform.commit(repository, "johwa.yaml", "image: {base: 'lost/foreign:1'}\n");
        BaseOfTests.foreign().push(registry, new RepositoryName("lost/foreign"), "1");
        assertThat(platform.push(repository, "main"))
                .contains("the base lost/foreign:1 is for processors of the kind s390x, and this server has");
    }

    @Test
    void aNativeModuleOfPythonFitsTheBase() throws Exception {
        var repository = platform.repository(
                "fast",
                "Procfile",
                "web: .venv/bin/python server.py\n",
                "server.py",
                AppsOnBases.SERVER,
                "johwa.yaml",
                "image: {base: 'bases/python:1'}\n");
        var wheel = AppsOnBases.wheel(scratch);
        Files.copy(wheel, repository.resolve(wheel.getFileName()));
        platform.commit(repository, "requirements.txt", "./" + wheel.getFileName() + "\n");

        var said = platform.push(repository, "main");

        assertThat(said).contains("on bases/python:1").contains("http://fast.localhost:");
        released("fast", "1");
        runsEverywhere("fast:1", "42 /app/.venv 10001");
        isTheSameOnAnotherServer(repository, "fast");

        platform.commit(repository, "server.py", AppsOnBases.SERVER.replace("answer()", "answer() + 1"));
        var second = platform.push(repository, "main");
        assertThat(second).contains("on bases/python:1");
        released("fast", "2");
        assertThat(answer("fast:2")).isEqualTo("43 /app/.venv 10001");
        assertThat(image(platform, "fast", "2")).isNotEqualTo(image(platform, "fast", "1"));
    }

    /// By Docker, by Podman and by containerd, which know nothing of each other.
    private static void runsEverywhere(String name, String answer) throws IOException {
        assertThat(answer(name)).isEqualTo(answer);
        assertThat(answer(PodmanService.shared().engine(), name)).isEqualTo(answer);
        runsInAPod(name, answer);
    }

    /// As Kubernetes starts what it takes for a pod of the restricted kind.
    private static void runsInAPod(String name, String answer) throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var image = containerd.pull(reference(name), credential());
        // Only of a number it tells that it is not root's.
        assertThat(image.path("uid").path("value").asString("")).isEqualTo("10001");
        try (var pod = containerd.start(reference(name), Map.of("PORT", String.valueOf(port)))) {
            assertThat(answer(port)).isEqualTo(answer);
            assertThat(pod.kernel("status")).contains("CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
            assertThat(pod.kernel("mounts").lines().findFirst().orElseThrow()).containsPattern("^\\S+ / \\S+ ro,");
        }
    }
}
