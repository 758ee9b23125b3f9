package dev.johwa.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Wait;
import dev.johwa.build.pipeline.RunFinished;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.source.host.Tracker.Told;
import dev.johwa.source.host.Tracker.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a fact to what is said in an issue.
class IssueNoticesTest {
    @TempDir
    Path folder;

    private Surroundings around;
    private Receiver issues;

    @BeforeEach
    void open() {
        around = new Surroundings(folder, Duration.ofSeconds(20));
        issues = around.add(Way.ISSUE, "", "shop", Duration.ZERO).receiver();
    }

    @AfterEach
    void close() {
        around.close();
    }

    private static RunFinished run(int number, String commit, String outcome, String why) {
        return new RunFinished("shop", number, "refs/heads/main", commit, outcome, why, 12, 1, 900);
    }

    private List<Word> said(int words) {
        Wait.eventually(() -> around.tracker.words().size() == words && around.notices.waiting(issues) == 0);
        return around.tracker.words();
    }

    @Test
    void oneThingIsOneIssueWithoutLogsAndCallsNobody() {
        assertThat(issues.shown()).isEqualTo("github.com/acme/shop");
        around.hear(run(12, "a1", "failed", "@kim broke #7 with <b>_s3cret-token_</b>"));
        said(1);
        around.hear(run(13, "b2", "failed", "again"));
        said(2);
        around.hear(run(14, "c3", "passed", ""));
        var words = said(3);
        var first = words.getFirst();
        assertThat(first.title()).isEqualTo("shop: release to production (failed)");
        assertThat(first.text())
                .contains("Run 12 of shop failed: @\u200bkim broke #\u200b7 with \\<b\\>\\_\\*\\*\\*\\_\\</b\\>")
                .contains("Commits since what was well:\n\n- a1 Fill the basket with \\*\\*\\* (Kim)")
                .contains("- Commit: a1 Fill the basket", "[More](https://johwa.example.com/shop/runs/12)")
                .doesNotContain("npm ERR!", "s3cret");
        assertThat(words).extracting(Word::about).containsOnly(first.about());
        assertThat(words).extracting(Word::id).doesNotHaveDuplicates();
        assertThat(words).extracting(Word::isOver).containsExactly(false, false, true);
    }

    @Test
    void whatWasRemovedIsClosedThere() {
        around.hear(new InstanceCrashed("shop", "shop", "production", 7, "shop-1", "exit 1", 4));
        said(1);
        around.gone.add(new Evidence.Place("shop", "shop", "production", ""));
        around.notices.look();
        var last = said(2).getLast();
        assertThat(last.isOver()).isTrue();
        assertThat(last.text()).contains("What this was about was removed");
    }

    @Test
    void aHostThatWantsToBeLeftAloneIsAndAProjectWithoutOneEndsIt() {
        around.tracker.answer(new Told.Failed(
                "it asks to wait", Optional.of(around.clock.now().plus(Duration.ofMinutes(40)))));
        around.hear(run(12, "a1", "failed", "why"));
        Wait.eventually(() -> state().answeredAt().isPresent());
        assertThat(state().nextAt()).isEqualTo(around.clock.now().plus(Duration.ofMinutes(40)));
        around.tracker.answer(new Told.Gone("not connected"));
        around.clock.advance(Duration.ofMinutes(41));
        Wait.eventually(() -> {
            around.notices.look();
            return !state().stopped().isEmpty();
        });
        assertThat(state().stopped()).isEqualTo("not connected");
    }

    private Receiver.State state() {
        return around.notices.require(issues.id(), each -> true).state();
    }

    @Test
    void aTestOpensOneAndClosesIt() {
        assertThat(around.notices.test(issues, "kim")).isEqualTo("said and closed it");
        assertThat(around.tracker.words()).extracting(Word::isOver).containsExactly(false, true);
        assertThatThrownBy(() -> around.add(Way.ISSUE, ""))
                .hasMessageContaining("issues are opened where one project has its home");
    }
}
