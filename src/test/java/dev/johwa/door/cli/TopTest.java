package dev.johwa.door.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.AlertList;
import dev.johwa.door.api.AppList;
import dev.johwa.door.api.MetricsList;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TopTest {
    private static final AppList APPS = new AppList(
            List.of(app("shop", "live"), app("shop/api", "live"), app("blog", "failed")),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    private static final MetricsList METRICS = new MetricsList(
            Instant.EPOCH,
            Instant.EPOCH,
            List.of(
                    served("shop", 41, 60, 6, 0.25),
                    served("shop", 40, 540, 0, 0.08),
                    served("shop/api", 7, 6000, 0, 0.004)),
            List.of(
                    new MetricsList.Instance(
                            "shop", "production", 41, "web", "a", Optional.of(0.25), Optional.of(80.0 * (1 << 20))),
                    new MetricsList.Instance(
                            "shop", "production", 40, "web", "b", Optional.of(0.5), Optional.of(80.0 * (1 << 20)))),
            Map.of(),
            List.of(),
            List.of());
    private static final AlertList ALERTS = new AlertList(
            List.of(
                    new AlertList.Alert(
                            "shop/api",
                            "objectives",
                            Optional.of("shop"),
                            "shop/api: 9 of 10 failed",
                            Instant.EPOCH,
                            ""),
                    new AlertList.Alert(
                            "x", "crashes", Optional.of("blog"), "blog ends again and again", Instant.EPOCH, "")),
            List.of(new AlertList.Objective(
                    "shop",
                    "production",
                    "availability",
                    "99.5 %",
                    0.995,
                    Optional.empty(),
                    1000,
                    9,
                    -4,
                    Optional.of(14.2))),
            "");

    private static AppList.App app(String name, String state) {
        return new AppList.App(
                name,
                "production",
                "http://x.localhost/",
                OptionalInt.of(41),
                Optional.empty(),
                state,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "");
    }

    private static MetricsList.App served(String name, int release, double requests, double errors, double p95) {
        return new MetricsList.App(
                name,
                "production",
                release,
                requests,
                requests / 60,
                errors,
                Optional.empty(),
                Optional.of(p95),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> lines(int columns, TopRow.Order order, boolean isTerminal) {
        var around = new Surroundings(
                Map.of("TERM", "xterm"),
                Path.of("/"),
                Path.of("/"),
                Path.of("/"),
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(new ByteArrayOutputStream()),
                isTerminal);
        return new TopTable(new Screen(around), columns).lines(order.of(TopRow.all(APPS, METRICS, ALERTS)));
    }

    @Test
    void anAppIsAllOfItsReleasesAndEachAlertIsToldOnce() {
        var lines = lines(Integer.MAX_VALUE, TopRow.Order.NAME, false);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).startsWith("blog ").contains("failed").endsWith("blog ends again and again");
        assertThat(lines.get(2)).matches("shop +41 +live +10\\.0 +1\\.00 +80 ms +0\\.75 +160 MiB +0 +missed, 14\\.2 x");
        assertThat(lines.get(3)).endsWith("shop/api: 9 of 10 failed");
    }

    @Test
    void rowsArePutInOrderByWhatAPersonWants() {
        assertThat(lines(200, TopRow.Order.REQUESTS, false).get(1)).startsWith("shop/api");
        assertThat(lines(200, TopRow.Order.ERRORS, false).get(1)).startsWith("shop ");
        assertThat(TopRow.Order.of('c')).hasValue(TopRow.Order.CPU);
        assertThat(TopRow.Order.of('x')).isEmpty();
    }

    @Test
    void aNarrowTerminalKeepsWhatMattersMost() {
        for (int columns : new int[] {20, 40, 60, 80, 120}) {
            assertThat(lines(columns, TopRow.Order.NAME, false)).allMatch(line -> line.length() <= columns);
        }
        assertThat(lines(44, TopRow.Order.NAME, false).getFirst())
                .contains("APP", "STATE", "REQ/S", "ERR %")
                .doesNotContain("MEMORY", "INST");
    }

    @Test
    void onlyATerminalIsColoured() {
        assertThat(String.join("", lines(80, TopRow.Order.NAME, true))).contains("\u001b[31m");
        assertThat(String.join("", lines(80, TopRow.Order.NAME, false))).doesNotContain("\u001b");
    }
}
