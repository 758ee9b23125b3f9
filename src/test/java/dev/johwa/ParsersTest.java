package dev.johwa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.johwa.build.pipeline.results.TestResults;
import dev.johwa.lib.archive.Tar;
import dev.johwa.lib.cron.Cron;
import dev.johwa.lib.http.AddressRange;
import dev.johwa.lib.http.InsideAddresses;
import dev.johwa.lib.mail.MailAddress;
import dev.johwa.lib.mail.MailServer;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.site.Answer;
import dev.johwa.lib.site.Asked;
import dev.johwa.lib.site.SiteRules;
import dev.johwa.lib.text.EnvText;
import dev.johwa.lib.text.Sizes;
import dev.johwa.serve.router.Pass;
import dev.johwa.source.compose.ComposeFile;
import dev.johwa.source.compose.text.EnvFile;
import dev.johwa.source.compose.text.Words;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Toml;
import dev.johwa.source.dockerfile.BuildContext;
import dev.johwa.source.dockerfile.Dockerfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a text holds, who reads it gives an answer or a problem, in bounded time, and never a bug's exception.
/// `-Djohwa.fuzz=1000` for long, `-Djohwa.seed=N` for others.
class ParsersTest {
    private static final int TEXTS = Integer.getInteger("johwa.fuzz", 1) * 300;
    private static final long SEED = Long.getLong("johwa.seed", 7);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    record Parser(String name, Consumer<String> reads, List<String> seeds) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String YAML = """
            name: shop
            service: web
            build: [npm run build, "npm test"]
            start: {web: node server.js, worker: [node, worker.js]}
            health: {path: /healthz, within: 30s}
            limits: {memory: 512Mi, cpu: 1, build: 10m, request: 10M}
            env: &e {GREETING: hello, A: "b\\n"}
            secrets: [STRIPE_KEY]
            data: [postgres, uploads/]
            schedule: {nightly: {cron: "0 3 * * *", zone: Asia/Seoul, run: node clean.js}}
            domains: [shop.example.com]
            allow: {users: {a: b}, from: [10.0.0.0/8], paths: [/admin]}
            redirects: ["/a /b 301"]
            headers: {X-A: b}
            environments:
              production: {branch: main}
              preview: {branch: "*", sleep: 30m, env: *e}
            apps: {api: {folder: services/api, port: 3000}}
            """;

    private static final String COMPOSE = """
            name: ${N:-shop}
            x-env: &env {A: "1", B: 0x1F, C: 2026-01-31}
            services:
              web: &web
                <<: {restart: always}
                build: {context: ., args: [A=1, B], ssh: [default]}
                command: sh -c "echo $$A ${B:-${C:?no}} && x"
                ports: ["127.0.0.1:8080-8082:80-82/udp", {target: 1, published: "2"}]
                environment: {<<: *env, D: !!str 5}
                env_file: [values.env, {path: no.env, required: false}]
                volumes: ["data:/data:ro,z", {type: bind, source: ~/a, target: /b}]
                depends_on: {db: {condition: service_healthy}}
                healthcheck: {test: [CMD, a], interval: 1m30s}
                deploy: {resources: {limits: {cpus: "0.5", memory: 1.5g}}}
                ulimits: {nofile: {soft: 1, hard: 2}}
              db: {extends: {service: web, file: compose.yaml}, ports: !reset []}
            volumes: {data: {external: {name: x}}}
            """;

