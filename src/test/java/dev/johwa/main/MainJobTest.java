package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The main job on real parts: git pushes, processes start, the edge answers.
class MainJobTest {
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static AppEnvironment production(String app) {
        return new AppEnvironment(app, app, AppEnvironment.PRODUCTION);
    }

    @Test
    void aPushIsTestedLiveAndCanGoBack() throws Exception {
        var repository = platform.repository("shop", Apps.PYTHON);

        var first = platform.push(repository, "main");
        assertThat(first).contains("1 passed").contains("http://shop.localhost:");
        assertThat(platform.body("shop")).isEqualTo("1");

        platform.commit(repository, "version", "2\n");
        platform.push(repository, "main");
        assertThat(platform.body("shop")).isEqualTo("2");

        platform.commit(repository, "version", "bad\n");
        var bad = platform.push(repository, "main");
        assertThat(bad).contains("test_is_not_bad").contains("test_app.py:").contains("release 2 keeps serving");
        assertThat(platform.body("shop")).isEqualTo("2");

        var back = platform.server()
                .releases()
                .rollBack(production("shop"), OptionalInt.empty(), false, "test", line -> {});
        assertThat(back.live()).isTrue();
        assertThat(platform.body("shop")).isEqualTo("1");
        assertThat(platform.server().releases().list(production("shop")))
                .extracting(Release::number, Release::current)
                .contains(Tuple.tuple(1, true), Tuple.tuple(2, false));
    }

    @Test
    void aTestedTreeIsNotBuiltAgain() throws Exception {
        var repository = platform.repository("again", Apps.PYTHON);
        platform.push(repository, "main");
        platform.commit(repository, "version", "2\n");
        platform.push(repository, "main");
        platform.git(repository, "revert", "--no-edit", "HEAD");

        var reverted = platform.push(repository, "main");

        assertThat(reverted).contains("these files passed in run 1").doesNotContain("passed   ");
        assertThat(platform.body("again")).isEqualTo("1");
    }

    @Test
    void aBranchGetsAPreviewThatGoesWithIt() throws Exception {
        var repository = platform.repository("site", Apps.PYTHON);
        platform.push(repository, "main");
        platform.git(repository, "checkout", "-q", "-b", "feature");
        platform.commit(repository, "version", "preview\n");

        platform.push(repository, "feature");
        assertThat(platform.body("feature--site")).isEqualTo("preview");
        assertThat(platform.body("site")).isEqualTo("1");

        platform.push(repository, "--delete", "feature");
        assertThat(platform.get("feature--site.localhost", "/").statusCode()).isEqualTo(404);
        assertThat(platform.body("site")).isEqualTo("1");
    }

    @Test
    void aTagDeploysNothing() throws Exception {
        var repository = platform.repository("tagged", Apps.PYTHON);
        platform.push(repository, "main");
        platform.commit(repository, "version", "2\n");
        platform.git(repository, "tag", "v2");

        assertThat(platform.push(repository, "v2")).contains("Tag v2 is stored");
        assertThat(platform.body("tagged")).isEqualTo("1");
    }

    @Test
    void aProtectedBranchMovesOnlyWhenTheTestsPass() throws Exception {
        var repository = platform.repository("guarded", Apps.PYTHON);
        platform.push(repository, "main");
        platform.server().stores().repositories().protect("guarded", "main", true);
        platform.commit(repository, "version", "bad\n");

        var refused = platform.push(repository, "main");

        assertThat(refused).contains("[remote rejected]").contains("test_is_not_bad");
        var pipelines = platform.server().pipelines();
        assertThat(pipelines.isRefused(pipelines.require("guarded", 2))).isTrue();
        assertThat(platform.server()
                        .stores()
                        .repositories()
                        .file(
                                "guarded",
                                platform.server()
                                        .stores()
                                        .repositories()
                                        .resolve("guarded", "main")
                                        .orElseThrow()
                                        .id(),
                                "version"))
                .contains("1\n");
    }

