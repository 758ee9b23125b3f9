package dev.johwa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.site.Answer;
import dev.johwa.lib.site.Asked;
import dev.johwa.lib.site.SiteRules;
import dev.johwa.lib.text.EnvText;
import dev.johwa.source.compose.ComposeFile;
import dev.johwa.source.compose.text.EnvFile;
import dev.johwa.source.compose.text.Words;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Toml;
import dev.johwa.source.dockerfile.BuildContext;
import dev.johwa.source.dockerfile.Dockerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Those of files that a project brings.
final class FileParsers {
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
            rollout: [x-canary=yes, 1h, 5%, 10m, sticky]
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

    private final Path folder;

    FileParsers(Path folder) {
        this.folder = folder;
    }

    List<Parser> all() {
        return List.of(
                Parser.ofText("johwa.yaml", FileParsers::settings, YAML, "", "apps: {}\n", "env: {A: [1, {b: c}]}\n"),
                Parser.ofText(
                        "server's rules",
                        text -> ServerSpec.parse("server.yaml", text),
                        "defaults: {instances: 2}\nrules: {limits: {memory: 1Gi}, test: npm test}\n",
                        YAML),
                Parser.ofText(
                        "env",
                        text -> EnvText.read(".env", text),
                        "A=b\nexport C='d e'\nF=\"g\\n$A\"\n# x\n",
                        "A=`b`\nB=\"\n\n\"\r\n"),
                Parser.ofText(
                        "_redirects",
                        FileParsers::redirects,
                        "/a/:b/* /c/:splat?x=:b 301!",
                        "/x id=:id https://e.example/:id 302",
                        "http://a.b/* /z 200"),
                Parser.ofText(
                        "_headers",
                        this::headers,
                        "/*\n  X-A: b\n  ! X-C\n/b/:c\n  Link: <a>; rel=x\n",
                        "https://a.b/*\n  A: b\n"),
                Parser.ofText(
                        "toml",
                        text -> Toml.read("pyproject.toml", text),
                        "[a]\nb = \"c\"\nd = [1, {e = 2}]\n[[f]]\ng.h = 1979-05-27T07:32:00Z\n",
                        "a = '''\nb'''\n"),
                Parser.ofText("compose", this::compose, COMPOSE, "services: {a: {image: x}}\n"),
                Parser.ofText(
                        "env file of compose",
                        text -> EnvFile.read(".env", text, new HashMap<>(), _ -> null),
                        "export A='b'\nC: \"d\\n$A ${B:-c}\"\nE # x\n",
                        "A=b # c\n\nF\n"),
                Parser.ofText("command of compose", Words::split, "sh -c 'a \"b\" $(c)' \\ `d` && e > f"),
                Parser.ofText(
                        "Dockerfile",
                        FileParsers::dockerfile,
                        "# escape=`\nARG A=1\nFROM a:$A AS x\nRUN --mount=type=cache,target=/x <<A <<-'B'\nx\nA\n"
                                + "\tB\nCOPY [\"a\", \"b\"]\nENV B=${A#*x} C=\"${A//a/b}\"\n",
                        "FROM a\nHEALTHCHECK --interval=1m CMD x\nEXPOSE 80-90/udp\nONBUILD COPY --from=0 a b\n"),
                Parser.ofBytes(
                        "dockerignore",
                        bytes -> BuildContext.problemsOf("x", bytes),
                        "*\n!src/**/[a-z]?.go\n# x\n/a/../b/\n",
                        "**/\\*.md\n[^a]\n"));
    }

    private static void settings(String text) {
        new Configs(ServerSpec.none())
                .resolve(
                        new Configs.Wanted("shop", "api", "preview", "feature/x"),
                        Configs.parse("johwa.yaml", text),
                        new Draft("static", "Static files").done(),
                        Map.of());
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

    private void headers(String text) {
        var site = folder.resolve("site");
        write(site.resolve(SiteRules.HEADERS), text);
        SiteRules.read(site).fields(new Asked("a.b", "/b/c", "")).forEach(field -> {
            assertThat(field.name()).as(text).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
            assertThat(field.value()).as(text).doesNotContainPattern("[\\r\\n\\x00]");
        });
    }

    private static void dockerfile(String text) {
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            var file = Dockerfile.read("Dockerfile", text.getBytes(charset), Map.of("A", text));
            if (!file.hasErrors() && !file.stages().isEmpty()) {
                assertThat(file.describe(Optional.empty()).stage()).isNotEmpty();
            }
        }
    }

    private void compose(String text) {
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
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
