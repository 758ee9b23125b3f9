package dev.johwa.serve.target;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.detect.ContainerRun;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every target does, with an app that obeys the values of [dev.johwa.serve.target.dummy.DummyTarget].
public abstract class TargetContract {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofSeconds(5);

    private final List<Instance> started = new ArrayList<>();
    private final HttpCalls calls = new HttpCalls(URI.create("http://127.0.0.1"));
    private final Probe probe = new Probe();
    private int count;

    protected abstract Target target();

    /// The target as a later control plane makes it.
    protected abstract Target again();

    /// An artifact with the app.
    protected abstract Digest artifact();

    protected abstract List<String> command();

    @AfterEach
    void stopAll() {
        started.forEach(instance -> target().stop(instance, Duration.ZERO));
        calls.close();
    }

    protected InstanceSpec spec(Map<String, String> values) {
        return new InstanceSpec(
                "shop-1-web-" + ++count,
                "shop",
                "production",
                1,
                "web",
                artifact(),
                "",
                command(),
                new HashMap<>(values),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                target().name(),
                ContainerRun.NONE);
    }

    protected Instance start(InstanceSpec spec) {
        var instance = target().start(spec);
        started.add(instance);
        return instance;
    }

    private Instance start(String... values) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < values.length; i += 2) {
            map.put(values[i], values[i + 1]);
        }
        return start(spec(map));
    }

    protected String address(Instance instance) {
        eventually(() -> target().observe(instance).address().isPresent());
        return target().observe(instance).address().orElseThrow();
    }

    protected int ask(Instance instance) {
        var uri = URI.create("http://" + address(instance) + "/");
        return calls.send(new HttpCalls.Call("GET", uri, Map.of(), new byte[0], PROBE))
                .status();
    }

    @Test
    void aStartedInstanceAnswersAtItsAddress() {
        var instance = start();
        assertThat(ask(instance)).isEqualTo(200);
        assertThat(target().observe(instance).isAlive()).isTrue();
        assertThat(instance.target()).isEqualTo(target().name());
    }

    @Test
    void whatOneThatLivesUsesIsKnown() {
        var instance = start();
        address(instance);
        assertThat(target().usage(instance).orElseThrow().memoryBytes()).isGreaterThan(1 << 20);
        eventually(() -> target().usage(instance).orElseThrow().cpu().isPositive());
        if (!target().name().equals("dummy")) {
            assertThat(target().usage(instance).orElseThrow().sockets().orElseThrow())
                    .isPositive();
            assertThat(target().size(instance)).isPresent();
        }
        target().stop(instance, Duration.ZERO);
        assertThat(target().usage(instance)).isEmpty();
    }

    @Test
    void twoInstancesHaveTheirOwnAddresses() {
        var one = start();
        var other = start("DUMMY_STATUS", "404");
        assertThat(address(one)).isNotEqualTo(address(other));
        assertThat(ask(one)).isEqualTo(200);
        assertThat(ask(other)).isEqualTo(404);
    }

    @Test
    void oneThatEndsAtOnceTellsHow() {
        var instance = start("DUMMY_EXIT", "3", "DUMMY_PRINT", "one\ntwo\nno database");
        eventually(() -> !target().observe(instance).isAlive());
        assertThat(target().observe(instance).exit()).contains(new Exit.Status(3));
        assertThat(target().lastWords(instance, 2)).containsExactly("two", "no database");
    }

    @Test
    void oneThatNeverListensHasNoAddress() {
        var instance = start("DUMMY_LISTEN_AFTER", "never", "DUMMY_PRINT", "up");
        eventually(() -> target().lastWords(instance, 1).equals(List.of("up")));
        var seen = target().observe(instance);
        assertThat(seen.isAlive()).isTrue();
        assertThat(seen.address()).isEmpty();
    }

    @Test
    void oneThatListensLateIsFoundThen() {
        var instance = start("DUMMY_LISTEN_AFTER", "400");
        assertThat(target().observe(instance).address()).isEmpty();
        assertThat(ask(instance)).isEqualTo(200);
    }

    @Test
    void aLaterControlPlaneFindsIt() {
        var instance = start();
        var address = address(instance);
        var later = again();
        assertThat(later.find()).containsExactly(instance);
        assertThat(later.observe(instance).address()).contains(address);
        later.stop(instance, LONG);
        assertThat(later.observe(instance).isAlive()).isFalse();
    }

    @Test
    void aStoppedOneNoLongerAnswers() {
        var instance = start();
        var address = address(instance);
        target().stop(instance, LONG);
        assertThat(target().observe(instance).exit()).contains(new Exit.Signal(15));
        assertThat(probe.connects(address, PROBE)).isFalse();
        target().stop(instance, LONG);
    }

    @Test
    void aRemovedOneIsForgotten() {
        var instance = start();
        target().stop(instance, LONG);
        assertThat(target().find()).containsExactly(instance);
        target().remove(instance);
        assertThat(target().find()).isEmpty();
        assertThat(again().find()).isEmpty();
        assertThat(target().observe(instance).exit()).contains(new Exit.Lost());
    }

    @Test
    void aCommandRunsToItsEnd() {
        var lines = new ArrayList<String>();
        var spec = spec(Map.of("DUMMY_EXIT", "4", "DUMMY_PRINT", "migrating"));
        var exit = target().run(spec, (channel, line) -> lines.add(line), LONG, new Cancel());
        assertThat(exit).isEqualTo(new Exit.Status(4));
        assertThat(lines).containsExactly("migrating");
        assertThat(target().find()).isEmpty();
    }

    @Test
    void aCommandThatTakesTooLongIsEnded() {
        var limit = Duration.ofMillis(300);
        var exit = target().run(spec(Map.of("DUMMY_TAKES", "60000")), Output.nothing(), limit, new Cancel());
        assertThat(exit).isEqualTo(new Exit.TimedOut(limit));
    }

    @Test
    void aCommandIsCancelled() {
        var cancel = new Cancel();
        var exit = CompletableFuture.supplyAsync(
                () -> target().run(spec(Map.of("DUMMY_TAKES", "60000")), Output.nothing(), LONG, cancel));
        cancel.cancel("a newer push");
        assertThat(exit.join()).isEqualTo(new Exit.Cancelled("a newer push"));
    }
}
