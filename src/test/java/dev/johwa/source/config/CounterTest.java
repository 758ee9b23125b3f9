package dev.johwa.source.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.stack.Draft;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an app counts of its business, as johwa.yaml has it.
class CounterTest {
    private static Configs.Resolved resolved(String counter) {
        var file = Configs.parse("johwa.yaml", "counter: " + counter + "\n");
        return new Configs(ServerSpec.none())
                .resolve(
                        new Configs.Wanted("shop", "shop", "production", "main"),
                        file,
                        new Draft("dummy", "Dummy").done(),
                        Map.of());
    }

    private static Counter counter(String text) {
        var resolved = resolved(text);
        assertThat(resolved.problems()).isEmpty();
        return resolved.settings().counter().orElseThrow();
    }

    @Test
    void aNameAndOneOfThreeWays() {
        assertThat(counter("{name: orders, header: X-Order}"))
                .isEqualTo(new Counter("orders", Optional.of("x-order"), Optional.empty(), Optional.empty()));
        assertThat(counter("{name: orders, log: event=order}").log()).contains("event=order");
        assertThat(counter("{name: orders, log: event=order}").counted()).isEqualTo(Counter.OURS);
        assertThat(counter("{name: orders, metric: orders_total}").counted()).isEqualTo("orders_total");
        assertThat(resolved("{}").settings().counter()).isEmpty();
    }

    @Test
    void whatCountsNothingOrTwiceIsTold() {
        assertThat(told("{name: orders}")).isEqualTo("'counter': nothing says what is counted");
        assertThat(told("{header: x-order}")).isEqualTo("'counter': what it counts has no name");
        assertThat(told("{name: orders, header: x-order, log: event=order}"))
                .isEqualTo("'counter': it counts by counter.header and counter.log");
        assertThatThrownBy(() -> resolved("{name: orders, log: order}")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> resolved("{name: orders, header: 'x order'}")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> resolved("{name: orders, metric: orders-total}"))
                .isInstanceOf(ProblemException.class);
    }

    private static String told(String counter) {
        var resolved = resolved(counter);
        assertThat(resolved.settings().counter()).isEmpty();
        assertThat(resolved.problems())
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem.where()).isNotNull());
        return resolved.problems().stream().map(Problem::message).findFirst().orElseThrow();
    }
}
