package dev.johwa.watch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HelpsTest {
    private final Helps helps = new Helps();

    private List<String> of(String metric) {
        return helps.of(metric, any -> true);
    }

    @Test
    void partsOfAFamilyAreWhatItIs() {
        helps.tell("shop", "order_seconds", "How long orders take.");
        helps.tell("shop", "orders", "");
        assertThat(of("order_seconds_bucket")).containsExactly("How long orders take.");
        assertThat(of("order_seconds_count")).containsExactly("How long orders take.");
        assertThat(of("orders_total")).isEmpty();
    }

    @Test
    void howMuchIsKeptHasBounds() {
        helps.tell("johwa_app_requests_total", "Requests.");
        IntStream.range(0, 60)
                .forEach(app -> IntStream.range(0, 400)
                        .forEach(metric -> helps.tell("app" + app, "m" + app + "_" + metric, "x".repeat(1000))));
        assertThat(of("m59_0"))
                .singleElement()
                .satisfies(help -> assertThat(help).hasSize(200));
        assertThat(of("m59_299")).hasSize(1);
        assertThat(of("m59_300")).isEmpty();
        assertThat(of("m0_0")).isEmpty();
        assertThat(of("johwa_app_requests_total")).containsExactly("Requests.");
        helps.tell("app59", "m59_0", "Another word.");
        assertThat(of("m59_0")).containsExactly("Another word.");
        helps.forget("app59"::equals);
        assertThat(of("m59_0")).isEmpty();
    }
}
