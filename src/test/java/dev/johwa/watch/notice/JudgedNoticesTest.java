package dev.johwa.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of a verdict over a release, and what is written down for those who mend it.
class JudgedNoticesTest {
    @TempDir
    Path folder;

    private Surroundings around;
    private Hook hook;

    @BeforeEach
    void open() {
        around = new Surroundings(folder, Duration.ofSeconds(20));
        hook = new Hook();
    }

    @AfterEach
    void close() {
        hook.close();
        around.close();
    }

    private static ReleaseJudged judged(int release, String verdict, String act) {
        var cause = verdict.equals("bad") ? "errors" : "none";
        boolean undone = act.startsWith("Undone");
        return new ReleaseJudged(
                "shop", "api", "production", release, "a1", 40, verdict, cause, "9 of 10 failed", undone, act);
    }

    @Test
    void aBadReleaseIsToldOnceUntilALaterOneShowsNothingBad() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(judged(41, "bad", "Undone by itself: release 40 serves again."));
        Wait.eventually(() -> hook.got().size() == 1);
        around.hear(judged(42, "unsure", ""));
        around.hear(judged(43, "bad", ""));
        around.hear(judged(44, "good", ""));
        around.hear(judged(45, "good", ""));
        Wait.eventually(() -> hook.got().size() == 2);

        assertThat(hook.types()).containsExactly("releases.failed", "releases.recovered");
        var told = hook.got().getFirst().json().path("data");
        assertThat(told.path("headline").asString())
                .isEqualTo("Release 41 of shop/api is bad by its errors, and was undone: 9 of 10 failed");
        assertThat(told.path("details").path("What was done").asString())
                .isEqualTo("Undone by itself: release 40 serves again.");
        assertThat(around.noted).extracting(Notice::phase).containsExactly(Phase.BEGAN, Phase.OVER);
        assertThat(around.noted.getFirst().words().changes()).containsExactly("a1 Fill the basket with *** (Kim)");
        assertThat(around.noted.getFirst().words().advice()).containsExactly("What it did: johwa explain shop/api 41");
    }

    @Test
    void fewerOfWhatItCountsAreToldThoughNothingIsCertain() {
        around.hear(new ReleaseJudged(
                "shop",
                "api",
                "production",
                41,
                "a1",
                40,
                "unsure",
                "counter",
                "orders fell: 3 in 900 requests",
                false,
                "It serves on."));
        around.hear(judged(42, "good", ""));
        assertThat(around.noted).extracting(Notice::phase).containsExactly(Phase.BEGAN, Phase.OVER);
        assertThat(around.noted.getFirst().words().headline())
                .isEqualTo("Release 41 of shop/api may be bad: orders fell: 3 in 900 requests");
    }
}
