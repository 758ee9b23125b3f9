package dev.johwa.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Projects as people have them, with something in them that surprises whoever runs them.
class TrapsTest {
    @TempDir
    Path place;

    private Sample node(String... files) {
        return new Sample(place, files).with("node", "22.20.0");
    }

    @Test
    void anEnvironmentFileCommittedByMistakeIsToldAndNeverShown() {
        var found = node("package.json", "{\"scripts\": {\"start\": \"node a.js\"}}", ".env", "KEY=s3cret-value\n")
                .detect();

        assertThat(Sample.warnings(found)).contains("detect.env-committed");
        assertThat(found.toString()).doesNotContain("s3cret-value");
        assertThat(found.environment()).doesNotContainKey("KEY");
    }

    @Test
    void aPrivateRegistryInTheLockIsTold() {
        var lock = "{\"lockfileVersion\": 3, \"packages\": {\"node_modules/a\": {\n"
                + "\"resolved\": \"https://npm.acme.example/a/-/a-1.tgz\"}}}";
        var found = node("package.json", "{\"dependencies\": {\"a\": \"1\"}}", "package-lock.json", lock)
                .detect();

        assertThat(found.warnings())
                .filteredOn(told -> told.code().equals("detect.private-registry"))
                .singleElement()
                .extracting(Problem::text)
                .asString()
                .contains("npm.acme.example")
                .contains("johwa secrets set");
    }

    @Test
    void pagesForAFolderOfAnotherHostAreMadeForTheirOwn() {
        var found = node(
                        "package.json",
                        "{\"scripts\": {\"build\": \"vite build\"}, \"devDependencies\": {\"vite\": \"7\"}}",
                        "vite.config.js",
                        "export default { base: '/repository/' }",
                        "index.html",
                        "<p>")
                .detect();

        assertThat(found.build().getLast()).contains("--base=/");
    }

    @Test
    void packagesThatNeedEachOtherInACircleAreEachBuiltOnce() {
        var found = node(
                        "package.json", "{\"workspaces\": [\"apps/*\", \"packages/*\"]}",
                        "apps/web/package.json",
                                "{\"name\": \"web\", \"scripts\": {\"start\": \"node a\"}, \"dependencies\": {\"a\": \"*\"}}",
                        "packages/a/package.json",
                                "{\"name\": \"a\", \"scripts\": {\"build\": \"x\"}, \"dependencies\": {\"b\": \"*\"}}",
                        "packages/b/package.json",
                                "{\"name\": \"b\", \"scripts\": {\"build\": \"x\"}, \"dependencies\": {\"a\": \"*\", \"web\": \"*\"}}")
                .detect("apps/web");

        assertThat(found.build()).hasSize(2);
        assertThat(found.build().getFirst().toString()).contains("packages/b");
    }

    @Test
    void foldersWithSpacesStayOneWord() {
        var found = node("apps/my shop/package.json", "{\"scripts\": {\"start\": \"node a.js\"}}", "apps/x/readme", "x")
                .survey()
                .found();

        assertThat(found)
                .singleElement()
                .satisfies(each -> assertThat(each.folder()).isEqualTo(Path.of("apps/my shop")));
    }

    @Test
    void aStartLineOfSeveralCommandsIsTheShellsAsItIsWritten() {
        var line = "node migrate.js && node server.js --name \\\"$USER\\\"";
        var found = node(
                        "package.json",
                        "{\"scripts\": {\"start\": \"" + line + "\"}}",
                        "server.js",
                        "http.createServer(x).listen(1)")
                .detect();

        assertThat(found.start().get("web")).isEqualTo(List.of("sh", "-c", line.replace("\\", "")));
    }

    @Test
    void aPackageWithLettersOfTheShellInItsNameIsOneWord() {
        var name = "$(touch stolen);`id`";
        var found = node(
                        "package.json",
                        "{\"workspaces\": [\"apps/*\"], \"devDependencies\": {\"turbo\": \"2\"}}",
                        "turbo.json",
                        "{\"tasks\": {\"build\": {}}}",
                        "apps/web/package.json",
                        "{\"name\": \"" + name + "\", \"scripts\": {\"start\": \"node a.js\", \"build\": \"x\"}}")
                .detect("apps/web");

        assertThat(found.build()).contains(List.of("turbo", "run", "build", "--filter=" + name + "..."));
    }
}
