package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.BuiltProgram;
import dev.johwa.DockerDaemon;
import dev.johwa.Kept;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.serve.backup.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A whole platform for a test: control plane in this process, the edge in one of its own, apps as processes; real git,
/// real HTTP, free ports, a folder that is gone at the end.
final class Platform implements AutoCloseable {
    private final Path folder;
    private final UnaryOperator<Settings> choice;
    private final Clock clock;
    private final HttpClient client = HttpClient.newHttpClient();
    private Server server;
    private String token = "";
    private int listen;
    private int edge;

    Platform() throws IOException {
        this(usual -> usual);
    }

    /// @param budget bytes that what can be made again may take
    Platform(long budget) throws IOException {
        this(usual -> with(usual, Map.of("budgets", new Budgets(budget, Map.of()))));
    }

    /// With its state in that folder.
    static UnaryOperator<Settings> at(Path data) {
        return usual -> with(usual, Map.of("data", data));
    }

    /// On a machine with these programs and a home without runtimes.
    static UnaryOperator<Settings> onlyWith(Path programs) {
        return usual ->
                with(usual, Map.of("path", List.of(programs), "home", programs, "tools", programs.resolve("none")));
    }

    /// The same settings but for what is named.
    static Settings with(Settings usual, Map<String, Object> changes) {
        var components = Settings.class.getRecordComponents();
        assertThat(components).extracting(RecordComponent::getName).containsAll(changes.keySet());
        try {
            var values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                var changed = changes.get(components[i].getName());
                values[i] = changed == null ? components[i].getAccessor().invoke(usual) : changed;
            }
            return (Settings) Settings.class.getDeclaredConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One whose apps run in containers.
    static Platform on(DockerDaemon daemon) throws IOException {
        return new Platform(usual -> with(usual, Map.of("engine", daemon.socket())));
    }

    /// @param choice changes what the control plane is started with
    Platform(UnaryOperator<Settings> choice) throws IOException {
        this(choice, new SystemClock());
    }

    Platform(UnaryOperator<Settings> choice, Clock clock) throws IOException {
        this.choice = choice;
        this.clock = clock;
        folder = Files.createTempDirectory("johwa-test");
        // It outlives this folder.
        System.setProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"));
        assert folder.toFile().setExecutable(true, false);
        server = new Server(settings(), clock);
        server.start();
        token = server.token();
        listen = URI.create(server.url()).getPort();
        edge = URI.create(server.edgeUrl()).getPort();
    }

    private Surroundings around(Path program) {
        return new Surroundings(
                System.getenv(),
                folder,
                Path.of(System.getProperty("user.home")),
                program,
                System.in,
                System.out,
                System.err,
                false);
    }

    /// As users have it, without the second compiler: no test is about its speed.
    private static List<String> edgeCommand(Surroundings around) {
        var words = new ArrayList<>(Environment.edgeCommand(around));
        words.add(1, "-XX:TieredStopAtLevel=1");
        return words;
    }

    private Settings settings() {
        var nowhere = folder.resolve("no-program");
        var around = around(nowhere);
        return choice.apply(new Settings(
                folder.resolve("data"),
                Kept.ofTests().choice(folder),
                new InetSocketAddress("127.0.0.1", listen),
                new InetSocketAddress("127.0.0.1", edge),
                Optional.empty(),
                "localhost",
                edgeCommand(around(BuiltProgram.home().orElse(nowhere))),
                Environment.program(around),
                Environment.forTools(around),
                Environment.path(around),
                around.home(),
                Environment.tools(around),
                Duration.ofMinutes(5),
                Budgets.USUAL,
                true,
                OptionalInt.empty(),
                TlsSettings.NONE,
                Plan.NONE,
                Environment.places(around),
                List.of(),
                folder.resolve("no-engine"),
                Optional.empty(),
                Optional.empty()));
    }

    /// The folder of all state.
    Path data() {
        return settings().data();
    }

    Server server() {
        return server;
    }

    /// Ends the control plane as a restart would, and starts another on the same folder and addresses.
    void restart() {
        server.close();
        server = new Server(settings(), clock);
        server.start();
    }

    void stopControlPlane() {
        server.close();
    }

    void startControlPlane() {
        server = new Server(settings(), clock);
        server.start();
    }

    String token() {
        return token;
    }

    /// A folder with these files and a first commit: name, text, name, text, …
    Path repository(String name, String... files) throws IOException {
        var place = Files.createDirectories(folder.resolve(name));
        git(place, "init", "-q", "-b", "main");
        git(place, "remote", "add", "johwa", "http://johwa:" + token + "@127.0.0.1:" + listen + "/" + name + ".git");
        commit(place, files);
        return place;
    }

    void commit(Path repository, String... files) throws IOException {
        for (int i = 0; i < files.length; i += 2) {
            var file = repository.resolve(files[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, files[i + 1]);
        }
        git(repository, "add", "-A");
        git(
                repository,
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "Change " + Arrays.stream(files).findFirst().orElse("nothing"));
    }

    /// What git prints; pushing never fails a test by itself.
    String push(Path repository, String... words) {
        var all = new ArrayList<>(List.of("push", "--no-progress", "johwa"));
        all.addAll(List.of(words));
        return git(repository, all.toArray(String[]::new));
    }

    String git(Path repository, String... words) {
        var argv = new ArrayList<>(List.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.com"));
        argv.addAll(List.of(words));
        try {
            var builder =
                    new ProcessBuilder(argv).directory(repository.toFile()).redirectErrorStream(true);
            // It would win over what a test says of certificates.
            builder.environment().remove("GIT_SSL_CAINFO");
            var process = builder.start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("git " + argv + " did not end");
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String host, String path, String... fields) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge + path))
                .timeout(Duration.ofSeconds(60))
                .header("Host", host);
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Does something beside the test; what it throws is its answer.
    CompletableFuture<String> beside(Callable<String> work) {
        var answer = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(work.call());
            } catch (Exception e) {
                answer.complete(e.toString());
            }
        });
        return answer.orTimeout(60, TimeUnit.SECONDS);
    }

    String body(String app) throws IOException, InterruptedException {
        return get(app + ".localhost", "/").body().strip();
    }

    @Override
    public void close() throws IOException {
        server.close();
        DownCommand.end(data(), true);
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
