package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Typed;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What `johwa eject` writes for projects that have a Dockerfile or a compose file of their own.
class EjectContainersTest {
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

    private String workflow() throws IOException {
        return Files.readString(folder.resolve("shop/.github/workflows/ci.yml"));
    }

    private JsonNode services() {
        assertThat(johwa("compose", "config", "-f", "shop/compose.yaml", "--json"))
                .as(said())
                .isZero();
        return Json.tree(typed.out()).path("services");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"})
    void theComposeFileOfAProjectStaysUnderItsName(String name) throws Exception {
        write("shop/Dockerfile", "FROM alpine:3\nUSER 1\nEXPOSE 80\nCMD [\"x\"]\n");
        var compose = """
            services:
              web: {build: ., ports: ["8080:80"], depends_on: [db]}
              db: {image: "postgres:17", volumes: ["data:/var/lib/postgresql/data"]}
            volumes: {data: {}}
            """;
        write("shop/" + name, compose);

        assertThat(johwa("eject", "shop", "--to", ALL, "--force")).as(said()).isZero();

        assertThat(typed.out())
                .contains(
                        "Kept: " + name + " says already what runs together",
                        "Kept: Dockerfile is what shop is built of already")
                .doesNotContain("Kept:  ", "db is built");
        assertThat(folder.resolve("shop/" + name)).hasContent(compose);
        assertThat(folder.resolve("shop/compose.yaml").toFile().exists()).isEqualTo(name.equals("compose.yaml"));
        assertThat(workflow())
                .contains("docker build --tag \"shop:$GITHUB_SHA\" .\n")
                .doesNotContain("db");
    }

    @Test
    void aWorkflowBuildsServicesAsTheComposeFileSays() throws Exception {
        write("shop/api/docker/prod.Dockerfile", "FROM alpine:3 AS run\nARG VERSION\nCMD [\"x\"]\n");
        write("shop/compose.yaml", """
            services:
              web:
                build: {context: api, dockerfile: docker/prod.Dockerfile, target: run, args: {VERSION: "a b"}}
                ports: ["8080:80"]
              side: {build: {context: ., dockerfile_inline: "FROM alpine:3"}}
            """);

        assertThat(johwa("eject", "shop", "--to", ALL)).as(said()).isZero();

        assertThat(workflow())
                .contains(
                        "docker build --tag \"shop:$GITHUB_SHA\" --target run --build-arg 'VERSION=a b'"
                                + " --file api/docker/prod.Dockerfile api",
                        "- run: docker compose build side\n");
    }

    @Test
    void whatTheProjectSaysOfItsOwnImageIsInTheFiles() throws Exception {
        write("shop/Dockerfile", """
            FROM node:22-alpine AS x
            ARG VERSION
            WORKDIR /srv
            COPY . .
            USER 1
            EXPOSE 4000
            CMD ["node", "index.js"]
            """);
        write("shop/johwa.yaml", """
            start: node other.js
            data: [uploads/]
            docker: {args: {VERSION: "22"}, stage: x}
            health: {path: /healthy}
            """);

        assertThat(johwa("eject", "shop", "--to", ALL)).as(said()).isZero();

        assertThat(workflow()).contains("docker build --tag \"shop:$GITHUB_SHA\" --target x --build-arg VERSION=22 .");
        var web = services().path("shop");
        assertThat(web.at("/build/args/VERSION").asString()).isEqualTo("22");
        assertThat(web.at("/build/target").asString()).isEqualTo("x");
        assertThat(Json.write(web.path("command"))).isEqualTo("[\"node\",\"other.js\"]");
        assertThat(web.at("/volumes/0/target").asString()).isEqualTo("/srv/uploads");
        assertThat(web.at("/environment/PORT").asString()).isEqualTo("4000");
        assertThat(web.at("/environment/HOST").asString()).isEqualTo("0.0.0.0");
        assertThat(Json.write(web.at("/healthcheck/test"))).contains("http://127.0.0.1:4000/healthy");
    }

    @Test
    void whatCannotBeSaidOfAnOwnImageIsTold() throws Exception {
        write("shop/Dockerfile", "FROM scratch\nCOPY x /\nUSER 1\nEXPOSE 80\nENTRYPOINT [\"/x\"]\n");
        write("shop/x", "");
        write("shop/johwa.yaml", "start: /x serve\ndata: [uploads/]\nhealth: {path: /healthy}\n");

        assertThat(johwa("eject", "shop", "--to", ALL)).as(said()).isZero();

        assertThat(typed.out())
                .contains(
                        "Not in these files: shop: nothing asks /healthy whether it is well",
                        "Not in these files: shop: compose.yaml has uploads/ in /");
        assertThat(Json.write(services().at("/shop/entrypoint"))).isEqualTo("[\"/x\",\"serve\"]");
    }
}
