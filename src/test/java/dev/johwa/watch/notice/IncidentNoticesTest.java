package dev.johwa.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.Wait;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.watch.incident.Incident;
import dev.johwa.watch.incident.IncidentEnded;
import dev.johwa.watch.incident.Moment;
import dev.johwa.watch.incident.Moment.What;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is wrong by one cause is one incident: told once, in one issue, with its time line.
@ParameterizedClass
@EnumSource(Kept.class)
class IncidentNoticesTest {
    private static final Instant BAD = Instant.parse("2026-11-26T03:46:00Z");

    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private Surroundings around;
    private Hook hook;

    @BeforeEach
    void open() {
        around = new Surroundings(folder, kept, Duration.ofSeconds(20));
        hook = new Hook();
        around.firstBad = Optional.of(BAD);
    }

    @AfterEach
    void close() {
        hook.close();
        around.close();
    }

    private static ReleaseJudged bad(String app, int release, boolean undone, String act) {
        return new ReleaseJudged(
                "shop", app, "production", release, "a1", 40, "bad", "errors", "9 of 10 failed", undone, act);
    }

    private static ReleaseJudged good(int release) {
        return new ReleaseJudged(
                "shop", "shop", "production", release, "b2", 40, "good", "none", "0 of 900 failed", false, "");
    }

    private static InstanceCrashed crash(String app) {
        return new InstanceCrashed("shop", app, "production", 41, "shop-1", "exit 1", 4);
    }

    private DeploymentFinished deployed(String kind, int release, int before) {
        var now = around.clock.now();
        return new DeploymentFinished(
                "shop",
                "shop",
                "production",
                release,
                "b2",
                "",
                kind,
                "live",
                "",
                now,
                now,
                before,
                "",
                List.of(),
                true);
    }

    private static Sign burning(String mark) {
        return new Sign(
                Kind.DISK,
                "objective:shop:production:availability",
                "shop",
                mark,
                Sign.Words.of("shop: 99.5 %", "shop: 40 of 80 requests failed", "/shop"),
                "shop keeps 99.5 % again");
    }

    private List<Incident> incidents() {
        return around.incidents.list(any -> true);
    }

    private List<What> story(Incident incident) {
        return around.incidents.story(incident, any -> true).stream()
                .map(Moment::what)
                .toList();
    }

    /// A minute goes by.
    private void minutes(int count) {
        for (int i = 0; i < count; i++) {
            around.clock.advance(Duration.ofMinutes(1));
            around.notices.look();
        }
    }

    @Test
    void aBadReleaseIsOneIncidentFromItsFirstBadMinuteToItsRecoveryWithOneIssue() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.seen.add(burning("urgent"));
        around.notices.look();
        Wait.eventually(() -> hook.got().size() == 1);
        around.clock.advance(Duration.ofSeconds(20));
        around.hear(deployed("rollback", 40, 41));
        around.hear(bad("shop", 41, true, "Undone by itself: release 40 serves again."));
        around.seen.clear();
        minutes(8);
        Wait.eventually(() -> hook.got().size() == 2);

        assertThat(hook.types()).containsExactly("disk.warning", "disk.recovered");
        var incident = incidents().getFirst();
        assertThat(incidents()).hasSize(1);
        assertThat(incident.release()).isEqualTo(41);
        assertThat(incident.since()).isEqualTo(BAD);
        assertThat(incident.state()).isEqualTo(Incident.State.RESOLVED);
        assertThat(story(incident))
                .containsExactlyInAnyOrder(
                        What.RELEASE,
                        What.BAD,
                        What.ALERT,
                        What.TOLD,
                        What.ROLLBACK,
                        What.ALERT,
                        What.VERDICT,
                        What.RECOVERED,
                        What.TOLD);
        // The issue is closed by a later release that is well, not by going back.
        assertThat(around.noted).extracting(Notice::condition).containsOnly(incident.id());
        assertThat(around.noted).extracting(Notice::phase).doesNotContain(Phase.OVER);
        around.hear(good(42));
        assertThat(around.noted.getLast().phase()).isEqualTo(Phase.OVER);
        assertThat(around.noted.getLast().words().story()).anyMatch(line -> line.contains("Release 40 serves again"));
        assertThat(hook.got()).hasSize(2);

