package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.Run;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is tested and built, what is not done twice, and what every release tells of it.
class GateTest {
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    @Test
    void aTestedTreeThatIsPushedToAnotherBranchIsNotBuiltAgain() throws Exception {
        var repository = platform.repository("twice", Apps.PYTHON);
        platform.push(repository, "main");

        platform.git(repository, "checkout", "-q", "-b", "copy");

        assertThat(platform.push(repository, "copy"))
                .contains("these files passed in run 1: not built again")
                .contains("http://copy--twice.localhost:");
    }

    @Test
    void aReleaseWithoutTestsSaysSoForEver() throws Exception {
        var repository = platform.repository("untested", "index.html", "<h1>Hi</h1>");

        assertThat(platform.push(repository, "main")).contains("no tests found").contains("without tests");

        var where = new AppEnvironment("untested", "untested", AppEnvironment.PRODUCTION);
        assertThat(platform.server().releases().list(where))
                .extracting(Release::tests)
                .containsExactly(0);
        assertThat(platform.server()
                        .pipelines()
                        .find("untested", 1)
                        .orElseThrow()
                        .stages())
                .filteredOn(stage -> stage.name().equals("test"))
                .extracting(Run.Stage::state, Run.Stage::detail)
                .containsExactly(Tuple.tuple("skipped", "no tests found"));
    }

    @Test
    void dependenciesAreKeptUntilTheirLockFileChanges() throws Exception {
        var repository = platform.repository(
                "keeps",
                "package.json",
                "{\"dependencies\": {\"own\": \"file:./own\"}, \"scripts\": {\"build\": \"ls node_modules\"}}",
                "own/package.json",
                "{\"name\": \"own\", \"version\": \"1.0.0\"}",
                "index.html",
                "<h1>1</h1>");
        assertThat(platform.push(repository, "main")).contains("install   npm");

        platform.commit(repository, "index.html", "<h1>2</h1>");
        assertThat(platform.push(repository, "main"))
                .contains("install   kept from an earlier run: what it depends on has not changed");
        assertThat(platform.body("keeps")).isEqualTo("<h1>2</h1>");

        platform.commit(repository, "package.json", "{\"dependencies\": {\"own\": \"file:./own\"}}\n");
        assertThat(platform.push(repository, "main")).contains("install   npm");
    }

    @Test
    void whatToolsFetchIsKeptInTheHomeOfTheProjectAndNotPacked() throws Exception {
        var repository = platform.repository(
                "home",
                "package.json",
                "{\"scripts\": {\"test\": \"sh ./check\"}}",
                "check",
                "[ -e ~/.cache/mine ] && echo here from before\n"
                        + "mkdir -p ~/.cache && echo x > ~/.cache/mine\n"
                        + "getent passwd $(id -u) | cut -d: -f6\n",
                "index.html",
                "<h1>1</h1>");
        platform.push(repository, "main");
        platform.commit(repository, "index.html", "<h1>2</h1>");
        platform.push(repository, "main");

        try (Stream<String> lines = platform.server().pipelines().log("home", 2)) {
            assertThat(lines).anyMatch(line -> line.endsWith("here from before"));
        }
        assertThat(platform.data().resolve("apps/home/home/.cache/mine")).exists();
    }

    @Test
    void anotherAppsFilesAreSeenByNobody() throws Exception {
        platform.push(platform.repository("other", Apps.PYTHON), "main");
        var repository = platform.repository(
                "peeks",
                "package.json",
                "{\"scripts\": {\"test\": \"sh ./check\"}}",
                "check",
                "find / -xdev -name 'johwa.db' -o -xdev -name 'secrets.key' 2>/dev/null | sed 's/^/FOUND /'\n"
                        + "ls -d " + platform.data() + "/apps/other 2>/dev/null | sed 's/^/FOUND /'\n"
                        + "ps ax 2>/dev/null | grep '[a]pp.py' | sed 's/^/FOUND /'\n",
                "index.html",
                "<h1>1</h1>");
        platform.push(repository, "main");

        try (Stream<String> lines = platform.server().pipelines().log("peeks", 1)) {
            assertThat(lines.toList()).noneMatch(line -> line.contains("| FOUND"));
        }
    }

    @Test
    void aStateBelowAFolderOfTheSystemIsHiddenToo() throws Exception {
        var place = Path.of("/opt");
        Assumptions.assumeTrue(Files.isWritable(place), "only root writes there");
        var folder = Files.createTempDirectory(place, "johwa-test");
        assert folder.toFile().setExecutable(true, false) && folder.toFile().setReadable(true, false);
        try (var own = new Platform(Platform.at(folder.resolve("data")))) {
            var repository = own.repository(
                    "peeks",
                    "package.json",
                    "{\"scripts\": {\"test\": \"ls " + folder + "/data | sed s/^/FOUND-/\"}}",
                    "index.html",
                    "<h1>1</h1>");

            assertThat(own.push(repository, "main")).contains("http://peeks.localhost:");

            try (Stream<String> lines = own.server().pipelines().log("peeks", 1)) {
                assertThat(lines.toList()).noneMatch(line -> line.contains("| FOUND-"));
            }
        } finally {
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        }
    }
}