    @Test
    void filesAreServedAsTheyAre() throws Exception {
        var repository =
                platform.repository("pages", "public/index.html", "<h1>Hi</h1>", "public/404.html", "<h1>No</h1>");
        platform.push(repository, "main");

        assertThat(platform.body("pages")).isEqualTo("<h1>Hi</h1>");
        assertThat(platform.get("pages.localhost", "/none").statusCode()).isEqualTo(404);
        assertThat(platform.get("pages.localhost", "/none").body()).isEqualTo("<h1>No</h1>");
        assertThat(platform.get("pages.localhost", "/../../secrets.key").statusCode())
                .isIn(400, 404);
    }

    @Test
    void aMissingSecretStopsAReleaseBeforeItStarts() throws Exception {
        var repository = platform.repository("safe", Apps.PYTHON);
        platform.commit(repository, "johwa.yaml", "secrets: [API_KEY]\nenv: {GREETING: hello}\n");

        var missing = platform.push(repository, "main");
        assertThat(missing)
                .contains("missing secret API_KEY")
                .containsSubsequence("johwa secrets set safe API_KEY", "johwa run rerun safe 1");

        platform.server().stores().repositories().protect("safe", "main", true);
        platform.commit(repository, "version", "2\n");
        assertThat(platform.push(repository, "main"))
                .containsSubsequence("johwa secrets set safe API_KEY", "then push again")
                .doesNotContain("run rerun");

        var scope = new Values.Scope("safe", "safe", "production");
        platform.server().values().setSecrets(scope, Map.of("API_KEY", "p$ss\"wörd\n2"));
        platform.push(repository, "main");
        assertThat(platform.get("safe.localhost", "/env/API_KEY").body()).isEqualTo("p$ss\"wörd\n2");
        assertThat(platform.get("safe.localhost", "/env/GREETING").body()).isEqualTo("hello");
    }

    @Test
    void wrongSettingsAreToldWithTheirPlace() throws Exception {
        var repository = platform.repository("typo", Apps.PYTHON);
        platform.commit(repository, "johwa.yaml", "instnaces: 2\nport: many\n");

        assertThat(platform.push(repository, "main"))
                .contains("johwa.yaml:1:1: unknown key 'instnaces'")
                .contains("did you mean 'instances'?")
                .contains("johwa.yaml:2:7: 'port' is 'many'");
        var advice = platform.server().pipelines().find("typo", 1).orElseThrow().advice();
        assertThat(advice).hasSize(2).last().asString().startsWith("johwa.yaml:2:7: 'port' is 'many' — write ");
    }

    @Test
    void anAppThatNeverListensIsNotLive() throws Exception {
        var repository = platform.repository(
                "deaf", "Procfile", "web: echo here I am; exec sleep 600\n", "johwa.yaml", "health: {within: 2s}\n");

        var output = platform.push(repository, "main");

        assertThat(output)
                .contains("does not listen on a port within 2 s")
                .contains("here I am")
                .contains("Nothing serves deaf");
    }

    @Test
    void anAppThatEndsAtOnceIsNotLiveAndItsLastWordsAreTold() throws Exception {
        var repository = platform.repository("short", "Procfile", "web: echo my last words; exit 3\n");

        assertThat(platform.push(repository, "main"))
                .contains("web ended: exit 3")
                .contains("my last words");
    }

    @Test
    void instancesAndEdgeOutliveTheControlPlane() throws Exception {
        try (var own = new Platform()) {
            var repository = own.repository("steady", Apps.PYTHON);
            own.push(repository, "main");
            long edge = own.server().edgePid();

            own.stopControlPlane();
            assertThat(own.body("steady")).isEqualTo("1");
            own.startControlPlane();

            assertThat(own.server().edgePid()).isEqualTo(edge);
            assertThat(own.body("steady")).isEqualTo("1");
            own.commit(repository, "version", "2\n");
            own.push(repository, "main");
            assertThat(own.body("steady")).isEqualTo("2");
        }
    }

    @Test
    void connectionsWaitWhileAnEdgeThatDiedIsReplaced() throws Exception {
        try (var own = new Platform()) {
            var repository = own.repository("calm", Apps.PYTHON);
            own.push(repository, "main");

            ProcessHandle.of(own.server().edgePid()).orElseThrow().destroyForcibly();

            assertThat(own.body("calm")).isEqualTo("1");
        }
    }
}
