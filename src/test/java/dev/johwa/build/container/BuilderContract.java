package dev.johwa.build.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every builder of images holds.
@Timeout(60)
abstract class BuilderContract {
    @TempDir
    Path folder;

    BuilderRig rig;
    ImageBuilder builder;

    abstract ImageBuilder builder(BuilderRig rig);

    @BeforeEach
    void make() {
        rig = new BuilderRig(folder);
        builder = builder(rig);
    }

    @Test
    void anImageIsTheEnginesAndItsStepsAreHeard() {
        var order = rig.order(
                BuilderRig.BASE
                        + "ARG WORDS\nRUN echo \"[$WORDS]\" >/made; cat /made; echo third\nCMD [\"cat\", \"/made\"]\n",
                Map.of("WORDS", "a, \"b\"=c $d\tü"),
                Duration.ofMinutes(2));

        var id = rig.build(builder, order);

        assertThat(rig.engine.images().inspect(id)).isPresent();
        assertThat(rig.engine.images().named("johwa-builders").get(id)).contains("johwa-builders:shop-1");
        assertThat(rig.lines()).contains("[a, \"b\"=c $d\tü]", "third");
        assertThat(rig.heard)
                .anyMatch(word -> word instanceof BuildWord.Step(var name, var isCached)
                        && name.contains("RUN echo")
                        && !isCached);
        assertThat(rig.heard).noneMatch(word -> word instanceof BuildWord.Ended(String _, var isFailed) && isFailed);

        assertThat(rig.build(builder, order)).isEqualTo(id);
        assertThat(rig.lines()).doesNotContain("third");
        assertThat(rig.heard)
                .anyMatch(word -> word instanceof BuildWord.Step(var name, var isCached)
                        && name.contains("RUN echo")
                        && isCached);
    }

    @Test
    void aStepThatFailsIsToldWithWhatItSaid() {
        var order = rig.order(BuilderRig.BASE + "RUN echo last words; exit 3\n");

        var problem = catchThrowableOfType(ProblemException.class, () -> rig.build(builder, order))
                .problem();

        assertThat(problem.code()).isEqualTo(ImageBuilds.FAILED);
        assertThat(problem.message()).isEqualTo("RUN echo last words; exit 3: exit 3");
        assertThat(rig.heard)
                .anyMatch(word -> word instanceof BuildWord.Ended(var step, var isFailed)
                        && isFailed
                        && rig.heard.contains(new BuildWord.Line(step, "last words")));
    }

    @Test
    void aStageThatIsWantedForItsStepsOnly() {
        var order = rig.order(BuilderRig.BASE + "FROM base AS test\nRUN echo tested\nFROM base\nRUN exit 1\n");

        rig.build(builder, order.upTo("test"));

        assertThat(rig.lines()).contains("tested");
    }

    @Test
    void cancellingEndsTheStepThatRuns() {
        var order = rig.order(BuilderRig.BASE + "RUN echo begun; sleep 100; echo over\n");
        var cancel = new Cancel();

        assertThatThrownBy(() -> rig.build(
                        builder,
                        order,
                        word -> {
                            if (word instanceof BuildWord.Line(String _, var text) && text.equals("begun")) {
                                cancel.cancel("no longer wanted");
                            }
                        },
                        cancel))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no longer wanted");

        assertThat(rig.lines()).doesNotContain("over");
    }

    @Test
    void whatTakesLongerThanItMayEnds() {
        var order = rig.order(BuilderRig.BASE + "RUN sleep 100\n", Map.of(), Duration.ofMillis(500));

        var problem = catchThrowableOfType(ProblemException.class, () -> rig.build(builder, order))
                .problem();

        assertThat(problem.code()).isEqualTo(ImageBuilds.LATE);
    }
}