    static List<Parser> parsers() {
        return List.of(
                new Parser(
                        "johwa.yaml",
                        ParsersTest::settings,
                        List.of(YAML, "", "apps: {}\n", "env: {A: [1, {b: c}]}\n")),
                new Parser(
                        "server's rules",
                        text -> ServerSpec.parse("server.yaml", text),
                        List.of("defaults: {instances: 2}\nrules: {limits: {memory: 1Gi}, test: npm test}\n", YAML)),
                new Parser(
                        "cron",
                        ParsersTest::cron,
                        List.of("0 3 * * *", "*/5 1-7,9 L jan-dec mon#2", "@daily", "0 0 29 2 5L")),
                new Parser(
                        "env",
                        text -> EnvText.read(".env", text),
                        List.of("A=b\nexport C='d e'\nF=\"g\\n$A\"\n# x\n", "A=`b`\nB=\"\n\n\"\r\n")),
                new Parser(
                        "_redirects",
                        ParsersTest::redirects,
                        List.of(
                                "/a/:b/* /c/:splat?x=:b 301!",
                                "/x id=:id https://e.example/:id 302",
                                "http://a.b/* /z 200")),
                new Parser(
                        "_headers",
                        ParsersTest::headers,
                        List.of("/*\n  X-A: b\n  ! X-C\n/b/:c\n  Link: <a>; rel=x\n", "https://a.b/*\n  A: b\n")),
                new Parser(
                        "toml",
                        text -> Toml.read("pyproject.toml", text),
                        List.of(
                                "[a]\nb = \"c\"\nd = [1, {e = 2}]\n[[f]]\ng.h = 1979-05-27T07:32:00Z\n",
                                "a = '''\nb'''\n")),
                new Parser(
                        "JUnit's XML",
                        text -> report("r.xml", text),
                        List.of(
                                "<?xml version=\"1.0\"?><testsuite><testcase name=\"a\" classname=\"b\" time=\"0.1\">"
                                        + "<failure message=\"m\">at A.java:3</failure></testcase></testsuite>",
                                "<TestRun><UnitTestResult testName=\"a\" outcome=\"Failed\" duration=\"00:00:01\"/></TestRun>",
                                "<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><x>&a;&c;</x>")),
                new Parser(
                        "JSON of tests",
                        text -> report("r.json", text),
                        List.of(
                                "{\"testResults\":[{\"name\":\"/a.js\",\"assertionResults\":[{\"status\":\"failed\","
                                        + "\"title\":\"t\",\"failureMessages\":[\"m\\n at a (b.js:1:2)\"]}]}]}",
                                "{\"stats\":{},\"failures\":[{\"fullTitle\":\"a\",\"err\":{\"message\":\"m\"}}]}",
                                "{\"examples\":[{\"status\":\"failed\",\"file_path\":\"a.rb\",\"line_number\":3}]}")),
                new Parser(
                        "output of tests",
                        ParsersTest::printed,
                        List.of(
                                "TAP version 13\n1..2\nok 1 - a\nnot ok 2 - b # TODO\n  ---\n  at: a.js:1\n  ...\n",
                                "=== FAILURES ===\nFAILED a.py::b - assert 1\n2 failed, 1 passed in 0.1s\n",
                                "--- FAIL: TestA (0.00s)\n    a_test.go:3: no\nFAIL\n",
                                "Tests run: 3, Failures: 1, Errors: 0, Skipped: 1\n[ERROR] a.B.c:3 no\n",
                                "test a::b ... FAILED\nthread 'a' panicked at src/lib.rs:3:5:\nno\ntest result: FAILED. 1 passed; 1 failed\n")),
                new Parser(
                        "pass",
                        text -> Pass.read(text, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", Instant.EPOCH),
                        List.of("VISIT~person.kim~1~n~c2ln", new Pass(Pass.Kind.TICKET, "a", 9, "n").signed("AAAA"))),
                new Parser(
                        "addresses",
                        ParsersTest::addresses,
                        List.of("10.0.0.0/8", "::1/128", "fe80::1%eth0", "::ffff:1.2.3.4")),
                new Parser(
                        "mail",
                        ParsersTest::mail,
                        List.of("Johwa <johwa@example.com>", "smtp://user@mail.example.com:587")),
                new Parser("compose", ParsersTest::compose, List.of(COMPOSE, "services: {a: {image: x}}\n")),
                new Parser(
                        "env file of compose",
                        text -> EnvFile.read(".env", text, new HashMap<>(), _ -> null),
                        List.of("export A='b'\nC: \"d\\n$A ${B:-c}\"\nE # x\n", "A=b # c\n\nF\n")),
                new Parser("command of compose", Words::split, List.of("sh -c 'a \"b\" $(c)' \\ `d` && e > f")),
                new Parser("sizes", Sizes::read, List.of("500Mi", "20Gi", "1G", "123")),
                new Parser(
                        "Dockerfile",
                        ParsersTest::dockerfile,
                        List.of(
                                "# escape=`\nARG A=1\nFROM a:$A AS x\nRUN --mount=type=cache,target=/x <<A <<-'B'\nx\nA\n"
                                        + "\tB\nCOPY [\"a\", \"b\"]\nENV B=${A#*x} C=\"${A//a/b}\"\n",
                                "FROM a\nHEALTHCHECK --interval=1m CMD x\nEXPOSE 80-90/udp\nONBUILD COPY --from=0 a b\n")),
                new Parser(
                        "dockerignore",
                        text -> BuildContext.problemsOf("x", text.getBytes(StandardCharsets.UTF_8)),
                        List.of("*\n!src/**/[a-z]?.go\n# x\n/a/../b/\n", "**/\\*.md\n[^a]\n")));
    }

    private static void settings(String text) {
        new Configs(ServerSpec.none())
                .resolve(
                        new Configs.Wanted("shop", "api", "preview", "feature/x"),
                        Configs.parse("johwa.yaml", text),
                        new Draft("static", "Static files").done(),
                        Map.of());
    }

    private static void cron(String text) {
        Cron.parse(text).next(Instant.parse("2026-02-28T23:59:59Z"), ZoneOffset.UTC);
    }

    private static void redirects(String text) {
        var rules = SiteRules.ofRedirects(text.lines().toList());
        for (var path : List.of("/", "/a//evil.example/x", "/a/b/c", "/x", "//evil.example/%2e%2e")) {
            var answer = rules.redirect(new Asked("a.b", path, "id=//evil.example&x"), () -> false);
            if (answer instanceof Answer.Moved(int _, String location)) {
                assertThat(location)
                        .as("from '%s' by '%s'", path, text)
                        .doesNotMatch("(?s)[/\\\\]{2}.*|.*[\\r\\n\\x00].*");
            }
        }
    }

    private static void headers(String text) {
        var site = folder.resolve("site");
        write(site.resolve(SiteRules.HEADERS), text);
        SiteRules.read(site).fields(new Asked("a.b", "/b/c", "")).forEach(field -> {
            assertThat(field.name()).as(text).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
            assertThat(field.value()).as(text).doesNotContainPattern("[\\r\\n\\x00]");
        });
    }

    private static void report(String name, String text) {
        var place = folder.resolve("reports");
        write(place.resolve(name), text);
        var command = new Detection.Test(List.of("x"), "other", Optional.of(name));
        var read = TestResults.read(command, List.of(), place);
        assertThat(read.toString()).doesNotContain("root:");
    }

    private static void printed(String text) {
        for (var runner : List.of("tap", "pytest", "go", "maven", "cargo", "jest", "rspec", "other")) {
            TestResults.read(
                    new Detection.Test(List.of("x"), runner, Optional.empty()),
                    text.lines().toList(),
                    folder);
        }
    }

    private static void addresses(String text) {
        var _ = InsideAddresses.isInside(text);
        var _ = AddressRange.contain(List.of(AddressRange.of("10.0.0.0/8")), text);
        AddressRange.of(text);
    }

    private static void dockerfile(String text) {
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            var file = Dockerfile.read("Dockerfile", text.getBytes(charset), Map.of("A", text));
            if (!file.hasErrors() && !file.stages().isEmpty()) {
                assertThat(file.describe(Optional.empty()).stage()).isNotEmpty();
            }
        }
    }

