package dev.johwa.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Applications.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which applications a repository holds when no file says so.
class ApplicationsTest {
    private static final String SERVER =
            "from http.server import HTTPServer\nHTTPServer(('', 80), None).serve_forever()";
    private static final String PAGE = "<h1>page</h1>";
    private static final String START = "{\"scripts\": {\"start\": \"node server.js\"}}";

    @TempDir
    Path folder;

    private List<String> found(String... files) {
        return told(new Sample(folder, files).survey().found());
    }

    private static List<String> told(List<Application> applications) {
        return applications.stream()
                .map(each -> each.name() + " in " + each.folder())
                .toList();
    }

    @Test
    void foldersWhereServicesAreKeptAreApplications() {
        assertThat(found(
                        "services/users/main.py", SERVER,
                        "services/Orders_2/package.json", START,
                        "services/shared/readme.md", "no application",
                        "services/.hidden/main.py", SERVER,
                        "README.md", "words"))
                .containsExactly("orders-2 in services/Orders_2", "users in services/users");
    }

    @Test
    void theOneFolderThatIsSomethingIsTheApplicationOfARootThatIsNothing() {
        assertThat(found("src/package.json", START, "src/server.js", "", "README.md", "words"))
                .hasSize(1)
                .first()
                .asString()
                .endsWith(" in src");
        assertThat(found("other/package.json", START)).isEmpty();
        for (var manifest : List.of("build.gradle.kts", "Pipfile", "composer.json")) {
            assertThat(new Sample(folder.resolve(manifest), "my-shop/" + manifest, "", "my-shop/main.py", SERVER)
                            .survey()
                            .found())
                    .as(manifest)
                    .hasSize(1);
        }
        assertThat(new Sample(folder.resolve("page"), "my-site/index.html", PAGE)
                        .survey()
                        .found())
                .singleElement()
                .satisfies(only -> assertThat(only.folder()).isEqualTo(Path.of("my-site")));
    }

    @Test
    void partsAreKnownByAWordOfTheirNameInAnyCase() {
        assertThat(found(
                        "Backend/main.py", SERVER,
                        "web_client/index.html", PAGE,
                        "order-service/main.py", SERVER,
                        "example-app/index.html", PAGE,
                        "notes/README.md", "words"))
                .containsExactly("backend in Backend", "order-service in order-service", "web-client in web_client");
    }

    @Test
    void whereNothingSaysWhichAreMeantTheyAreNamed() {
        var survey = new Sample(folder, "red/main.py", SERVER, "blue/main.py", SERVER).survey();

        assertThat(survey.found()).isEmpty();
        assertThat(told(survey.beside())).containsExactly("blue in blue", "red in red");
        assertThat(new Detector(new Toolchains(List.of(), folder, argv -> Optional.empty()))
                        .hint(folder.resolve("app")))
                .contains("blue, red")
                .contains("apps: {blue: {folder: blue}}");
    }

    @Test
    void ofSeveralFoldersTheOneWithTheProjectsNameIsMeant() {
        var survey = new Sample(folder, "shop/main.py", SERVER, "office/main.py", SERVER).survey();

        assertThat(told(survey.found())).containsExactly("shop in shop");
        assertThat(told(survey.beside())).containsExactly("office in office");
    }

    @Test
    void anApplicationComesBeforeThePagesOfItsDocumentation() {
        assertThat(found("docs/index.html", PAGE, "shop/main.py", SERVER)).containsExactly("shop in shop");
    }

