package dev.johwa.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.serve.schedule.JobFailed;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands beside a sign, so that its reader knows the release, who wrote it, what it said, and what to type.
class CloserTest {
    @TempDir
    Path folder;

    private Surroundings around;

    @BeforeEach
    void open() {
        around = new Surroundings(folder, Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        around.close();
    }

    private static Sign burning(String mark) {
        var words = Words.of("shop does not keep 99.5 %", "shop: 40 of 80 requests failed", "/shop")
                .details(new Detail("Left", "nothing"))
                .of(new App("shop", "production"));
        return new Sign(Kind.DISK, "objective:shop:production", "shop", mark, words, "shop keeps 99.5 % again");
    }

    private Words noted() {
        return around.noted.getLast().words();
    }

    @Test
    void whatALookSeesOfAnAppHasTheReleaseThatServesAndWhatItBroughtAndSaid() {
        around.seen.add(burning("slow"));
        around.notices.look();

        assertThat(noted().changes()).containsExactly("a1 Fill the basket with *** (Kim)");
        assertThat(noted().firstWords()).containsExactly("listening");
        assertThat(noted().lastWords()).containsExactly("Error: no basket & <nothing>");
        assertThat(noted().details()).extracting(Detail::name).containsExactly("Release", "Commit", "Left", "Errors");
        assertThat(noted().details().getFirst().value()).isEqualTo("41");
    }

    @Test
    void whatOnlyGoesOnIsNotLookedUpAgain() {
        around.seen.add(burning("slow"));
        around.notices.look();
        around.seen.set(0, burning("urgent"));
        around.notices.look();

        assertThat(around.noted).hasSize(2);
        assertThat(noted().changes()).isEmpty();
    }

    /// What burns more slowly, and in a longer time, is the same trouble: nobody hears of it again, nor does what a
    /// person resolved come back for it. Who looks reads how it stands now.
    @Test
    void whatIsLessBadIsNotToldAgainAndSaysHowItStandsNow() {
        around.seen.add(burning("urgent"));
        around.notices.look();
        var slower = burning("");
        around.seen.set(0, slower.saying(slower.words().saying("shop: 40 of 900 requests failed in 1d")));
        around.notices.look();

        assertThat(around.noted).hasSize(1);
        var told = around.notices.told(project -> true, 5).getFirst();
        assertThat(told.headline()).isEqualTo("shop: 40 of 900 requests failed in 1d");
        assertThat(told.begun()).isEqualTo(around.noted.getFirst().begun());

        around.seen.set(0, burning("urgent"));
        around.notices.look();
        assertThat(around.noted).hasSize(2);
    }

    @Test
    void whatToTypeNamesTheEnvironmentThatItIsAbout() {
        around.hear(new InstanceCrashed("shop", "api", "staging", 7, "api-1", "exit 1", 4));
        assertThat(noted().advice()).contains("To go back: johwa rollback shop/api --environment staging");
        assertThat(noted().details().getFirst()).isEqualTo(new Detail("Release", "7"));
        assertThat(noted().changes()).isNotEmpty();

        around.hear(new JobFailed("shop", "shop", "staging", "tidy", 3, "exit 1"));
        assertThat(noted().advice())
                .containsExactly("What it printed: johwa jobs logs shop tidy --environment staging");

        around.hear(new ReleaseJudged(
                "shop", "api", "staging", 9, "a1", 8, "bad", "errors", "9 of 10 failed", false, "It serves on."));
        assertThat(noted().advice()).containsExactly("What it did: johwa explain shop/api --environment staging 9");
    }
}
