package dev.johwa.build.pipeline;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.RunPlaces.Asked;
import dev.johwa.build.pipeline.RunPlaces.Place;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Cancel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunPlacesTest {
    private final AtomicReference<String> lack = new AtomicReference<>("");
    private final RunPlaces places =
            new RunPlaces(new SystemClock(), 2, going -> Optional.of(lack.get()).filter(text -> !text.isEmpty()));

    /// Somebody who asks for a place, in a thread of its own.
    private final class Run {
        private final Cancel cancel = new Cancel();
        private final List<String> told = Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<Optional<Place>> place;

        Run(String project, Duration typical) {
            var asked = new Asked(project, Optional.of(typical), Duration.ZERO);
            this.place = CompletableFuture.supplyAsync(
                    () -> places.take(asked, told::add, cancel), Thread::startVirtualThread);
        }

        boolean isWaiting() {
            return !told.isEmpty() && !place.isDone();
        }

        Place got() throws Exception {
            return place.get(60, TimeUnit.SECONDS).orElseThrow();
        }
    }

    private Run waiting(String project) {
        var run = new Run(project, Duration.ofSeconds(20));
        eventually(run::isWaiting);
        return run;
    }

    private Run begun(String project) throws Exception {
        var run = new Run(project, Duration.ofSeconds(20));
        run.got();
        return run;
    }

    @Test
    void theProjectWithTheFewestRunsIsNextAndNoneWaitsForAllOfAnother() throws Exception {
        var one = begun("a");
        var two = begun("a");
        var third = waiting("a");
        var fourth = waiting("a");
        var other = waiting("b");

        assertThat(third.told.getFirst()).isEqualTo("  waiting   next in line, about 20 s");
        assertThat(fourth.told.getFirst()).startsWith("  waiting   2nd in line, about 20 s");
        assertThat(other.told.getFirst()).startsWith("  waiting   next in line");
        one.got().close();
        one.got().close();
        other.got();
        assertThat(third.isWaiting())
                .as("a place that is given back twice is one place")
                .isTrue();
        two.got().close();
        third.got();
        assertThat(fourth.isWaiting()).isTrue();
        eventually(() -> fourth.told.getLast().startsWith("  waiting   next in line"));
        other.got().close();
        fourth.got();
    }

    @Test
    void whoIsCancelledGoesAtOnceAndTakesNoPlace() throws Exception {
        var one = begun("a");
        begun("b");
        var tired = waiting("c");
        var patient = waiting("d");

        tired.cancel.cancel("superseded by run 9");
        assertThat(tired.place.get(60, TimeUnit.SECONDS)).isEmpty();
        one.got().close();
        patient.got();
    }

    @Test
    void withoutRoomAllWaitAndGoOnByThemselves() throws Exception {
        lack.set("for room on the disk");
        var run = waiting("a");
        assertThat(run.told).containsExactly("  waiting   for room on the disk");
        lack.set("");
        run.got();
    }

    @Test
    void aHundredPushesOverTenProjectsStarveNone() {
        var shares = new Shares();
        var left = new ArrayList<Integer>();
        // All of a project first, as a busy script pushes them.
        IntStream.range(0, 100).forEach(i -> left.add(i / 10));
        var going = new LinkedBlockingQueue<Integer>();
        var order = new ArrayList<Integer>();
        while (!left.isEmpty()) {
            if (going.size() == 2) {
                shares.ended("p" + going.remove());
            }
            int next = shares.next(left, each -> "p" + each).orElseThrow();
            left.remove((Integer) next);
            shares.began("p" + next);
            going.add(next);
            order.add(next);
        }
        for (int round = 0; round < 10; round++) {
            assertThat(order.subList(10 * round, 10 * round + 10))
                    .as("round %s", round)
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void whatIsToldIsHowLongEarlierRunsTook() {
        var going = List.of(
                new Forecast.Going("a", Duration.ofSeconds(20), Optional.of(Duration.ofSeconds(30))),
                new Forecast.Going("b", Duration.ofSeconds(5), Optional.empty()));
        var waiting = IntStream.range(0, 12)
                .mapToObj(i -> new Forecast.Waiting(i, "c", Optional.of(Duration.ofSeconds(30))))
                .toList();
        var standings = Forecast.of(2, new Shares(), going, waiting);

        assertThat(standings.get(0).text()).isEqualTo("next in line, about 10 s");
        assertThat(standings.get(1).text()).isEqualTo("2nd in line, about 25 s");
        assertThat(standings.get(2).text()).isEqualTo("3rd in line, about 40 s");
        assertThat(standings.get(10).text()).isEqualTo("11th in line, about 3 min");
        assertThat(Forecast.of(1, new Shares(), List.of(), List.of(new Forecast.Waiting(1, "a", Optional.empty())))
                        .get(1)
                        .text())
                .isEqualTo("next in line");
    }

    @Test
    void aThirdPushWithinSecondsWaitsForAFourth() {
        var clock = new FakeClock(Instant.EPOCH);
        var bursts = new Bursts(clock);
        assertThat(bursts.pushed("shop main", true)).isZero();
        assertThat(bursts.pushed("shop main", false)).isZero();
        assertThat(bursts.pushed("shop other", true)).isZero();
        assertThat(bursts.pushed("shop main", false)).isEqualTo(Bursts.QUIET);
        clock.advance(Duration.ofSeconds(6));
        assertThat(bursts.pushed("shop main", false)).isZero();
    }

    @Test
    void whoWaitsForEachPushToBeLiveWaitsForNothingElse() {
        var bursts = new Bursts(new FakeClock(Instant.EPOCH));
        for (int i = 0; i < 7; i++) {
            assertThat(bursts.pushed("shop main", true)).isZero();
        }
    }
}
