package dev.johwa.serve.schedule;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.AwayTarget;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.schedule.JobRun.State;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.dummy.DummyTarget;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Jobs on a clock that stands still and a pretended target: what is due, what is left out, and what a control plane
/// that ended leaves to the next.
@ParameterizedClass
@EnumSource(Kept.class)
class SchedulesTest {
    @Parameter
    Kept kept;

    private static final JobName HOURLY = new JobName(ReleaseRig.SHOP, "hourly");
    private static final String FILE = "schedule: {hourly: {cron: '0 * * * *', run: clean, limit: 90m%s}}";

    @TempDir
    Path folder;

    private ReleaseRig rig;
    private Releases releases;
    private Schedules schedules;

    @BeforeEach
    void open() throws Exception {
        rig = new ReleaseRig(folder, kept);
        releases = rig.releases();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Schedules schedules() {
        var next = new Schedules(new SchedulePorts(rig.database, rig.facts, rig.clock, rig.tasks, releases));
        next.recover();
        return next;
    }

    /// @param more of the job
    private void live(String more, Map<String, String> behaviour) throws Exception {
        goLive(FILE.formatted(more), behaviour);
    }

    private void goLive(String file, Map<String, String> behaviour) throws Exception {
        rig.says(file);
        releases.release(rig.passed(behaviour), line -> {}, new dev.johwa.lib.task.Cancel());
        schedules = schedules();
        schedules.round();
    }

    private void pass(Duration time) {
        rig.clock.advance(time);
        schedules.round();
    }

    private List<State> states() {
        return schedules.runs(HOURLY).stream().map(JobRun::state).toList();
    }

    /// Rounds until it is so.
    private void until(State newest) {
        eventually(() -> {
            schedules.round();
            return states().getFirst() == newest;
        });
    }

    private List<Instance> jobs() {
        return releases.errands().found();
    }

    private void ends(int status) {
        var newest = schedules.runs(HOURLY).getFirst().instance();
        ((DummyTarget) rig.target).crash(newest, status);
    }

    @Test
    void itRunsAtItsTimesAndTellsOnceThatItFailedAndThatItIsWell() throws Exception {
        live("", Map.of());
        pass(Duration.ofMinutes(59));
        assertThat(schedules.runs(HOURLY)).isEmpty();
        var left = Duration.ofMinutes(1);
        for (int status : List.of(0, 3, 4, 0)) {
            pass(left);
            left = Duration.ofHours(1);
            until(State.RUNNING);
            ends(status);
            until(status == 0 ? State.DONE : State.FAILED);
        }
        assertThat(schedules.runs(HOURLY))
                .extracting(run -> run.plannedAt() + " " + run.exit() + " " + run.by())
                .containsExactly(
                        "2026-01-01T04:00:00Z exit 0 schedule",
                        "2026-01-01T03:00:00Z exit 4 schedule",
                        "2026-01-01T02:00:00Z exit 3 schedule",
                        "2026-01-01T01:00:00Z exit 0 schedule");
        assertThat(rig.facts.all(JobFailed.class))
                .containsExactly(new JobFailed("shop", "shop", "production", "hourly", 2, "exit 3"));
        assertThat(rig.facts.all(JobRecovered.class))
                .containsExactly(new JobRecovered("shop", "shop", "production", "hourly", 4));
        eventually(() -> jobs().isEmpty());
    }

    @Test
    void theNextTimesAreShown() throws Exception {
        live("", Map.of());
        var status = schedules.list(where -> true).getFirst();
        assertThat(status.next())
                .hasSize(3)
                .startsWith(Instant.parse("2026-01-01T01:00:00Z"), Instant.parse("2026-01-01T02:00:00Z"));
        assertThat(status.running()).isEmpty();
        assertThat(status.last()).isEmpty();
    }

    @Test
    void whatStillGoesOnIsNotStartedASecondTimeAndAllTimesAreTold() throws Exception {
        live("", Map.of());
        pass(Duration.ofHours(1));
        until(State.RUNNING);
        pass(Duration.ofHours(1));
        assertThat(states()).containsExactly(State.SKIPPED, State.RUNNING);
        assertThatThrownBy(() -> schedules.run(HOURLY, "me"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("still goes on");
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void thatItIsSkippedAgainAndAgainIsToldOnceUntilItRunsAgain() throws Exception {
        goLive("schedule: {hourly: {cron: '0 * * * *', run: clean}}", Map.of());
        for (int round = 0; round < 2; round++) {
            pass(Duration.ofHours(1));
            until(State.RUNNING);
            pass(Duration.ofHours(1));
            pass(Duration.ofHours(1));
            assertThat(rig.facts.all(JobSkipped.class)).hasSize(round);
            schedules = schedules();
            pass(Duration.ofHours(1));
            pass(Duration.ofHours(1));
            assertThat(rig.facts.all(JobSkipped.class)).hasSize(round + 1);
            assertThat(schedules.figures().getFirst().skipped()).isEqualTo(4);
            assertThat(rig.facts.all(JobResumed.class)).hasSize(round);
            ((DummyTarget) rig.target).crash(jobs().getFirst(), 0);
            eventually(() -> {
                schedules.round();
                return jobs().isEmpty();
            });
        }
        assertThat(rig.facts.all(JobSkipped.class))
                .containsExactly(
                        new JobSkipped("shop", "shop", "production", "hourly", 3, 1),
                        new JobSkipped("shop", "shop", "production", "hourly", 3, 3));
        schedules.run(HOURLY, "ann");
        assertThat(rig.facts.all(JobResumed.class))
                .containsExactly(
                        new JobResumed("shop", "shop", "production", "hourly", 3),
                        new JobResumed("shop", "shop", "production", "hourly", 5));
        assertThat(schedules.figures().getFirst().skipped()).isZero();
        until(State.RUNNING);
    }

    @Test
    void severalRunBesideEachOtherWhereThatIsSaid() throws Exception {
        live(", overlap: true", Map.of());
        pass(Duration.ofHours(1));
        until(State.RUNNING);
        pass(Duration.ofHours(1));
        eventually(() -> jobs().size() == 2);
        eventually(() -> states().equals(List.of(State.RUNNING, State.RUNNING)));
    }

    @Test
    void whatTakesTooLongIsEnded() throws Exception {
        live("", Map.of());
        pass(Duration.ofHours(1));
        until(State.RUNNING);
        pass(Duration.ofMinutes(91));
        eventually(() -> states().getLast() == State.FAILED);
        assertThat(schedules.runs(HOURLY).getLast().exit()).isEqualTo("stopped after 90 min");
        eventually(() -> jobs().isEmpty());
    }

    /// What is due by the new time runs beside.
    @ParameterizedTest
    @ValueSource(longs = {3, -3})
    void itHasAsMuchTimeHoweverTheClockIsPut(long hours) throws Exception {
        live(", overlap: true", Map.of());
        pass(Duration.ofHours(1));
        until(State.RUNNING);
        var first = jobs().getFirst();
        rig.clock.set(rig.clock.now().plus(Duration.ofHours(hours)));
        pass(Duration.ofMinutes(89));
        assertThat(jobs()).contains(first);
        assertThat(rig.facts.all(JobFailed.class)).isEmpty();

        pass(Duration.ofMinutes(2));
        eventually(() -> {
            schedules.round();
            return !jobs().contains(first);
        });
        assertThat(rig.facts.all(JobFailed.class)).extracting(JobFailed::run).containsExactly(1);
    }

    @Test
    void afterARestartTheTimeGoesOn() throws Exception {
        live("", Map.of());
        pass(Duration.ofHours(1));
        until(State.RUNNING);
        rig.clock.advance(Duration.ofMinutes(80));
        schedules = schedules();
        pass(Duration.ofMinutes(9));
        assertThat(states()).contains(State.RUNNING);
        pass(Duration.ofMinutes(2));
        eventually(() -> states().getLast() == State.FAILED);
    }

    @Test
    void timesAtWhichNobodyWasThereAreToldAndNotMadeUpFor() throws Exception {
        live("", Map.of("DUMMY_JOB_EXIT", "0"));
        rig.clock.advance(Duration.ofMinutes(5 * 60 + 30));
        schedules = schedules();
        schedules.round();
        assertThat(schedules.runs(HOURLY)).singleElement().satisfies(missed -> {
            assertThat(missed.state()).isEqualTo(State.MISSED);
            assertThat(missed.times()).isEqualTo(5);
        });
        assertThat(rig.facts.all(JobMissed.class))
                .containsExactly(new JobMissed("shop", "shop", "production", "hourly", 5, false));
        var found = rig.clock.now();
        pass(Duration.ofMinutes(30));
        until(State.DONE);
        assertThat(schedules.figures())
                .containsExactly(new JobFigures(
                        HOURLY,
                        Optional.of(Instant.parse("2026-01-01T07:00:00Z")),
                        Optional.of(rig.clock.now()),
                        Optional.of(found),
                        0));
    }

    @Test
    void thatItWasMissedAgainIsOfTheMomentInWhichThatWasFound() throws Exception {
        live("", Map.of());
        for (int i = 0; i < 2; i++) {
            rig.clock.advance(Duration.ofMinutes(70 - i * 10));
            schedules = schedules();
            schedules.round();
        }
        assertThat(rig.facts.all(JobMissed.class)).hasSize(2);
        assertThat(schedules.figures().getFirst().missedAt()).hasValue(rig.clock.now());
    }

    @Test
    void oneRunsLateWhereThatIsSaid() throws Exception {
        live(", late: true", Map.of("DUMMY_JOB_EXIT", "0"));
        rig.clock.advance(Duration.ofMinutes(5 * 60 + 30));
        schedules = schedules();
        schedules.round();
        until(State.DONE);
        assertThat(states()).containsExactly(State.DONE, State.MISSED);
        assertThat(schedules.runs(HOURLY).getLast().times()).isEqualTo(4);
    }

    @Test
    void aShortStopAroundItsTimeLosesNothing() throws Exception {
        live("", Map.of("DUMMY_JOB_EXIT", "0"));
        rig.clock.advance(Duration.ofMinutes(62));
        schedules = schedules();
        schedules.round();
        until(State.DONE);
        schedules = schedules();
        pass(Duration.ofMinutes(1));
        assertThat(states()).containsExactly(State.DONE);
    }

    @Test
    void aRunOutlivesTheControlPlaneAndIsFoundAgain() throws Exception {
        live("", Map.of());
        pass(Duration.ofHours(1));
        until(State.RUNNING);
        schedules = schedules();
        pass(Duration.ofMinutes(1));
        assertThat(states()).containsExactly(State.RUNNING);
        ends(7);
        until(State.FAILED);
        assertThat(schedules.runs(HOURLY).getFirst().exit()).isEqualTo("exit 7");
    }

    /// The control plane ends after each step of a start.
    @Test
    void whatWasWrittenDownAndNotStartedStartsOnceAndWhatStartedUnwrittenIsTakenUp() throws Exception {
        live("", Map.of());
        var release = releases.requireLive(ReleaseRig.SHOP);
        for (boolean started : List.of(false, true)) {
            var id = releases.errands().name(release, "hourly");
            var written = List.of(starting(id, release.number()));
            rig.database.write(handle -> JobStore.add(handle, HOURLY, Optional.empty(), written));
            if (started) {
                releases.errands().begin(release, "hourly", id);
            }
            schedules = schedules();
            until(State.RUNNING);
            assertThat(jobs()).extracting(Instance::id).containsExactly(id);
            ends(0);
            until(State.DONE);
            eventually(() -> jobs().isEmpty());
        }
        assertThat(states()).hasSize(2);
    }

    private JobRun starting(String id, int release) {
        var now = rig.clock.now();
        return new JobRun(
                HOURLY, 0, id, "", release, now, Optional.empty(), Optional.empty(), State.STARTING, "", "schedule", 1);
    }

    @Test
    void whatIsGoneIsOverAndWhatNobodyKnowsIsEnded() throws Exception {
        live("", Map.of());
        pass(Duration.ofHours(1));
        until(State.RUNNING);
        rig.target.remove(jobs().getFirst());
        var release = releases.requireLive(ReleaseRig.SHOP);
        releases.errands().begin(release, "hourly", "unknown");
        schedules = schedules();
        assertThat(schedules.runs(HOURLY).getFirst().exit()).isEqualTo("ended unseen");
        assertThat(jobs()).isEmpty();
    }

    @Test
    void whatNobodyKnowsIsEndedLaterWhereTheEngineIsAway() throws Exception {
        live("", Map.of());
        var engine = new AwayTarget(rig.target);
        releases.errands().begin(releases.requireLive(ReleaseRig.SHOP), "hourly", "unknown");
        releases = rig.releases(engine.target);
        engine.away.set(true);
        schedules = schedules();
        schedules.round();
        assertThat(jobs()).hasSize(1);

        engine.away.set(false);
        pass(Duration.ofSeconds(6));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aJobIsRunAndEndedByPeople() throws Exception {
        live(", enabled: false", Map.of());
        pass(Duration.ofHours(3));
        assertThat(schedules.runs(HOURLY)).isEmpty();
        assertThat(schedules.list(where -> true).getFirst().next()).isEmpty();
        var started = schedules.run(HOURLY, "ann");
        until(State.RUNNING);
        assertThat(schedules.stop(HOURLY, "ben")).isEqualTo(1);
        assertThat(started.ended().join().exit()).isEqualTo("stopped by ben");
        assertThat(states()).containsExactly(State.STOPPED);
        assertThat(rig.facts.all(JobFailed.class)).isEmpty();
        assertThatThrownBy(() -> schedules.run(new JobName(ReleaseRig.SHOP, "hourli"), "ann"))
                .isInstanceOf(ProblemException.class)
                .satisfies(
                        e -> assertThat(((ProblemException) e).problem().text()).contains("did you mean 'hourly'?"));
    }

    @Test
    void aChangedLineBeginsAnewAndJobsGoWithTheirApp() throws Exception {
        live("", Map.of());
        pass(Duration.ofMinutes(30));
        rig.says("schedule: {hourly: {cron: '15 * * * *', run: clean}}");
        releases.release(rig.passed(Map.of()), line -> {}, new dev.johwa.lib.task.Cancel());
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(43));
        assertThat(schedules.runs(HOURLY)).isEmpty();
        pass(Duration.ofMinutes(1));
        until(State.RUNNING);
        releases.remove(ReleaseRig.SHOP, line -> {});
        assertThat(jobs()).isEmpty();
        schedules.round();
        assertThat(new JobStore(rig.database).list(HOURLY)).isEmpty();
        assertThat(new JobStore(rig.database).open()).isEmpty();
    }
}