    @Test
    void eachHasANameOfItsOwnThatFitsIntoAHost() {
        var survey = new Sample(
                        folder,
                        "apps/a b/package.json",
                        START,
                        "apps/a-b/package.json",
                        START,
                        "apps/" + "x".repeat(120) + "/package.json",
                        START)
                .survey();

        var names = survey.found().stream().map(Application::name).toList();
        assertThat(names).hasSize(3).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]{1,40}"));
    }

    @Test
    void backendAndFrontendAreTwo() {
        assertThat(found("backend/main.py", SERVER, "frontend/index.html", PAGE))
                .containsExactly("backend in backend", "frontend in frontend");
    }

    @Test
    void modulesOfAGoWorkspaceThatRunAreApplications() {
        var main = "package main\nfunc main() { http.ListenAndServe(\":\"+os.Getenv(\"PORT\"), nil) }";
        assertThat(found(
                        "go.work", "go 1.26\n\nuse (\n\t./gate\n\t./store\n\t./lib\n)\n",
                        "gate/go.mod", "module gate\n",
                        "gate/main.go", main,
                        "store/go.mod", "module store\n",
                        "store/main.go", main,
                        "lib/go.mod", "module lib\n",
                        "lib/lib.go", "package lib"))
                .containsExactly("gate in gate", "store in store");
    }

    @Test
    void webProgramsOfACargoWorkspaceAreApplicationsAndItsToolsAreNot() {
        var server = "fn main() { std::net::TcpListener::bind(\"0.0.0.0:80\"); }";
        assertThat(found(
                        "Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n",
                        "crates/gate/Cargo.toml", "[package]\nname = \"gate\"\n",
                        "crates/gate/src/main.rs", server,
                        "crates/store/Cargo.toml", "[package]\nname = \"store\"\n",
                        "crates/store/src/main.rs", server,
                        "crates/tool/Cargo.toml", "[package]\nname = \"tool\"\n",
                        "crates/tool/src/main.rs", "fn main() {}"))
                .containsExactly("gate in crates/gate", "store in crates/store");
    }

    private static String pom(String name, String more) {
        return "<project><artifactId>" + name + "</artifactId><version>1</version>" + more + "</project>";
    }

    private static String needs(String name) {
        return "<dependencies><dependency><artifactId>" + name + "</artifactId></dependency></dependencies>";
    }

    @Test
    void modulesOfMavenThatStayUpAreApplicationsAndToolsAreNot() {
        var modules = "<packaging>pom</packaging><modules><module>lib</module><module>catalog</module>"
                + "<module>orders</module><module>convert</module><module>lib-examples</module></modules>";
        var main = "class Main { public static void main(String[] a) { %s } }";
        var sample = new Sample(
                folder,
                "pom.xml",
                pom("shop", modules),
                "lib/pom.xml",
                pom("lib", ""),
                "lib/src/main/java/Lib.java",
                "class Lib {}",
                "catalog/pom.xml",
                pom("catalog", needs("lib")),
                "catalog/src/main/java/Main.java",
                main.formatted("new ServerSocket(1);"),
                "orders/pom.xml",
                pom("orders", needs("catalog")),
                "orders/src/main/java/Main.java",
                main.formatted("while (true) poll();"),
                "convert/pom.xml",
                pom("convert", ""),
                "convert/src/main/java/Main.java",
                main.formatted("print(1);"),
                "lib-examples/pom.xml",
                pom("lib-examples", ""),
                "lib-examples/src/main/java/Main.java",
                main.formatted("new ServerSocket(1);"));
        var found = sample.with("java", "25").with("maven", "3.9.9").survey().found();

        assertThat(told(found)).containsExactly("catalog in catalog", "orders in orders");
        assertThat(found.getFirst().foreign()).containsExactly("orders");
        assertThat(found.getLast().foreign()).isEmpty();
        assertThat(found.getFirst().detection().build())
                .containsExactly(List.of(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-f",
                        "../pom.xml",
                        "-DskipTests",
                        "package",
                        "-pl",
                        "catalog",
                        "-am",
                        "dependency:copy-dependencies",
                        "-DincludeScope=runtime",
                        "-DoutputDirectory=target/dependency"));
        assertThat(found.getFirst().detection().start().get("web"))
                .contains("target/classes:target/dependency/*", "Main");
    }

    @Test
    void whatMavenCompiledStaysUntilWhatItIsMadeOfChanges() {
        var modules = "<packaging>pom</packaging><modules><module>lib</module><module>web</module></modules>";
        var found = new Sample(
                        folder,
                        "pom.xml",
                        pom("shop", modules),
                        "lib/pom.xml",
                        pom("lib", ""),
                        "lib/src/main/java/Lib.java",
                        "class Lib {}",
                        "lib/src/main/resources/words.txt",
                        "words",
                        "lib/proto/a.proto",
                        "message",
                        "web/pom.xml",
                        pom("web", needs("lib")),
                        "web/src/main/java/Main.java",
                        "public static void main() { new ServerSocket(1); }")
                .with("java", "25")
                .with("maven", "3.9.9")
                .detect();

        assertThat(found.kept()).contains("lib/target/classes", "web/target/maven-status");
        assertThat(found.madeOf().get("lib/target/classes"))
                .containsExactlyInAnyOrder(
                        ".mvn", "pom.xml", "lib/pom.xml", "web/pom.xml", "lib/proto", "lib/src/main/java");
        assertThat(found.madeOf().get("web/target/classes")).contains("lib", "web/src/main/java");
    }

    @Test
    void aSingleOneBelowTheRootHasTheNameOfTheProject() {
        assertThat(found("backend/main.py", SERVER, "README.md", "words")).containsExactly("shop in backend");
    }

    @Test
    void aRootThatRunsIsTheApplicationAndTheRestIsTold() {
        var survey = new Sample(folder, "package.json", START, "server.js", "", "client/package.json", START).survey();

        assertThat(told(survey.found())).containsExactly("shop in .");
        assertThat(told(survey.beside())).containsExactly("client in client");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client | path.join(__dirname, 'client', 'build', 'index.html')",
                "web-ui | express.static('./web-ui/dist')"
            })
    void pagesThatTheServerAnswersWithAreBuiltBeforeIt(String place, String code) {
        var server = "require('express')().listen(process.env.PORT); " + code;
        var pages = "{\"scripts\": {\"build\": \"react-scripts build\"}, \"dependencies\": {\"react-scripts\": \"5\"}}";
        var sample = new Sample(folder, "package.json", START, "server.js", server, place + "/package.json", pages)
                .with("node", "22.4.0");
        var found = sample.detect();

        assertThat(sample.survey().beside()).isEmpty();

        assertThat(found.install()).singleElement().asString().contains("cd", place, "npm");
        assertThat(found.build()).singleElement().asString().contains(place, "npm, run, build");
        assertThat(found.buildEnvironment()).containsEntry("CI", "false");
        assertThat(found.start().get("web")).contains("node server.js");
    }

    @Test
    void pagesThatAScriptOfTheRootBuildsAreLeftToIt() {
        var start = "{\"scripts\": {\"start\": \"node server.js\", \"build\": \"npm run build --prefix client\"}}";
        var found = new Sample(
                        folder,
                        "package.json",
                        start,
                        "server.js",
                        "http.listen(1); static('client/build')",
                        "client/package.json",
                        "{\"scripts\": {\"build\": \"x\"}}")
                .with("node", "22.4.0")
                .detect();

        assertThat(found.build()).singleElement().asString().doesNotContain("cd");
    }

    @Test
    void aPageInDocsMakesNoApplicationOfTheRoot() {
        assertThat(found("docs/index.html", PAGE, "api/main.py", SERVER, "web/package.json", START))
                .containsExactly("api in api", "web in web");
    }

    @Test
    void aPackageOfPythonBelowItsManifestIsNoApplicationOfItsOwn() {
        var whole = new Sample(
                        folder,
                        "requirements.txt",
                        "fastapi\n",
                        "app/__init__.py",
                        "",
                        "app/main.py",
                        "from fastapi import FastAPI\napp = FastAPI()\n")
                .survey();
        assertThat(whole.found()).singleElement().satisfies(only -> {
            assertThat(only.folder()).isEqualTo(Path.of("."));
            assertThat(String.join(" ", only.detection().start().get("web"))).contains("'app.main:app'");
        });

        var withFront = new Sample(folder, "frontend/package.json", "{\"scripts\":{\"start\":\"node a.js\"}}").survey();
        assertThat(withFront.found()).extracting(each -> each.folder()).containsExactly(Path.of("."));
        assertThat(withFront.beside()).extracting(each -> each.name()).containsExactly("frontend");
    }

    @Test
    void anEmptyRepositoryHasNone() {
        assertThat(found("README.md", "words")).isEmpty();
    }

    @Test
    void equalNamesAreToldApart() {
        assertThat(found("apps/web/main.py", SERVER, "services/web/main.py", SERVER))
                .containsExactly("apps-web in apps/web", "services-web in services/web");
    }

    @Test
    void whatAManifestNamesIsAPartOfTheApplication() {
        var survey = new Sample(
                        folder,
                        "apps/web/package.json",
                        "{\"scripts\": {\"start\": \"node x\"}, \"dependencies\": {\"@shop/kit\": \"*\"}}",
                        "apps/kit/package.json",
                        "{\"name\": \"@shop/kit\", \"scripts\": {\"start\": \"node x\"}}",
                        "apps/api/main.py",
                        SERVER)
                .survey();

        assertThat(survey.found()).extracting(Application::name).containsExactly("api", "kit", "web");
        assertThat(survey.found().get(0).foreign()).containsExactlyInAnyOrder("apps/kit", "apps/web");
        assertThat(survey.found().get(2).foreign()).containsExactly("apps/api");
    }

    @Test
    void linksInALoopAndOutOfTheRepositoryAreNotFollowed() throws Exception {
        var sample = new Sample(folder, "services/one/main.py", SERVER, "services/two/main.py", SERVER);
        var services = folder.resolve("app/services");
        Files.createSymbolicLink(services.resolve("loop"), Path.of("../services"));
        Files.createSymbolicLink(services.resolve("out"), folder);

        assertThat(told(sample.survey().found())).containsExactly("one in services/one", "two in services/two");
    }
}
