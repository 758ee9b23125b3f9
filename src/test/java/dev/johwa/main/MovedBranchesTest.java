package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a control plane that was killed between a branch's move and its run leaves to the next one.
class MovedBranchesTest {
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws Exception {
        platform.close();
    }

    /// Moves a branch as a push does that is cut off before its run is written down, and starts the next control plane.
    private static void moveAndStart(String project, String... update) throws IOException {
        platform.stopControlPlane();
        var words = new ArrayList<>(List.of("--git-dir", bare(project).toString(), "update-ref"));
        words.addAll(List.of(update));
        platform.git(platform.data(), words.toArray(String[]::new));
        Files.deleteIfExists(platform.data().resolve("run/settled"));
        platform.startControlPlane();
    }

    private static String body(String app) {
        try {
            return platform.body(app);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path bare(String project) {
        return platform.data().resolve("git").resolve(project + ".git");
    }

    private static List<Run> runs(String project) {
        return platform.server().pipelines().list(Optional.of(project), 9);
    }

    @Test
    void aBranchThatWentBackServesWhatItNames() throws Exception {
        var app = platform.repository("back", "index.html", "One");
        platform.push(app, "main");
        var first = platform.git(app, "rev-parse", "HEAD").strip();
        platform.commit(app, "index.html", "Two");
        platform.push(app, "main");
        assertThat(platform.body("back")).isEqualTo("Two");

        moveAndStart("back", "refs/heads/main", first);

        eventually(() -> body("back").equals("One"));
        assertThat(runs("back")).hasSize(3);
    }

    @Test
    void whatThePusherSaidOfTheMoveHoldsForItsRun() throws Exception {
        var app = platform.repository("said", "index.html", "One");
        platform.push(app, "main");
        platform.commit(app, "index.html", "Two");
        platform.git(app, "push", bare("said").toString(), "main:refs/heads/stored");
        var second = platform.git(app, "rev-parse", "HEAD").strip();
        var options = Files.createDirectories(platform.data().resolve("git/options"));
        // One of a push that was cut off before its branch moved, too.
        for (var branch : List.of("main", "never")) {
            Files.writeString(
                    options.resolve(branch.equals("main") ? "1" : "2"),
                    "{\"project\": \"said\", \"commits\": {\"refs/heads/" + branch + "\": \"" + second
                            + "\"}, \"options\": [\"skip-deploy\"]}");
        }

        moveAndStart("said", "refs/heads/main", second);

        eventually(() -> runs("said").stream().noneMatch(run -> !run.state().isOver()));
        assertThat(runs("said").stream().filter(run -> run.branch().equals("main")))
                .first()
                .satisfies(run -> assertThat(run.commit()).isEqualTo(second))
                .satisfies(run -> assertThat(run.environment()).isEmpty());
        assertThat(platform.body("said")).isEqualTo("One");
        assertThat(options).isEmptyDirectory();
    }

    /// A project whose branch `look` has a preview.
    private static Path withALook(String project) throws IOException {
        var app = platform.repository(project, "index.html", "One");
        platform.push(app, "main");
        platform.git(app, "checkout", "-q", "-b", "look");
        platform.commit(app, "index.html", "Look");
        platform.push(app, "look");
        assertThat(body("look--" + project)).isEqualTo("Look");
        return app;
    }

    private static String head(Path app) {
        return platform.git(app, "rev-parse", "HEAD").strip();
    }

    @Test
    void aPreviewThatWasDeletedComesBackWithItsBranch() throws Exception {
        var app = withALook("back-again");
        platform.push(app, "--delete", "look");
        assertThat(body("look--back-again")).isNotEqualTo("Look");

        moveAndStart("back-again", "refs/heads/look", head(app));

        eventually(() -> body("look--back-again").equals("Look"));
    }

    @Test
    void soDoesOneWhoseDeletionWasCutOff() throws Exception {
        var app = withALook("cut-twice");
        moveAndStart("cut-twice", "-d", "refs/heads/look");
        eventually(() -> !body("look--cut-twice").equals("Look"));

        moveAndStart("cut-twice", "refs/heads/look", head(app));

        eventually(() -> body("look--cut-twice").equals("Look"));
    }

    @Test
    void aBranchWhoseNewestRunFailedGetsNoOther() throws Exception {
        var app = platform.repository("failed", "index.html", "One");
        platform.push(app, "main");
        platform.commit(app, "johwa.yaml", "test: \"false\"");
        platform.push(app, "main");

        moveAndStart(
                "failed",
                "refs/heads/main",
                platform.git(app, "rev-parse", "HEAD").strip());

        assertThat(runs("failed")).hasSize(2);
        assertThat(platform.body("failed")).isEqualTo("One");
    }

    @Test
    void whatIsNoCommitIsRefusedAndEndsNoStart() throws Exception {
        var app = platform.repository("tree", "index.html", "One");
        platform.push(app, "main");
        assertThat(platform.push(app, "HEAD^{tree}:refs/heads/leaves")).contains("a branch names a commit, and");

        var other = platform.repository("wood", "index.html", "One");
        platform.push(other, "main");
        var tree = platform.git(app, "rev-parse", "HEAD^{tree}").strip();
        // As an older platform let it in.
        Files.writeString(bare("tree").resolve("refs/heads/leaves"), tree + "\n");
        platform.commit(other, "index.html", "Two");
        platform.git(other, "push", bare("wood").toString(), "main");
        moveAndStart(
                "tree",
                "refs/heads/main",
                platform.git(app, "rev-parse", "HEAD").strip());

        eventually(() -> body("wood").equals("Two"));
        assertThat(platform.body("tree")).isEqualTo("One");
    }

    @Test
    void aFileThatCannotBeReadIsToldAndEndsNoStart() throws Exception {
        var domains = "domains: [\"" + "a.".repeat(3000) + "example.com\"]\n";
        var app = platform.repository("deep", "index.html", "One", "johwa.yaml", domains);
        assertThat(platform.push(app, "main"))
                .contains("johwa.yaml:1:11")
                .contains("a list of host names")
                .contains("  Nothing is deployed.")
                .doesNotContain("bug");

        platform.stopControlPlane();
        Files.deleteIfExists(platform.data().resolve("run/settled"));
        platform.startControlPlane();
        assertThat(runs("deep")).singleElement().extracting(Run::state).isEqualTo(Run.State.FAILED);

        platform.commit(app, "johwa.yaml", "instances: 1\n");
        assertThat(platform.push(app, "main")).contains("live");
        platform.commit(app, "johwa.yaml", "instances: two\n");
        assertThat(platform.push(app, "main"))
                .contains("johwa.yaml:1:12")
                .contains("Nothing is deployed; release 1 keeps serving.");
        platform.commit(app, "other", "1\n");
        assertThat(platform.push(app, "-o", "skip-deploy", "main"))
                .contains("johwa.yaml:1:12")
                .doesNotContain("Nothing is deployed");
    }

    @Test
    void whatStepsLeftGoesBesideTheStart() throws Exception {
        platform.stopControlPlane();
        var left = platform.data().resolve("run/work/shop-1-1/tmp");
        Files.createDirectories(left);
        Files.writeString(left.resolve("file"), "left");
        platform.startControlPlane();

        assertThat(platform.data().resolve("run/work/shop-1-1")).doesNotExist();
        var run = platform.data().resolve("run").toFile();
        eventually(() -> Arrays.stream(Objects.requireNonNull(run.list())).noneMatch(name -> name.startsWith("work-")));
    }
}
