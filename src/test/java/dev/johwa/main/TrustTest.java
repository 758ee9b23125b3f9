package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.source.config.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a branch leaves behind poisons other previews at worst, never production; and production's work is what a
/// branch begins with.
class TrustTest {
    /// A build that takes over whatever an earlier run left for it; the pages say what that was.
    private static final String BUILD = """
            mkdir -p public .cache
            cat node_modules/.left .cache/left ~/.cache/left ~/.npmrc ~/.left public/left 2>/dev/null > seen
            echo "made of: $(tr '\\n' ' ' < seen)" > public/index.html
            cat public/index.html
            """;
    private static final String LEAVE =
            "for place in node_modules/.left .cache/left ~/.cache/left ~/.npmrc ~/.left; do\n"
                    + "  mkdir -p $(dirname $place); echo \"; $1\" >> $place\ndone\n";

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    /// Built as Gatsby's projects are, by a package of its own: it keeps `node_modules`, `.cache` and HOME.
    private static Path repository(String name, String test) throws IOException {
        return platform.repository(
                name,
                "package.json",
                "{\"scripts\": {\"build\": \"sh build.sh\", \"test\": \"sh test.sh\"},"
                        + " \"dependencies\": {\"gatsby\": \"file:gatsby\"}}",
                "gatsby/package.json",
                "{\"name\": \"gatsby\", \"version\": \"1.0.0\"}",
                ".gitignore",
                "node_modules\n",
                "leave.sh",
                LEAVE,
                "build.sh",
                BUILD,
                "test.sh",
                test);
    }

    private static void branch(Path repository, String name, String... files) throws IOException {
        platform.git(repository, "checkout", "-q", "-b", name, "main");
        platform.commit(repository, files);
    }

    private static void onMain(Path repository) {
        platform.git(repository, "checkout", "-q", "main");
    }

    @Test
    void whatABranchLeavesIsNeverBuiltIntoProduction() throws Exception {
        var repository = repository("clean", "exit 0");
        assertThat(platform.push(repository, "main")).contains("live");
        branch(repository, "evil", "test.sh", "sh leave.sh poison");
        assertThat(platform.push(repository, "evil")).contains("live");
        branch(repository, "honest", "page", "1");
        assertThat(platform.push(repository, "honest")).contains("live");
        assertThat(platform.get("honest--clean.localhost", "/").body())
                .as("previews trust each other")
                .contains("poison");

        platform.commit(repository, "page", "2");
        onMain(repository);
        platform.commit(repository, "other", "1");
        assertThat(platform.push(repository, "main"))
                .contains("kept from an earlier run")
                .contains("live");

        assertThat(platform.body("clean")).isEqualTo("made of:");
    }

    @Test
    void whatPassedAtABranchIsBuiltAgainForProduction() throws Exception {
        var repository = repository("merged", "exit 0");
        platform.push(repository, "main");
        branch(repository, "evil", "test.sh", "sh leave.sh poison");
        platform.push(repository, "evil");
        branch(repository, "honest", "page", "1");
        platform.push(repository, "honest");
        var tree = platform.git(repository, "rev-parse", "HEAD^{tree}").strip();
        var pipelines = platform.server().pipelines();

        assertThatThrownBy(() -> pipelines.passed("merged", "merged", "production", tree))
                .hasMessageContaining("run 3, for preview");
        assertThat(pipelines.passed("merged", "merged", "preview", tree)).isPresent();

        onMain(repository);
        platform.git(repository, "merge", "-q", "--ff-only", "honest");
        assertThat(platform.push(repository, "main"))
                .doesNotContain("not built again")
                .contains("live");

        assertThat(platform.body("merged")).isEqualTo("made of:");
        assertThat(pipelines.passed("merged", "merged", "production", tree)).isPresent();
    }

