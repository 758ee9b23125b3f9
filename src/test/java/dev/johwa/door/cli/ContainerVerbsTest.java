package dev.johwa.door.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Typed;
import dev.johwa.lib.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `check` of Dockerfiles and `build --list`, as typed.
class ContainerVerbsTest {
    @TempDir
    Path folder;

    private Typed typed;

    @BeforeEach
    void sit() {
        typed = new Typed(folder, List.of());
    }

    private int johwa(String... words) {
        return typed.johwa(words);
    }

    private String out() {
        return typed.out();
    }

    private void write(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void checkTellsWhatIsWrongWithADockerfile() throws Exception {
        write("shop/Dockerfile", "FROM alpine:3\nUSER 1\nRUNN x\n");
        write("shop/.dockerignore", "[\n");

        assertThat(johwa("check", "shop", "--json")).isEqualTo(1);
        assertThat(Json.tree(out()).path("problems").findValuesAsString("code"))
                .containsExactly("dockerignore.pattern", "dockerfile.unknown-instruction");

        write("shop/Dockerfile", "FROM alpine\n");
        write("shop/.dockerignore", "x\n");
        assertThat(johwa("check", "shop", "--json")).isZero();
        assertThat(Json.tree(out()).path("problems").findValuesAsString("severity"))
                .containsOnly("warning");
        assertThat(johwa("check", "shop/Dockerfile")).isZero();
        assertThat(typed.err()).contains("Dockerfile:1:6", "name a version");
    }

    @Test
    void anyFileNamedSoIsChecked() throws Exception {
        for (var name : List.of("x/Dockerfile.prod", "web.Dockerfile", "Containerfile")) {
            write(name, "FRM alpine:3\n");
            assertThat(johwa("check", name)).as(name).isEqualTo(1);
        }
    }

    @Test
    void buildListsTheFilesOfAContext() throws Exception {
        write("shop/Dockerfile", "FROM scratch\n");
        write("shop/.dockerignore", "*\n!src\nsrc/*.md\n");
        write("shop/src/b", "");
        write("shop/src/a.md", "");
        write("shop/src/a\nb", "");

        assertThat(johwa("build", "--context", "shop", "--list")).isZero();
        assertThat(out()).isEqualTo("\"src/a\\nb\"\nsrc/b\n");
        assertThat(johwa("build", "--context", "shop", "--list", "--json")).isZero();
        assertThat(Json.tree(out())
                        .path("files")
                        .valueStream()
                        .map(each -> each.asString())
                        .toList())
                .containsExactly("src/a\nb", "src/b");

        write("shop/.dockerignore", "[\n");
        assertThat(johwa("build", "--context", "shop", "--list")).isEqualTo(1);
        assertThat(johwa("build", "--context", "nowhere", "--list")).isEqualTo(1);
    }

    @Test
    void aDockerfileOfAnotherNameIsKnownToAll() throws Exception {
        write("shop/johwa.yaml", "docker: {file: docker/prod.Dockerfile}\n");
        write("shop/docker/prod.Dockerfile", "FROM alpine:3\nUSER 1\nEXPOSE 80\nCMD [\"x\"]\n");
        write("shop/.dockerignore", ".git\n");

        for (var verb : List.of("check", "plan", "config", "detect")) {
            assertThat(johwa(verb, "shop")).as(verb + typed.err()).isZero();
        }
        assertThat(johwa("detect", "shop", "--explain")).as(typed.err()).isZero();
        assertThat(out()).contains("docker/prod.Dockerfile: an image, served at its port 80");

        Files.delete(folder.resolve("shop/docker/prod.Dockerfile"));
        assertThat(johwa("check", "shop")).isEqualTo(1);
        assertThat(typed.err()).contains("'docker': there is no docker/prod.Dockerfile");
    }

    @Test
    void whatIsWrongWithAComposeFileIsToldByAll() throws Exception {
        write("shop/compose.yaml", "services: {web: {build: ., ports: [\"80:80\"], volumes: [\"/srv:/x\"]}}\n");
        for (var verb : List.of("detect", "plan", "config")) {
            assertThat(johwa(verb, "shop")).as(verb).isNotZero();
            assertThat(typed.err())
                    .contains("compose.yaml:1:", "/srv, which lies outside of the project")
                    .doesNotContain("nobody here knows");
        }
        assertThat(johwa("check", "shop", "--json")).isZero();
        assertThat(Json.tree(out()).path("problems").findValuesAsString("code"))
                .containsExactly("compose.forbidden-host-path");

        write("shop/compose.yaml", "services: {web: {build: {context: ., dockerfile: no}, ports: [\"80:80\"]}}\n");
        assertThat(johwa("check", "shop", "--json")).isEqualTo(1);
        assertThat(Json.tree(out()).path("problems").findValuesAsString("code")).containsExactly("dockerfile.missing");

        write("shop/index.html", "<p>hello</p>");
        assertThat(johwa("plan", "shop")).isZero();
        assertThat(typed.err()).contains("'web' is built of no, which is not in this commit");
    }
}