        var ended = around.facts(IncidentEnded.class);
        assertThat(ended).hasSize(1);
        assertThat(ended.getFirst().since()).isEqualTo(BAD);
        assertThat(Duration.between(BAD, ended.getFirst().recovered())).isEqualTo(Duration.ofSeconds(140));
        assertThat(ended.getFirst().evidence()).isEqualTo("Release 41 is bad by its errors: 9 of 10 failed");
    }

    @Test
    void aRollbackWhoseGoalIsBrokenTooIsToldOnceAndLasts() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(
                bad("shop", 41, false, "It serves on: going back to release 40 failed too. Nothing more is tried."));
        around.hear(crash("shop"));
        minutes(30);
        Wait.eventually(() -> hook.got().size() == 1);
        assertThat(hook.types()).containsExactly("releases.failed");
        assertThat(incidents().getFirst().isOpen()).isTrue();
        assertThat(story(incidents().getFirst())).contains(What.FAILED).doesNotContain(What.ROLLBACK);
        // The next release takes over, and stays well.
        around.hear(deployed("push", 42, 41));
        around.hear(good(42));
        minutes(6);
        Wait.eventually(() -> hook.got().size() == 2);
        assertThat(hook.types()).containsExactly("releases.failed", "releases.recovered");
    }

    @Test
    void whoeverWasNotToldOfTheFirstSignIsToldOfTheNextAndAllHearTheEnd() {
        around.add(Way.WEBHOOK, hook.url("/all"));
        around.add(Way.WEBHOOK, hook.url("/crashes"), Kind.CRASHES);
        around.hear(bad("shop", 41, false, "It serves on."));
        around.hear(crash("shop"));
        Wait.eventually(() -> hook.got().size() == 2);
        assertThat(hook.types()).containsExactlyInAnyOrder("releases.failed", "crashes.failed");
        around.hear(good(42));
        minutes(6);
        Wait.eventually(() -> hook.got().size() == 4);
        assertThat(hook.types().subList(2, 4)).containsExactly("releases.recovered", "releases.recovered");
    }

    @Test
    void tenAppsAreTenIncidentsAndADiskIsOneThatAppsJoin() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        hook.answer(503, Map.of());
        for (int i = 0; i < 10; i++) {
            around.hear(crash("app" + i));
        }
        assertThat(incidents()).hasSize(10).allMatch(Incident::isOpen);
        // A channel that is down: every word waits, and nothing is lost.
        minutes(4);
        hook.answer(200, Map.of());
        around.clock.advance(Duration.ofMinutes(30));
        Wait.eventually(() -> {
            around.notices.look();
            return hook.types().contains("digest");
        });
        var digest = hook.got().getLast().json().path("data").path("notices");
        assertThat(digest.size()).isGreaterThanOrEqualTo(9);

        around.seen.add(new Sign(
                Kind.DISK, "disk:sda1", "", "low", Sign.Words.of("disk", "The disk is low", ""), "Room again"));
        around.notices.look();
        around.hear(crash("other"));
        around.hear(crash("another"));
        assertThat(incidents()).hasSize(11);
        assertThat(incidents().getFirst().projects()).containsExactly("shop");
        assertThat(around.noted)
                .extracting(Notice::condition)
                .contains(incidents().getFirst().id());
    }

    @Test
    void aHeartbeatIsCalledAsLongAsSomebodyLooksAndOfNothingElse() {
        var receiver = around.add(Way.HEARTBEAT, hook.url("/beat"), "", Duration.ofMinutes(5))
                .receiver();
        for (int beats = 1; beats <= 3; beats++) {
            int wanted = beats;
            around.notices.look();
            Wait.eventually(() -> hook.got().size() == wanted && isIdle(receiver));
            around.hear(crash("app" + beats));
            minutes(4);
            assertThat(hook.got()).hasSize(wanted);
            around.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(hook.got()).extracting(Hook.Got::body).containsOnly("{}");
        // One that refuses is called each minute, and others hear of it after an hour.
        hook.answer(503, Map.of());
        around.notices.look();
        Wait.eventually(() -> around.notices
                .require(receiver.id(), any -> true)
                .state()
                .failingSince()
                .isPresent());
        around.clock.advance(Duration.ofMinutes(61));
        hook.answer(200, Map.of());
        around.notices.look();
        assertThat(incidents().getFirst().headline()).contains("cannot be told");
        Wait.eventually(() -> isIdle(receiver));
        assertThatThrownBy(() -> around.add(Way.HEARTBEAT, hook.url("/mine"), "shop", Duration.ZERO))
                .isInstanceOf(ProblemException.class);
        // A clock that was set back does not silence it.
        int before = hook.got().size();
        around.clock.set(around.clock.now().minus(Duration.ofHours(5)));
        around.notices.look();
        Wait.eventually(() -> hook.got().stream()
                        .skip(before)
                        .filter(got -> got.body().equals("{}"))
                        .count()
                == 1);
    }

    /// Whether it answered well, last.
    private boolean isIdle(Receiver receiver) {
        var state = around.notices.require(receiver.id(), any -> true).state();
        return state.isWell()
                && state.answeredAt().filter(around.clock.now()::equals).isPresent();
    }

    @Test
    void anAlertOfOthersJoinsTheIncidentOfItsAppHoweverOftenItIsSent() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(bad("shop", 41, false, "It serves on."));
        Wait.eventually(() -> hook.got().size() == 1);
        var first = outside("2026-11-26T03:40:00Z");
        assertThat(around.notices.hear(List.of(new Notices.Outside(true, first))))
                .isEqualTo(1);
        assertThat(around.notices.hear(List.of(new Notices.Outside(true, first))))
                .isZero();
        assertThat(incidents()).hasSize(1);
        var over = List.of(new Notices.Outside(false, first));
        assertThat(around.notices.hear(over)).isEqualTo(1);
        assertThat(around.notices.hear(over)).isZero();
        // It is sent once more, late: it is over already.
        assertThat(around.notices.hear(List.of(new Notices.Outside(true, first))))
                .isZero();
        assertThat(story(incidents().getFirst())).contains(What.WELL);
        assertThat(hook.got()).hasSize(1);
        // One that nobody repeats or ends for a day is over.
        around.notices.hear(List.of(new Notices.Outside(true, outside("2026-11-26T04:00:00Z"))));
        around.hear(good(42));
        assertThat(incidents().getFirst().isOpen()).isTrue();
        around.clock.advance(Duration.ofHours(25));
        around.notices.look();
        assertThat(incidents().getFirst().isOpen()).isFalse();
    }

    private static Sign outside(String startsAt) {
        var words = Sign.Words.of("shop: Slow", "shop: answers take 3 s", "/shop");
        return new Sign(Kind.OUTSIDE, "outside:shop:production:c1", "shop", startsAt, words, "Slow fires no more");
    }

    @Test
    void whatBeginsMuchLaterIsAnotherIncidentThoughTheFirstLasts() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(bad("shop", 41, false, "It serves on."));
        around.clock.advance(Duration.ofHours(5));
        around.hear(crash("shop"));
        Wait.eventually(() -> hook.got().size() == 2);
        assertThat(incidents()).hasSize(2);
    }

    @Test
    void nobodyIsRemindedOfWhatSomebodyTookOnOrTheySilenced() {
        around.add(Way.WEBHOOK, hook.url("/hook"), "", Duration.ofMinutes(10));
        around.hear(bad("shop", 41, false, "It serves on."));
        minutes(11);
        Wait.eventually(() -> hook.got().size() == 2);
        var incident = incidents().getFirst();
        around.incidents.acknowledge(incident, "kim");
        minutes(30);
        around.incidents.silence(incident, Duration.ofHours(1), "the disk is\nchanged", "lee");
        around.hear(bad("shop", 42, false, "It serves on."));
        minutes(30);
        assertThat(hook.types()).containsExactly("releases.failed", "releases.reminder");
        // It lasts when the silence ends.
        minutes(31);
        Wait.eventually(() -> hook.got().size() == 3);
        assertThat(hook.types().getLast()).isEqualTo("releases.reminder");
        around.incidents.resolve(incident, "", "kim");
        minutes(1);
        Wait.eventually(() -> hook.got().size() == 4);
        assertThat(hook.types().getLast()).isEqualTo("releases.recovered");
        assertThat(around.incidents.story(incidents().getFirst(), any -> true))
                .extracting(Moment::words)
                .contains(
                        "kim takes care of it",
                        "lee silenced it for 60 minutes: the disk is changed",
                        "kim resolved it");
        assertThatThrownBy(() -> around.incidents.acknowledge(incident, "kim"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is over");
        assertThatThrownBy(() -> around.incidents.silence(incident, Duration.ofDays(31), "", "kim"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsSilencedIsNotToldToBeOver() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(bad("shop", 41, false, "It serves on."));
        Wait.eventually(() -> hook.got().size() == 1);
        around.incidents.silence(incidents().getFirst(), Duration.ofHours(1), "", "kim");
        around.hear(good(42));
        minutes(2);
        assertThat(hook.types()).containsExactly("releases.failed");
        assertThat(around.noted.getLast().phase()).isEqualTo(Phase.OVER);
    }

    @Test
    void whatComesBackAfterSomebodyEndedItIsSilentNoMore() {
        around.add(Way.WEBHOOK, hook.url("/hook"));
        around.hear(bad("shop", 41, false, "It serves on."));
        Wait.eventually(() -> hook.got().size() == 1);
        around.incidents.silence(incidents().getFirst(), Duration.ofHours(1), "", "kim");
        around.incidents.resolve(incidents().getFirst(), "", "kim");
        minutes(1);
        around.hear(crash("shop"));
        Wait.eventually(() -> hook.got().size() == 3);
        assertThat(hook.types()).containsExactly("releases.failed", "releases.recovered", "crashes.failed");
        assertThat(incidents()).hasSize(1);
    }
}
