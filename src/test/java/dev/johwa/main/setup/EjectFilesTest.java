package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.DockerDaemon;
import dev.johwa.Tools;
import dev.johwa.build.image.ContextTar;
import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.Group;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.door.cli.Verb;
import dev.johwa.lib.docker.BuildSpec;
import dev.johwa.lib.docker.Commands.CommandSpec;
import dev.johwa.lib.docker.ContainerSpec;
import dev.johwa.lib.docker.ContainerSpec.Wiring;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.compose.ComposeFile;
import dev.johwa.source.dockerfile.Dockerfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `johwa eject` of projects, its files read by those who run them: BuildKit's and Compose's rules, actionlint, Docker.
class EjectFilesTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void shop() throws IOException {
        write("johwa.yaml", """
                name: shop
                apps:
                  api:
                    folder: api
                    data: [postgres, redis, uploads/]
                    release: npm run migrate
                    secrets: [API_KEY]
                    env: {GREETING: "hi $you"}
                    schedule: {nightly: {cron: "0 3 * * *", run: npm run night}}
                  site: {folder: site}
                """);
        write(
                "api/package.json",
                "{\"name\": \"api\", \"scripts\": {\"start\": \"node server.js\", \"test\": \"node --test\"},"
                        + " \"engines\": {\"node\": \"22\"}, \"dependencies\": {\"a\": \"1.0.0\"}}");
        write("api/package-lock.json", "{\"name\": \"api\", \"lockfileVersion\": 3, \"packages\": {}}");
        write("api/server.js", "require('http').createServer((q, a) => a.end('1')).listen(process.env.PORT)\n");
        write("site/index.html", "<p>hello</p>\n");
    }

    private Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private int johwa(String... words) {
        out.reset();
        err.reset();
        var surroundings = new Surroundings(
                Map.of("PATH", System.getenv("PATH")),
                folder,
                folder,
                folder,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return new Cli(surroundings, List.of(new Verb(Group.PROJECT, "eject", "", EjectCommand::new)))
                .run(List.of(words));
    }

    @Test
    void itsFilesAreRightByTheRulesOfThoseWhoReadThem() throws Exception {
        assertThat(johwa("eject", "--to", "dockerfile,compose,github")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("api/Dockerfile", "compose.yaml", ".env.example");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nightly", "docker compose up --build");
        for (var app : List.of("api", "site")) {
            var file = Dockerfile.read("Dockerfile", Files.readAllBytes(folder.resolve(app + "/Dockerfile")));
            assertThat(file.problems()).isEmpty();
            assertThat(file.describe(Optional.empty()).web()).isPresent();
        }
        assertThat(read("api/Dockerfile")).contains("FROM build AS test\nRUN npm test\n", "RUN npm ci", "USER 1000");
        assertThat(read(".env.example")).isEqualTo("API_KEY=\nPOSTGRES_PASSWORD=\n");
        var project = ComposeFile.read(new ComposeFile.Request(
                        folder, List.of(), List.of(), Map.of("API_KEY", "k", "POSTGRES_PASSWORD", "p"), true))
                .project();
        assertThat(project.services()).containsOnlyKeys("api", "api-release", "site", "postgres", "redis");
        var api = project.service("api").orElseThrow();
        assertThat(api.environment())
                .containsEntry("DATABASE_URL", "postgres://app:p@postgres:5432/app")
                .containsEntry("GREETING", "hi $you")
                .containsEntry("API_KEY", "k");
        assertThat(api.dependsOn().get("api-release").condition()).isEqualTo("service_completed_successfully");
        var lint = new ProcessBuilder(
                        Tools.find("actionlint"),
                        folder.resolve(".github/workflows/ci.yml").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(lint.waitFor()).isZero();
    }

    @Test
    void whatIsThereStaysAndTheSameProjectGivesTheSameBytes() throws Exception {
        write("compose.yaml", "services: {}\n");

        assertThat(johwa("eject", "--to", "compose,github", "--json")).isZero();
        assertThat(read("compose.yaml")).isEqualTo("services: {}\n");
        assertThat(Json.tree(out.toString(StandardCharsets.UTF_8)).get("files").toString())
                .doesNotContain("compose.yaml")
                .contains("ci.yml");
        Files.delete(folder.resolve("compose.yaml"));
        johwa("eject", ".", "--to", "compose,github,dockerfile", "--out", "one");
        johwa("eject", ".", "--to", "compose,github,dockerfile", "--out", "two");
        assertThat(files(folder.resolve("one")))
                .isEqualTo(files(folder.resolve("two")))
                .hasSize(7);
    }

    private static Map<String, String> files(Path top) throws IOException {
        var files = new TreeMap<String, String>();
        try (var found = Files.walk(top)) {
            for (var file : found.filter(Files::isRegularFile).toList()) {
                files.put(top.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void aTargetThatNobodyKnowsIsToldWithTheNearOne() {
        assertThat(johwa("eject", "--to", "dockerfil")).isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("did you mean 'dockerfile'?");
    }

    @Test
    void theImageOfASiteServesItsFiles() throws Exception {
        johwa("eject", "--to", "dockerfile");
        var daemon = DockerDaemon.shared();
        var server = daemon.base(
                "johwa-test-server:1",
                List.of("CMD [\"httpd\", \"-f\", \"-p\", \"8080\", \"-h\", \"/usr/share/nginx/html\"]"));
        var engine = daemon.engine();
        var paths = new ArrayList<>(List.of(Path.of("index.html"), Path.of("Dockerfile"), Path.of(".dockerignore")));
        var spec = new BuildSpec(
                "Dockerfile",
                Optional.empty(),
                Map.of("RUN_BASE", server),
                Map.of(),
                List.of("johwa-test-ejected:1"),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                false,
                Duration.ofMinutes(1));
        var context = ContextTar.of(folder.resolve("site"), paths);
        engine.builds().build(spec, context::write, line -> {}, new Cancel());
        var wanted = ContainerSpec.of("johwa-test-ejected:1");
        assertThat(wanted.wiring()).isEqualTo(Wiring.none());
        var container = engine.containers().create("johwa-test-ejected", wanted);
        try {
            engine.containers().start(container);
            var asked = engine.commands()
                    .start(
                            container,
                            new CommandSpec(
                                    List.of("wget", "-qO-", "http://127.0.0.1:8080/"),
                                    Map.of(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    false));
            assertThat(new String(asked.out().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("<p>hello</p>\n");
        } finally {
            engine.containers().remove(container);
        }
    }
}
