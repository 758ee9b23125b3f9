package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.johwa.Tools;
import dev.johwa.Typed;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `johwa eject` writes, read by our own readers, by actionlint and by act.
class EjectTest {
    private static final String ALL = "dockerfile,compose,github";

    @TempDir
    Path folder;

    private Typed typed;

    @BeforeEach
    void sit() {
        typed = new Typed(folder, OwnVerbs.all());
    }

    private int johwa(String... words) {
        return typed.johwa(words);
    }

    private String said() {
        return typed.out() + typed.err();
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    static void example(String name, Path to) throws IOException {
        var from = Path.of("examples", name);
        try (var all = Files.walk(from)) {
            for (var file : all.toList()) {
                var place = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(place);
                } else {
                    Files.copy(file, place);
                }
            }
        }
    }

    private String run(int seconds, Path in, String... argv) throws IOException, InterruptedException {
        var log = Files.createTempFile(folder, "said", ".txt");
        var builder = new ProcessBuilder(argv)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("NO_COLOR", "1");
        var process = builder.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }

    private void linted(Path project) throws IOException, InterruptedException {
        run(30, project, Tools.find("actionlint"), "-no-color", ".github/workflows/ci.yml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-hello", "python-hello", "java-hello", "go-hello", "static-site"})
    void ofEachExampleAllFilesAreInOrder(String example) throws Exception {
        example(example, folder.resolve(example));
        assertThat(johwa("eject", example, "--to", ALL)).as(said()).isZero();
        linted(folder.resolve(example));
        var dockerfile = read(example + "/Dockerfile");
        assertThat(dockerfile).contains("\nUSER ").endsWith("\n").doesNotContain("johwa");
        assertThat(dockerfile.contains(" AS test\n")).isEqualTo(!example.equals("static-site"));
        assertThat(johwa("check", example)).as(said()).isZero();
        assertThat(said()).contains("No problems.");
        assertThat(johwa("compose", "config", "-f", example + "/compose.yaml", "--json"))
                .as(said())
                .isZero();
        assertThat(Json.tree(typed.out()).path("services").has(example)).isTrue();
    }

    @Test
    void everyProcessDatabaseAndJobIsInTheComposeFile() throws Exception {
        shop();
        assertThat(johwa("eject", "shop", "--to", ALL)).as(said()).isZero();
        assertThat(said()).contains("a crontab's line for nightly: 0 3 * * *  docker compose run --rm shop-nightly");
        assertThat(read("shop/.env.example")).endsWith("\nPOSTGRES_PASSWORD=\nSTRIPE_KEY=\n");
        linted(folder.resolve("shop"));
        assertThat(read("shop/.github/workflows/ci.yml")).contains("image: postgres:", "MODE: test\n");

        write("shop/.env", "POSTGRES_PASSWORD=x\nSTRIPE_KEY=y\n");
        assertThat(johwa("compose", "config", "-f", "shop/compose.yaml", "--profile", "jobs", "--json"))
                .as(said())
                .isZero();
        var services = Json.tree(typed.out()).path("services");
        assertThat(services.propertyNames())
                .containsExactlyInAnyOrder("postgres", "redis", "shop", "shop-nightly", "shop-release", "shop-worker");
        var web = services.path("shop");
        assertThat(web.at("/environment/DATABASE_URL").asString()).isEqualTo("postgres://shop:x@postgres:5432/shop");
        assertThat(web.at("/environment/GREETING").asString()).isEqualTo("hello $$USER");
        assertThat(web.at("/depends_on/shop-release/condition").asString()).isEqualTo("service_completed_successfully");
        assertThat(web.at("/depends_on/postgres/condition").asString()).isEqualTo("service_healthy");
        assertThat(Json.write(services.at("/shop-worker/command"))).isEqualTo("[\"node\",\"dist/worker.js\"]");
    }

