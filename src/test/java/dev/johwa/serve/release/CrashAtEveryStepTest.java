package dev.johwa.serve.release;

import static dev.johwa.serve.release.ReleaseRig.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.Passed;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Target;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The control plane ends before each thing that it does to the world or asks of it, one after another; the
/// next one makes what is live what should be, and nothing half-made is left.
class CrashAtEveryStepTest {
    private static final int MOST_STEPS = 400;

    @TempDir
    Path folder;

    private ReleaseRig rig;
    /// What must be live of a changed value.
    private Optional<String> wanted = Optional.empty();

    /// The end of the control plane: no handler catches it, and nothing reaches the world afterwards.
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1;
    }

    private record Fuse(AtomicInteger left) {
        /// Lets one more through, or ends everything.
        void burn() {
            if (left.decrementAndGet() < 0) {
                throw new Ended();
            }
        }

        <T> T around(Class<T> port, T real) {
            return port.cast(Proxy.newProxyInstance(
                    port.getClassLoader(), new Class<?>[] {port}, (self, method, words) -> {
                        burn();
                        try {
                            return method.invoke(real, words);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }

    @Test
    void aPush() throws IOException {
        atEveryStep(releases -> releases.release(passed("new"), line -> {}, new Cancel()));
    }

    @Test
    void aPushThatFails() throws IOException {
        atEveryStep(releases -> releases.release(passed("sick"), line -> {}, new Cancel()));
    }

    @Test
    void aWayBack() throws IOException {
        atEveryStep(releases -> releases.rollBack(SHOP, OptionalInt.empty(), false, "me", line -> {}));
    }

    @Test
    void aScalingUp() throws IOException {
        atEveryStep(releases -> releases.scale(SHOP, Map.of("web", 3), line -> {}));
    }

    @Test
    void aScalingDown() throws IOException {
        atEveryStep(releases -> releases.scale(SHOP, Map.of("web", 0), line -> {}));
    }

    @Test
    void aScalingDownThatLeavesOne() throws IOException {
        atEveryStep(
                releases -> releases.scale(SHOP, Map.of("web", 3), line -> {}),
                releases -> releases.scale(SHOP, Map.of("web", 1), line -> {}));
    }

    @Test
    void aRestart() throws IOException {
        atEveryStep(releases -> releases.restarts().restart(SHOP, Optional.empty(), "me", line -> {}));
    }

    @Test
    void changedSettings() throws IOException {
        var scope = new Values.Scope(SHOP.project(), SHOP.app(), SHOP.environment());
        atEveryStep(releases -> {
            var word = "changed " + rig.clock.now();
            releases.settings().change(SHOP, "me", () -> rig.values.set(scope, Map.of("WORD", word)));
            wanted = Optional.of(word);
            releases.settings().apply(SHOP, "me", line -> {});
        });
    }

    @Test
    void aCanaryThatIsTakenOn() throws IOException {
        atEveryStep(this::bringCanary, releases -> releases.canaries().promote(SHOP, false, line -> {}));
    }

    @Test
    void aCanaryThatIsTakenBack() throws IOException {
        atEveryStep(
                this::bringCanary, releases -> releases.rollBack(SHOP, OptionalInt.empty(), false, "me", line -> {}));
    }

    private void bringCanary(Releases releases) {
        says("rollout: [50%]\n");
        releases.release(passed("canary"), line -> {}, new Cancel());
        says("instances: 1\n");
    }

    private void says(String file) {
        try {
            rig.says(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void atEveryStep(Consumer<Releases> work) throws IOException {
        atEveryStep(releases -> {}, work);
    }

    /// @param before what is done each time, and not cut off
    private void atEveryStep(Consumer<Releases> before, Consumer<Releases> work) throws IOException {
        try (var made = new ReleaseRig(folder)) {
            rig = made;
            rig.releases().release(passed("first"), line -> {}, new Cancel());
            rig.releases().release(passed("second"), line -> {}, new Cancel());
            int steps = 0;
            before.accept(rig.releases());
            while (endsAfter(steps, work)) {
                assertThat(++steps).isLessThan(MOST_STEPS);
                before.accept(rig.releases());
            }
            assertThat(steps).isGreaterThan(4);
        }
    }

    private Passed passed(String kind) {
        return rig.passed(Map.of("DUMMY_STATUS", kind.equals("sick") ? "500" : "200", "KIND", kind));
    }

    /// @return false when there was nothing left to end
    private boolean endsAfter(int steps, Consumer<Releases> work) {
        var fuse = new Fuse(new AtomicInteger(steps));
        boolean ended = ends(
                work,
                rig.releases(
                        fuse.around(Target.class, rig.target),
                        fuse.around(Edge.class, rig.edge),
                        fuse.around(Clock.class, rig.clock)));
        try {
            var next = rig.releases();
            next.recover();
            // What supervising begins with.
            next.reroute();
            next.settings().resume();
            // One that goes on as it was.
            for (var left : next.canaries().list()) {
                next.canaries().takeBack(SHOP, left.canary().release(), "it is left");
            }
            requireConsistent(next);
            wanted.ifPresent(word ->
                    assertThat(next.requireLive(SHOP).settings().values()).containsEntry("WORD", word));
            rig.clock.advance(ReleaseRig.WARM.plus(Duration.ofMinutes(1)));
            next.superviseOnce();
            next.superviseOnce();
            requireOnlyWhatServes(next);
            next.scale(SHOP, Map.of("web", 1), line -> {});
            assertThat(next.release(passed("third"), line -> {}, new Cancel()).live())
                    .isTrue();
            requireConsistent(next);
        } catch (AssertionError e) {
            throw new AssertionError("ended after " + steps + " steps: " + e.getMessage(), e);
        }
        return ended;
    }

    private static boolean ends(Consumer<Releases> work, Releases doomed) {
        try {
            work.accept(doomed);
            return false;
        } catch (Ended e) {
            return true;
        } catch (CompletionException e) {
            return true;
        }
    }

    private void requireConsistent(Releases releases) {
        var current = releases.current(SHOP).orElseThrow();
        assertThat(releases.list(SHOP))
                .filteredOn(release -> release.state() == Release.State.LIVE)
                .containsExactly(current);
        assertThat(releases.list(SHOP)).extracting(Release::state).doesNotContain(Release.State.DEPLOYING);
        assertThat(current.settings().values().getOrDefault("KIND", "")).isNotEqualTo("sick");
        assertThat(rig.facts.all(DeploymentFinished.class))
                .extracting(DeploymentFinished::release)
                .contains(current.number());
    }

    private void requireOnlyWhatServes(Releases releases) {
        assertThat(rig.edge.routedWhileDrained).isEmpty();
        int current = releases.current(SHOP).orElseThrow().number();
        var running = rig.target.find();
        assertThat(running).extracting(Instance::release).allMatch(release -> release == current);
        var routes = rig.edge.table().routes();
        assertThat(routes).singleElement().satisfies(route -> {
            assertThat(route.release()).isEqualTo(current);
            if (route.backend() instanceof Instances instances) {
                assertThat(instances.endpoints())
                        .extracting(Endpoint::instance)
                        .containsExactlyInAnyOrderElementsOf(
                                running.stream().map(Instance::id).toList());
            } else {
                assertThat(running).isEmpty();
            }
        });
    }
}