    @Test
    void aBranchBeginsWithProductionsWorkAndNotWithItsPasswords() throws Exception {
        var repository = repository("begins", "sh leave.sh production");
        platform.push(repository, "main");

        branch(repository, "first", "test.sh", "exit 0");
        var first = platform.push(repository, "first");
        branch(repository, "same");
        var same = platform.push(repository, "same");

        assertThat(first).contains("kept from an earlier run").contains("live");
        assertThat(platform.get("first--begins.localhost", "/").body().strip())
                .as("of node_modules and ~/.cache; not of ~/.npmrc, ~/.left and what is no cache by its own word")
                .isEqualTo("made of: ; production ; production");
        assertThat(same).as("production's results hold for all").contains("not built again");
    }

    @Test
    void aBranchCannotNameItselfProduction() throws Exception {
        var repository = repository("claims", "exit 0");
        platform.push(repository, "main");
        branch(
                repository,
                "evil",
                "test.sh",
                "sh leave.sh poison",
                "johwa.yaml",
                "environments: {production: {branch: evil}}\n",
                "page",
                "evil");

        assertThat(platform.push(repository, "evil"))
                .contains("johwa.yaml sends evil to production here, and to preview on main")
                .contains("http://evil--claims.localhost:");
        onMain(repository);
        platform.commit(repository, "page", "1");
        platform.push(repository, "main");

        assertThat(platform.body("claims")).isEqualTo("made of:");
    }

    @Test
    void aRunBesideOneOfProductionSeesNothingOfItAndLeavesItAlone() throws Exception {
        var waits = "touch ~/waiting; until [ -e ~/go ]; do sleep 0.1; done";
        var repository = repository("beside", "exit 0");
        platform.push(repository, "main");
        branch(repository, "evil", "test.sh", waits + "; sh leave.sh poison; touch ~/left");
        var preview = platform.beside(() -> platform.push(repository, "evil"));
        var home = platform.data().resolve("apps/beside/layers/preview/home");
        eventually(() -> Files.exists(home.resolve("waiting")));

        onMain(repository);
        platform.commit(repository, "page", "1", "test.sh", "[ ! -e ~/waiting ] && touch ~/of-production");
        assertThat(platform.push(repository, "main")).contains("1 passed").contains("live");
        Files.writeString(home.resolve("go"), "");

        assertThat(preview.get(60, TimeUnit.SECONDS)).contains("live");
        assertThat(home.resolve("of-production")).doesNotExist();
        assertThat(platform.data().resolve("apps/beside/home/left")).doesNotExist();
        assertThat(platform.body("beside")).isEqualTo("made of:");
    }

    @Test
    void aRunThatGoesNowhereKnowsNoValueOfProduction() throws Exception {
        var repository = repository("nowhere", "exit 0");
        platform.push(repository, "main");
        var scope = new Values.Scope("nowhere", "nowhere", "production");
        platform.server().values().set(scope, Map.of("ADDRESS", "of-production"));
        branch(
                repository,
                "evil",
                "build.sh",
                "mkdir -p public; echo \"knows: $ADDRESS.\" > public/index.html; cat public/*");

        assertThat(platform.push(repository, "-o", "skip-deploy", "evil")).contains("Passed. Nothing is deployed");

        assertThat(platform.server().pipelines().log("nowhere", 2))
                .anyMatch(line -> line.contains("knows: ."))
                .noneMatch(line -> line.contains("of-production"));
    }

    @Test
    void aBranchByTheNameOfAnEnvironmentTakesNothingFromIt() throws Exception {
        var repository = repository("named", "exit 0");
        platform.commit(repository, "johwa.yaml", "environments: {staging: {branch: develop}}\n");
        platform.push(repository, "main");
        assertThat(platform.push(repository, "main:develop")).contains("http://staging--named.localhost:");
        branch(repository, "production", "build.sh", "mkdir -p public; echo taken > public/index.html");

        for (var name : List.of("production", "staging")) {
            assertThat(platform.push(repository, "production:" + name))
                    .contains("Nothing is deployed: " + name + " is the name of an environment")
                    .doesNotContain("live");
            platform.push(repository, "--delete", name);
        }

        assertThat(platform.body("named")).isEqualTo("made of:");
        assertThat(platform.get("staging--named.localhost", "/").body()).isEqualToIgnoringNewLines("made of: ");
    }
}