    private void shop() throws IOException {
        write("shop/package.json", """
                {"name":"shop","engines":{"node":"22"},"scripts":{"build":"tsc","start":"node dist/server.js",
                "test":"vitest run"},"dependencies":{},"devDependencies":{"vitest":"^1","typescript":"^5"}}
                """);
        write("shop/pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
        write("shop/src/server.ts", "import http from 'http';\nhttp.createServer().listen(process.env.PORT);\n");
        write(
                "shop/Procfile",
                "web: node dist/server.js\nworker: node dist/worker.js\nrelease: node dist/migrate.js\n");
        write("shop/johwa.yaml", """
                name: shop
                data: [postgres, redis, uploads/]
                secrets: [STRIPE_KEY]
                env: {GREETING: "hello $USER"}
                environments: {test: {env: {MODE: test}}}
                schedule: {nightly: {cron: "0 3 * * *", run: node dist/clean.js}}
                """);
    }

    @Test
    void aDockerfileIsMadeOfTheProjectsOwnWords() throws Exception {
        shop();
        assertThat(johwa("eject", "shop", "--to", "dockerfile")).as(said()).isZero();
        assertThat(read("shop/Dockerfile"))
                .isEqualTo("""
                # The image: docker build --tag shop .
                # Its tests: docker build --target test .
                ARG BASE=node:22-bookworm-slim

                FROM ${BASE} AS dependencies
                WORKDIR /app
                RUN npm install --global pnpm@%s
                COPY package.json pnpm-lock.yaml ./
                RUN pnpm install --frozen-lockfile

                FROM dependencies AS build
                COPY . .
                RUN pnpm run build
                RUN mkdir -p uploads

                FROM build AS test
                ENV CI=true \\
                    NODE_ENV=test
                RUN pnpm test

                FROM build AS release
                RUN CI=true pnpm prune --prod --ignore-scripts

                FROM ${BASE}
                WORKDIR /app
                ENV NODE_ENV=production \\
                    HOST=0.0.0.0 \\
                    PORT=3000
                COPY --from=release --chown=10001:10001 /app ./
                USER 10001:10001
                EXPOSE 3000
                CMD ["node", "dist/server.js"]
                """.formatted(read("shop/Dockerfile").replaceAll("(?s).*pnpm@([\\d.]+).*", "$1")));
        assertThat(said())
                .contains(
                        "give it when it runs: GREETING, STRIPE_KEY", "run before each release: node dist/migrate.js");
    }

    @Test
    void severalAppsHaveFilesOfTheirOwn() throws Exception {
        example("go-hello", folder.resolve("shop/services/api"));
        example("static-site", folder.resolve("shop/site"));
        write("shop/johwa.yaml", "name: shop\napps: {api: {folder: services/api}, web: {folder: site}}\n");
        assertThat(johwa("eject", "shop", "--to", ALL, "--out", "out", "--json"))
                .as(said())
                .isZero();
        var told = Json.tree(typed.out());
        var files = new ArrayList<String>();
        told.path("files").forEach(each -> files.add(each.asString()));
        assertThat(files)
                .contains("services/api/Dockerfile", "site/Dockerfile", "site/nginx.conf", "compose.yaml")
                .allSatisfy(file -> assertThat(read("out/" + file)).endsWith("\n"));
        assertThat(read("out/compose.yaml")).contains("build: ./services/api", "\"8080:8080\"", "\"8081:8080\"");
        linted(folder.resolve("out"));
    }

    @Test
    void whatIsThereStaysAndTheSameIsMadeTwice() throws Exception {
        example("node-hello", folder.resolve("shop"));
        assertThat(johwa("eject", "shop", "--to", ALL)).isZero();
        var first = read("shop/compose.yaml");
        assertThat(johwa("eject", "shop", "--to", "compose")).as(said()).isZero();
        write("shop/compose.yaml", "services: {}\n");
        assertThat(johwa("eject", "shop", "--to", "compose")).isEqualTo(1);
        assertThat(said()).contains("compose.yaml (it is the project's own");
        assertThat(johwa("eject", "shop", "--to", "compose", "--force")).isEqualTo(1);
        assertThat(read("shop/compose.yaml")).isEqualTo("services: {}\n");
        Files.delete(folder.resolve("shop/Dockerfile"));
        Files.delete(folder.resolve("shop/compose.yaml"));
        assertThat(johwa("eject", "shop", "--to", ALL, "--force")).isZero();
        assertThat(read("shop/compose.yaml")).isEqualTo(first);
    }

    @Test
    void anOwnDockerfileIsKept() throws Exception {
        example("node-hello", folder.resolve("shop"));
        write("shop/Dockerfile", "FROM scratch AS test\nFROM scratch\nUSER 1\nEXPOSE 80\nCMD [\"/x\"]\n");
        assertThat(johwa("eject", "shop", "--to", ALL)).as(said()).isZero();
        assertThat(said()).contains("Kept: Dockerfile is what shop is built of already");
        assertThat(read("shop/Dockerfile")).startsWith("FROM scratch");
        assertThat(read("shop/.github/workflows/ci.yml")).contains("docker build --target test .");
    }

    @Test
    void anUnknownTargetSuggestsTheNearOne() {
        assertThat(johwa("eject", ".", "--to", "dockerfile,composer")).isEqualTo(2);
        assertThat(said())
                .contains("'composer'", "did you mean 'compose'?", "there is: dockerfile, compose, github, traefik");
    }

    /// Actions cannot be fetched by tests: in their places stand ones that do nothing, so that the commands are run.
    @Test
    void actRunsTheWorkflowsTests() throws Exception {
        var shop = folder.resolve("shop");
        example("node-hello", shop);
        assertThat(johwa("eject", "shop", "--to", "github")).as(said()).isZero();
        write("action/action.yml", """
                name: stand-in
                runs:
                  using: composite
                  steps: [{run: "true", shell: bash}]
                """);
        for (var place : List.of(shop, folder.resolve("action"))) {
            run(10, place, "git", "init", "-q", "-b", "main");
            run(10, place, "git", "add", ".");
            run(10, place, "git", "-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "-qm", "all");
        }
        var log = act(shop);
        assertThat(log).contains("pass 7", "Job succeeded");

        write(
                "shop/greeting.test.js",
                "import test from 'node:test';\ntest('bad', () => { throw new Error('x'); });\n");
        run(10, shop, "git", "-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "-qam", "bad");
        assertThat(catchThrowable(() -> act(shop))).hasMessageContaining("Job failed");
    }

    private String act(Path project) throws IOException, InterruptedException {
        var action = folder.resolve("action").toString();
        return run(
                90,
                project,
                Tools.find("act"),
                "push",
                "--job",
                "test",
                "--platform",
                "ubuntu-24.04=-self-hosted",
                "--action-offline-mode",
                "--local-repository",
                "actions/checkout@v4=" + action,
                "--local-repository",
                "actions/setup-node@v4=" + action,
                "--no-cache-server");
    }
}
