package dev.johwa.door.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Typed;
import dev.johwa.lib.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `check`, `config`, `plan`, `migrate` and `detect` in real folders.
class LocalVerbsTest {
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

    private JsonNode json() {
        return Json.tree(typed.out());
    }

    private Path write(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void shop() throws Exception {
        write("shop/index.html", "<p>hello</p>");
    }

    private static List<String> places(JsonNode document) {
        return StreamSupport.stream(document.get("problems").spliterator(), false)
                .map(problem -> problem.path("file").asString("") + ":"
                        + problem.path("line").asString("0") + ":"
                        + problem.path("column").asString("0") + " "
                        + problem.get("code").asString())
                .toList();
    }

    @Test
    void whatJohwaYamlStartsIsAServiceAndNotMissed() throws Exception {
        write("shop/package.json", "{\"name\": \"shop\", \"private\": true}");
        write("shop/server.js", "console.log('a server of a library that nobody here knows')");
        assertThat(johwa("check", "shop")).isZero();
        assertThat(typed.err() + typed.out()).contains("nothing in it starts");

        write("shop/johwa.yaml", "start: node server.js\n");
        assertThat(johwa("check", "shop")).isZero();
        assertThat(typed.err() + typed.out()).doesNotContain("nothing in it starts");
        assertThat(johwa("config", "shop", "--json")).isZero();
        assertThat(typed.out()).contains("\"web\"").doesNotContain("library");
    }

    @Test
    void checkTellsEveryErrorOfEveryFileAtOnce() throws Exception {
        write("shop/johwa.yaml", "instnaces: 2\nport: x\nport: 3\n");
        write("shop/Procfile", "web: node server.js\nnonsense\n");
        write("shop/package.json", "{\n  \"name\": \"shop\",,\n}\n");
        write("shop/app.json", "{\"scripts\": }");

        assertThat(johwa("check", "shop", "--json")).isEqualTo(1);

        assertThat(places(json()))
                .contains(
                        "johwa.yaml:1:1 config.unknown-key",
                        "johwa.yaml:2:7 config.wrong-type",
                        "johwa.yaml:3:1 yaml.duplicate-key",
                        "Procfile:2:1 procfile.line",
                        "app.json:1:13 json.syntax")
                .filteredOn(place -> place.startsWith("package.json"))
                .containsExactly("package.json:2:18 json.syntax");
        assertThat(typed.out()).contains("did you mean 'instances'?");
    }

    @Test
    void checkLooksIntoEveryAppAndEveryEnvironment() throws Exception {
        write("shop/api/index.html", "hello");
        write("shop/web/index.html", "hello");
        write("shop/web/Procfile", "nonsense\n");
        write(
                "shop/johwa.yaml",
                "apps: {api: {folder: api}, web: {folder: web}}\nenvironments: {staging: {instances: 9}}\n");
        write("server.yaml", "rules: {instances: 4}\n");

        assertThat(johwa("check", "shop", "--spec", "server.yaml", "--json")).isEqualTo(1);

        assertThat(places(json())).contains("web/Procfile:1:1 procfile.line", "johwa.yaml:2:37 config.rule");
    }

    @Test
    void checkOfGoodFilesSaysSoAndWarningsAreNoErrors() throws Exception {
        shop();
        assertThat(johwa("check", "shop")).isZero();
        assertThat(typed.out()).contains("No problems.");
        write("shop/compose.yaml", "services: {db: {image: postgres:16, privileged: true}}\n");
        assertThat(johwa("check", "shop/compose.yaml", "--json")).isZero();
        assertThat(johwa("check", "shop", "--json")).isZero();
        assertThat(places(json())).containsExactly("compose.yaml:1:49 compose.forbidden-privileged");
    }

    @Test
    void configTellsEveryValueWithItsOrigin() throws Exception {
        shop();
        write("shop/johwa.yaml", "instances: 3\nenvironments: {staging: {env: {A: b}}}\n");
        write("server.yaml", "defaults: {limits: {memory: 512Mi}}\n");

        assertThat(johwa("config", "shop", "--environment", "staging", "--spec", "server.yaml", "--json", "--origin"))
                .isZero();

        assertThat(value("instances")).isEqualTo("3 project johwa.yaml:1:12");
        assertThat(value("env.A")).isEqualTo("b project johwa.yaml:2:35");
        assertThat(value("limits.memory")).isEqualTo("512Mi server server.yaml:1:29");
        assertThat(value("health.within")).isEqualTo("30s convention ::");
    }

    private String value(String path) {
        return StreamSupport.stream(json().get("values").spliterator(), false)
                .filter(each -> each.get("path").asString().equals(path))
                .map(each -> each.get("value").asString() + " "
                        + each.get("origin").get("layer").asString() + " "
                        + each.get("origin").path("file").asString("") + ":"
                        + each.get("origin").path("line").asString("") + ":"
                        + each.get("origin").path("column").asString(""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void planWritesAFileThatChangesNothingAndNeverOverAnother() throws Exception {
        shop();
        johwa("plan", "shop", "--json");
        var before = json();

        assertThat(johwa("plan", "shop", "--write")).isZero();
        assertThat(johwa("check", "shop")).isZero();
        johwa("plan", "shop", "--json");
        assertThat(json()).isEqualTo(before);
        assertThat(johwa("plan", "shop", "--write")).isEqualTo(1);
        assertThat(typed.err()).contains("johwa.yaml is there already");
    }

    @Test
    void planTellsEachStepWithItsOrigin() throws Exception {
        shop();
        write("shop/johwa.yaml", "verify: [./smoke]\n");

        assertThat(johwa("plan", "shop", "--json")).isZero();

        assertThat(typed.out()).contains("\"./smoke\"", "\"johwa.yaml:1:9\"", "no tests found");
    }

    @Test
    void rulesOfASiteAreCheckedWithTheirPlaces() throws Exception {
        shop();
        write("shop/_redirects", "/a /b\n/c /d 302 Country=de\n");

        assertThat(johwa("check", "shop", "--json")).isZero();
        assertThat(places(json())).singleElement().asString().startsWith("_redirects:2:1");
        assertThat(johwa("check", "shop/_redirects", "--json")).isZero();
        assertThat(places(json())).hasSize(1);
    }

    @Test
    void detectExplainsWhoWasAskedAndWhyNotEachWasChosen() throws Exception {
        shop();
        write("shop/package.json", "{}");

        assertThat(johwa("detect", "shop", "--explain", "--json")).isZero();
        var asked = StreamSupport.stream(json().get("asked").spliterator(), false)
                .map(each -> each.get("provider").asString() + " " + each.get("chosen") + " "
                        + each.get("why").asString())
                .toList();
        assertThat(asked)
                .anyMatch(line -> line.startsWith("java-maven false no pom.xml"))
                .anyMatch(line -> line.startsWith("node-") && line.contains(" true package.json: "))
                .contains("static false would do (index.html: a page to serve), but "
                        + json().get("provider").asString() + " comes first");

        assertThat(johwa("detect", "shop", "--explain")).isZero();
        assertThat(typed.out())
                .contains("no pom.xml")
                .contains("johwa.yaml, Dockerfile, Procfile, heroku.yml, app.json, the stack, Makefile, start.sh");
    }

    @Test
    void detectExplainsEachOfSeveralApplications() throws Exception {
        write("parts/backend/requirements.txt", "flask\n");
        write("parts/backend/app.py", "import flask\napp = flask.Flask(__name__)\n");
        write("parts/frontend/index.html", "<h1>page</h1>");

        assertThat(johwa("detect", "parts", "--explain")).isZero();
        assertThat(typed.out()).contains("backend, in backend").contains("frontend, in frontend");

        assertThat(johwa("detect", "parts", "--explain", "--json")).isZero();
        assertThat(json().get("provider").asString()).isEqualTo("several");
        assertThat(json().get("apps")).hasSize(2).allMatch(app -> app.has("asked"));
    }

    @Test
    void detectAnswersInTheShapeThatProgramsRelyOn() throws Exception {
        write("shop/requirements.txt", "flask\n");
        write("shop/app.py", "import flask\napp = flask.Flask(__name__)\n");

        assertThat(johwa("detect", "shop", "--json")).isZero();

        for (var name : List.of(
                "provider", "language", "install", "build", "test", "start", "evidence", "service", "warnings")) {
            assertThat(json().has(name)).as(name).isTrue();
        }
        assertThat(json().get("start").get(0).isArray()).isTrue();
        assertThat(json().get("evidence").get(0).has("why")).isTrue();
    }

    @Test
    void migrateTellsEachLineAndWritesWhatIsNeededOnce() throws Exception {
        write("shop/package.json", "{\"scripts\": {\"start\": \"node server.js\"}}");
        write("shop/server.js", "");
        write("shop/fly.toml", "app = \"x\"\n[env]\nGREETING = \"hello\"\n[processes]\napp = \"node server.js\"\n");

        assertThat(johwa("migrate", "shop", "--json")).as(typed.err()).isZero();
        var lines = json().at("/files/0/lines");
        assertThat(lines.get(1).get("becomes").asString()).isEqualTo("johwa.yaml");
        assertThat(lines.get(1).get("line").asInt()).isEqualTo(3);
        assertThat(folder.resolve("shop/johwa.yaml")).doesNotExist();

        assertThat(johwa("migrate", "shop", "--write")).isZero();
        assertThat(typed.out()).contains("fly.toml:3:1  env.GREETING: hello", "Wrote johwa.yaml:", "GREETING: hello");
        assertThat(johwa("check", "shop")).isZero();
        assertThat(johwa("migrate", "shop"))
                .as("what is written needs no key again")
                .isZero();
        assertThat(typed.out()).contains("No johwa.yaml is needed.");
        write("shop/fly.toml", "[env]\nOTHER = \"hello\"\n");
        assertThat(johwa("migrate", "shop", "--write")).isEqualTo(1);
        assertThat(typed.err()).contains("johwa.yaml is there already and stays as it is");
        assertThat(johwa("migrate", ".")).isEqualTo(1);
        assertThat(typed.out()).contains("no file of another platform here", "render.yaml");
    }

    @Test
    void migrateWritesWhatCheckAccepts() throws Exception {
        write("shop/Dockerfile", "FROM node:22.1\nUSER node\nCMD [\"node\", \"server.js\"]\n");
        write(
                "shop/config/deploy.yml",
                "service: x\nservers: {web: [1.2.3.4], job: {hosts: [1.2.3.4], cmd: node job.js}}\n"
                        + "proxy: {app_port: 3000}\nenv: {clear: {A: b}, secret: [KEY]}\n");
        assertThat(johwa("migrate", "shop", "--write")).as(typed.err()).isZero();
        assertThat(typed.out()).contains("config/deploy.yml:2:", "johwa secrets set shop/job KEY");
        assertThat(johwa("check", "shop")).as(typed.out() + typed.err()).isZero();

        write("site/captain-definition", "{\"schemaVersion\": 2, \"dockerfileLines\": [\"FROM nginx:1.27\"]}");
        assertThat(johwa("migrate", "site", "--write")).isZero();
        assertThat(folder.resolve("site/Dockerfile")).hasContent("FROM nginx:1.27\n");
        assertThat(johwa("migrate", "site", "--write")).isEqualTo(1);
        assertThat(typed.err()).contains("Dockerfile is there already and stays as it is");
    }

    @Test
    void composeConfigShowsTheResolvedModel() throws Exception {
        write("shop/.env", "TAG=1.2\n");
        write("shop/docker-compose.yml", "services: {web: {image: 'nginx:${TAG}', ports: ['8080:80']}}\n");
        write("shop/more.yml", "services: {debug: {image: x, profiles: [debug], command: 'echo $$A'}}\n");

        assertThat(johwa("-C", "shop", "compose", "config", "--json")).isZero();
        assertThat(json().at("/services/web/image").asString()).isEqualTo("nginx:1.2");
        assertThat(json().at("/services/web/ports/0/published").asString()).isEqualTo("8080");
        assertThat(json().at("/networks/default/name").asString()).isEqualTo("shop_default");

        assertThat(johwa(
                        "-C",
                        "shop",
                        "compose",
                        "config",
                        "-f",
                        "docker-compose.yml",
                        "-f",
                        "more.yml",
                        "--profile",
                        "debug"))
                .isZero();
        assertThat(typed.out()).contains("  debug:\n", "- \"$$A\"\n");

        write("shop/docker-compose.yml", "services: {web: {imag: nginx}}\n");
        assertThat(johwa("-C", "shop", "compose", "config", "--json")).isEqualTo(2);
        assertThat(places(json())).contains("docker-compose.yml:1:18 compose.unknown-key");
    }

    @Test
    void checkTellsProblemsOfComposeFiles() throws Exception {
        write("shop/compose.yaml", "services:\n  web: {image: x, privileged: true, ports: [a]}\n");
        assertThat(johwa("check", "shop", "--json")).isEqualTo(1);
        assertThat(places(json())).containsExactly("compose.yaml:2:45 compose.port");

        write("shop/compose.yaml", "services:\n  web: {image: x, privileged: true}\n");
        assertThat(johwa("check", "shop/compose.yaml", "--json")).isZero();
        assertThat(places(json())).containsExactly("compose.yaml:2:31 compose.forbidden-privileged");

        write(
                "shop/compose.yaml",
                "services:\n  web: {image: x}\n  debug: {image: y, profiles: [d], depends_on: [no]}\n");
        assertThat(johwa("check", "shop", "--json")).isZero();
        assertThat(places(json())).containsExactly("compose.yaml:3:48 compose.inconsistent");
    }
}
