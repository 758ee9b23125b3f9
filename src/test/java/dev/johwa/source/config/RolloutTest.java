package dev.johwa.source.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Rollout.Step;
import dev.johwa.source.detect.stack.Draft;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Steps of a release, as johwa.yaml has them.
class RolloutTest {
    private static Configs.Resolved resolved(String rollout) {
        var file = Configs.parse("johwa.yaml", "rollout: " + rollout + "\n");
        return new Configs(ServerSpec.none())
                .resolve(
                        new Configs.Wanted("shop", "shop", "production", "main"),
                        file,
                        new Draft("dummy", "Dummy").done(),
                        Map.of());
    }

    private static Rollout rollout(String text) {
        var resolved = resolved(text);
        assertThat(resolved.problems()).isEmpty();
        return resolved.settings().rollout();
    }

    @Test
    void aShareAFieldATimeAndACookie() {
        assertThat(rollout("[X-Canary=yes, 1h, 2.5%, 10m, 50%, sticky]"))
                .isEqualTo(new Rollout(
                        List.of(
                                new Step(0, "x-canary", "yes", Optional.of(Duration.ofHours(1))),
                                new Step(250, "x-canary", "yes", Optional.of(Duration.ofMinutes(10))),
                                new Step(5_000, "x-canary", "yes", Optional.empty())),
                        true));
        assertThat(rollout("5%").steps()).containsExactly(new Step(500, "", "", Optional.empty()));
        assertThat(rollout("[x-team=, 5%]").steps().getFirst().text()).isEqualTo("requests with x-team");
        assertThat(rollout("[0.5%]").steps().getFirst().text()).isEqualTo("0.5 % of requests");
    }

    @Test
    void whatSomebodyTypesIsReadTheSame() {
        assertThat(Rollout.typed(List.of("5%", "10m", "50%"))).isEqualTo(rollout("[5%, 10m, 50%]"));
        assertThatThrownBy(() -> Rollout.typed(List.of("50%", "5%")))
                .hasMessageContaining("'5%' is no more than the step before it");
        assertThatThrownBy(() -> Rollout.typed(Arrays.asList(Json.read("[\"5%\", null]", String[].class))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("'null' is no step");
        assertThatThrownBy(() -> Rollout.typed(List.of("soon", "100%")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void whatMakesNoSenseIsTold() {
        assertThat(told("[10m, 5%]")).containsExactly("'rollout': '10m' follows no step");
        assertThat(told("[50%, 10m, 20m, 5%]"))
                .containsExactly(
                        "'rollout': '20m' follows no step", "'rollout': '5%' is no more than the step before it");
        assertThat(told("[sticky]")).containsExactly("'rollout': it has no step");
        assertThatThrownBy(() -> resolved("[100%]")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> resolved("[0%]")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> resolved("{header: x}")).isInstanceOf(ProblemException.class);
    }

    private static List<String> told(String text) {
        return resolved(text).problems().stream().map(Problem::message).toList();
    }
}
