package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.Passed;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.detect.Detection.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private ReleaseRig rig;
    private Releases releases;

    @BeforeEach
    void open() throws IOException {
        rig = new ReleaseRig(folder);
        releases = rig.releases();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Release release(Passed passed) {
        said.clear();
        assertThat(releases.release(passed, said::add, new Cancel()).live()).isTrue();
        return releases.current(ReleaseRig.SHOP).orElseThrow();
    }

    @Test
    void aJobIsStartedOnceAndServedWhenItAnswers() {
        var passed = rig.passed(Service.JOB, Map.of());

        var first = release(passed);

        assertThat(first.settings().service()).isEqualTo(Service.WEB);
        assertThat(first.settings().processes()).containsOnlyKeys("web");
        assertThat(String.join("\n", said)).contains("so it is served at").contains("`service: job` in johwa.yaml");
        assertThat(rig.target.find()).extracting(each -> each.process()).containsExactly("web");
        assertThat(release(passed).settings().service()).isEqualTo(Service.WEB);
        assertThat(String.join("\n", said)).doesNotContain("so it is served at");
    }

    private void isStartedOnce(Map<String, String> behaviour, String told) {
        assertThat(release(rig.passed(Service.JOB, behaviour)).settings().service())
                .isEqualTo(Service.JOB);
        assertThat(String.join("\n", said)).contains("it was started once, to see whether it listens: " + told);
        assertThat(rig.target.find()).isEmpty();
        release(rig.passed(Service.JOB, behaviour));
        assertThat(String.join("\n", said)).doesNotContain("it was started once");
    }

    @Test
    void aJobThatGoesOnIsStartedOnceAndStopped() {
        isStartedOnce(Map.of("DUMMY_LISTEN_AFTER", "never"), "it went on for 5 s and was stopped");
    }

    @Test
    void aJobThatEndsIsStartedByItsFirstReleaseOnly() {
        isStartedOnce(Map.of("DUMMY_EXIT", "0"), "exit 0");
    }

    @Test
    void aJobThatFailsAloneIsAJobAllTheSame() {
        isStartedOnce(Map.of("DUMMY_EXIT", "2"), "exit 2");
    }

    @Test
    void aWorkerThatDoesNotListenIsKept() {
        var first = release(rig.passed(Service.WORKER, Map.of("DUMMY_LISTEN_AFTER", "never")));

        assertThat(first.settings().processes()).containsOnlyKeys("worker");
        assertThat(rig.target.find()).extracting(each -> each.process()).containsExactly("worker");
    }

    @Test
    void aWebServiceThatFailsIsNoJob() {
        var outcome = releases.release(rig.passed(Service.WEB, Map.of("DUMMY_EXIT", "1")), said::add, new Cancel());

        assertThat(outcome.live()).isFalse();
        assertThat(outcome.reason()).contains("web ended: exit 1");
    }

    @Test
    void aWebServiceThatServedAndNowEndsWellIsAFailure() {
        release(rig.passed(Service.WEB, Map.of()));

        var outcome = releases.release(rig.passed(Service.WEB, Map.of("DUMMY_EXIT", "0")), said::add, new Cancel());

        assertThat(outcome.live()).isFalse();
        assertThat(releases.current(ReleaseRig.SHOP).orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void whatEndsWellUnderAnotherCommandTakesNothingOffThatServes() {
        release(rig.passed(Service.WEB, Map.of()));

        var outcome = releases.release(
                rig.passed(Service.WEB, List.of("other"), Map.of("DUMMY_EXIT", "0")), said::add, new Cancel());

        assertThat(outcome.live()).isFalse();
        assertThat(releases.current(ReleaseRig.SHOP).orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void whatEndsWellWhereNothingServedIsAJob() {
        assertThat(release(rig.passed(Service.WEB, Map.of("DUMMY_EXIT", "0")))
                        .settings()
                        .service())
                .isEqualTo(Service.JOB);
    }
}
