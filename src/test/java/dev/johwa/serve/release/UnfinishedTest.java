package dev.johwa.serve.release;

import static dev.johwa.serve.release.ReleaseRig.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.router.Edge;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedTest {
    @TempDir
    Path folder;

    @Test
    void whatCouldNotEndIsEndedAsSoonAsItCan() throws IOException {
        try (var rig = new ReleaseRig(folder)) {
            rig.releases().release(rig.passed(Map.of("KIND", "first")), line -> {}, new Cancel());
            var gone = new AtomicBoolean(true);
            var releases = rig.releases(rig.target, goneWhile(gone, rig.edge), rig.clock);
            assertThatThrownBy(() -> releases.release(rig.passed(Map.of("KIND", "next")), line -> {}, new Cancel()))
                    .hasMessageContaining("the edge is gone");
            assertThat(releases.list(SHOP)).extracting(Release::state).contains(Release.State.DEPLOYING);
            // Nothing can be done yet, and nothing else suffers.
            releases.superviseOnce();

            gone.set(false);
            releases.superviseOnce();

            assertThat(releases.list(SHOP)).extracting(Release::state).doesNotContain(Release.State.DEPLOYING);
            assertThat(releases.requireLive(SHOP).number()).isEqualTo(1);
            assertThat(rig.edge.table().routes())
                    .singleElement()
                    .satisfies(route -> assertThat(route.release()).isEqualTo(1));
            assertThat(rig.facts.all(DeploymentFinished.class))
                    .last()
                    .satisfies(fact -> assertThat(fact.outcome()).isEqualTo("failed"));
            assertThat(releases.release(rig.passed(Map.of("KIND", "third")), line -> {}, new Cancel())
                            .live())
                    .isTrue();
        }
    }

    /// Seen under fire: a database that somebody held for long, and an instance of which nobody knew afterwards.
    @Test
    void anInstanceThatCannotBeWrittenDownDoesNotLiveOn() throws IOException {
        try (var rig = new ReleaseRig(folder)) {
            rig.releases().release(rig.passed(Map.of("KIND", "first")), line -> {}, new Cancel());
            var before = rig.target.find();
            rig.database.write(handle -> handle.execute("create trigger held before insert on instances begin"
                    + " select raise(abort, 'another program holds it'); end"));

            var outcome = rig.releases().release(rig.passed(Map.of("KIND", "next")), line -> {}, new Cancel());

            assertThat(outcome.live()).isFalse();
            assertThat(rig.target.find()).containsExactlyElementsOf(before);
        }
    }

    private static Edge goneWhile(AtomicBoolean gone, Edge real) {
        return (Edge) Proxy.newProxyInstance(
                Edge.class.getClassLoader(), new Class<?>[] {Edge.class}, (self, method, words) -> {
                    if (gone.get() && method.getName().equals("apply")) {
                        throw Problem.resource("edge.gone", "the edge is gone").exception();
                    }
                    try {
                        return method.invoke(real, words);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
