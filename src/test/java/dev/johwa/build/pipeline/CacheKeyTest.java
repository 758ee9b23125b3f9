package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.stack.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CacheKeyTest {
    private static final String PLAIN = recipe(_ -> {});

    @Test
    void theSamePlanIsTheSameRecipe() {
        assertThat(recipe(_ -> {})).isEqualTo(PLAIN);
        assertThat(recipe(draft -> draft.evidence.clear())).isEqualTo(PLAIN);
    }

    /// A newer version of the program may see more in the same files.
    @Test
    void whateverDecidesTheArtifactIsPartOfIt() {
        assertThat(List.of(
                        recipe(draft -> draft.build.add(List.of("npm", "run", "docs"))),
                        recipe(draft -> draft.publish = Optional.of(new Publish("public", false))),
                        recipe(draft -> draft.layers.add("node_modules")),
                        recipe(draft -> draft.leftovers.add("coverage")),
                        recipe(draft -> draft.version = Optional.of("22"))))
                .doesNotHaveDuplicates()
                .doesNotContain(PLAIN);
    }

    private static String recipe(Consumer<Draft> change) {
        var draft = new Draft("node", "javascript").because("package.json", "names it");
        draft.build.add(List.of("npm", "run", "build"));
        change.accept(draft);
        var detection = draft.done();
        var wanted = new Configs.Wanted("shop", "shop", "production", "main");
        var settings = new Configs(ServerSpec.none())
                .resolve(wanted, Configs.parse("johwa.yaml", ""), detection, Map.of())
                .settings();
        var run = new Run(
                "shop",
                1,
                "refs/heads/main",
                "0".repeat(40),
                "one",
                Optional.of("production"),
                "owner",
                Run.State.QUEUED,
                "",
                List.of(),
                1,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                List.of());
        return CacheKey.recipe(new Job(run, "shop", "production", ".", detection, settings, Map.of(), Set.of()));
    }
}