    private static void mail(String text) {
        try {
            assertThat(MailAddress.read(text, "--to")).doesNotContainPattern("[\\r\\n]");
        } catch (ProblemException e) {
            MailServer.read(text, "a@example.com", false);
        }
    }

    private static void compose(String text) {
        var place = folder.resolve("compose");
        write(place.resolve("compose.yaml"), text);
        write(place.resolve("values.env"), "A=1\n");
        var reading = ComposeFile.read(ComposeFile.Request.ofRepository(place));
        assertThat(reading.model().json()).startsWith("{");
        assertThat(reading.model().yaml()).doesNotContain("root:x:0");
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void anythingIsReadOrAProblem(Parser parser) {
        var texts = new Mutations(SEED, parser.seeds());
        for (int i = 0; i < TEXTS; i++) {
            var text = texts.next();
            long start = System.nanoTime();
            try {
                parser.reads().accept(text);
            } catch (ProblemException e) {
                assertThat(e.problems()).as(text).isNotEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + SEED + ", text " + i + ": «" + text + "»", e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("«%s»", text)
                    .isLessThan(LONGEST);
        }
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void whatPeopleWriteIsRead(Parser parser) {
        for (var seed : parser.seeds()) {
            try {
                parser.reads().accept(seed);
            } catch (ProblemException e) {
                assertThat(e.problem().message()).as(seed).isNotBlank();
            }
        }
    }

    @org.junit.jupiter.api.Test
    void anArchiveOfAnyBytesIsNone() throws IOException {
        var texts = new Mutations(SEED, List.of("a".repeat(600), "\0".repeat(1024), "ustar\0" + "0".repeat(500)));
        for (int i = 0; i < TEXTS / 10; i++) {
            try {
                Tar.text(new ByteArrayInputStream(texts.next().getBytes(StandardCharsets.ISO_8859_1)), "a");
            } catch (IOException | ProblemException e) {
                // Said to whoever brought it.
            }
        }
    }
}
