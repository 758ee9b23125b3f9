package dev.johwa.watch.telemetry.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.http.Probe;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus.Used;
import dev.johwa.serve.release.Figures.OfInstance;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Point;
import dev.johwa.watch.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScraperTest {
    private static final String TEXT = "text/plain; version=0.0.4";

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final Probe probe = new Probe();
    private Telemetry telemetry;
    private Scraper scraper;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        telemetry = new Telemetry(folder, clock);
        scraper = new Scraper(telemetry, clock, probe);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        server.stop(0);
        probe.close();
        telemetry.close();
    }

    private void page(String path, String type, String body) {
        server.createContext(path, exchange -> {
            try (exchange) {
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", type);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    private void scrape() {
        var used = new Used(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty());
        scraper.scrape(new OfInstance(
                new AppEnvironment("shop", "shop", "production"),
                "web",
                3,
                "shop-3-web-a",
                clock.now(),
                used,
                "127.0.0.1:" + server.getAddress().getPort()));
    }

    private double ask(String query) {
        return telemetry.number(query, clock.now()).orElse(Double.NEGATIVE_INFINITY);
    }

    private static Map<String, Point> points(Page page) {
        return page.points().stream()
                .collect(Collectors.toMap(point -> point.labels().toString(), Function.identity()));
    }

    private static Page read(String text, boolean isOpenMetrics) {
        return new Page(Map.of("app", "shop"), isOpenMetrics, 1_000_000, 100).read(text);
    }

    @Test
    void aPageIsKeptUnderTheNamesOfThePlatform() {
        page("/metrics", TEXT, """
                # HELP orders_total Orders\\nof "goods", C:\\\\new.
                # HELP johwa_app_requests_total Nothing.
                # TYPE orders_total counter
                orders_total{app="forged",kind="a\\"b"} 41
                jobs 7
                johwa_app_requests_total{app="shop"} 1e9
                """);
        scrape();
        assertThat(ask("orders_total{app=\"shop\",release=\"3\",instance=\"shop-3-web-a\",kind=\"a\\\"b\"}"))
                .isEqualTo(41);
        assertThat(ask("up{app=\"shop\"}")).isEqualTo(1);
        assertThat(telemetry.helps().of("orders_total", any -> true)).containsExactly("Orders of \"goods\", C:\\new.");
        assertThat(telemetry.helps().of("johwa_app_requests_total", any -> true))
                .isEmpty();
        assertThat(ask("count(johwa_app_requests_total)")).isEqualTo(Double.NEGATIVE_INFINITY);
        server.removeContext("/metrics");
        clock.advance(Telemetry.STEP);
        scrape();
        assertThat(ask("up{app=\"shop\"}")).isZero();
    }

    @Test
    void springsPageIsFoundToo() {
        page("/metrics", "text/html", "<p>orders 1</p>");
        page("/actuator/prometheus", "application/openmetrics-text; version=1.0.0", "jobs 5\n# EOF\nlater 1\n");
        scrape();
        assertThat(ask("jobs")).isEqualTo(5);
        assertThat(ask("count(later)")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aPageThatNeverEndsIsLeftAndTold() {
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", TEXT);
                exchange.sendResponseHeaders(200, 0);
                for (int i = 0; i < 200; i++) {
                    exchange.getResponseBody().write("a 1\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    LockSupport.parkNanos(100_000_000);
                }
            }
        });
        scrape();
        assertThat(ask("count({__name__=~\".+\"})")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(telemetry.dropped())
                .singleElement()
                .satisfies(each -> assertThat(each.example()).contains("/metrics", "does not end within 5 s"));
    }

    @Test
    void aPageThatIsTooLargeIsLeftAndTold() {
        page("/metrics", TEXT, "a 1\n".repeat(Scraper.LARGEST / 4 + 1));
        scrape();
        assertThat(ask("count({__name__=~\".+\"})")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(telemetry.dropped())
                .singleElement()
                .satisfies(each -> assertThat(each.example()).contains("/metrics", "4 MiB"));
    }

    @Test
    void aMillionSeriesLeaveThoseThatFit() {
        var text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append("x{user=\"").append(i).append("\"} 1\n");
        }
        page("/metrics", TEXT, text.toString());
        scrape();
        assertThat(ask("count(x)")).isEqualTo(Telemetry.SERIES_OF_APP);
        assertThat(telemetry.dropped().stream().mapToLong(each -> each.values()).sum())
                .isEqualTo(100_000 - Telemetry.SERIES_OF_APP + 1);
    }

    @Test
    void bothFormsAreRead() {
        var text = points(read("""
                # TYPE http_seconds histogram
                http_seconds_bucket{le="+Inf"} 2 999000
                http_seconds_sum -3.5
                http_seconds_count 2
                # TYPE level gauge
                level NaN
                level{a="b",} +Inf
                {"odd.name", "odd.label"="x\\n"} 1e-3
                # TYPE bad counter
                bad -1
                no value here
                """, false));
        assertThat(text.keySet())
                .containsExactlyInAnyOrder(
                        "http_seconds_bucket{app=\"shop\", le=\"+Inf\"}",
                        "http_seconds_sum{app=\"shop\"}",
                        "http_seconds_count{app=\"shop\"}",
                        "level{app=\"shop\"}",
                        "level{a=\"b\", app=\"shop\"}",
                        "odd.name{app=\"shop\", odd.label=\"x\\n\"}");
        assertThat(text.get("http_seconds_bucket{app=\"shop\", le=\"+Inf\"}").at())
                .isEqualTo(999_000);
        assertThat(text.get("http_seconds_count{app=\"shop\"}").kind()).isEqualTo(Kind.COUNTER);
        assertThat(text.get("level{app=\"shop\"}").value()).isNaN();

        var open = points(read("""
                # TYPE orders counter
                orders_total 5.0 999.5 # {trace_id="a b"} 1.0 999.4
                orders_created 12
                # EOF
                """, true));
        assertThat(open.get("orders_total{app=\"shop\"}").at()).isEqualTo(999_500);
        assertThat(open.get("orders_total{app=\"shop\"}").kind()).isEqualTo(Kind.COUNTER);
        assertThat(open.get("orders_created{app=\"shop\"}").kind()).isEqualTo(Kind.GAUGE);
        assertThat(read("x{a=\"never closed 1\nx{ 1\n{} 1\nx 1 2 3\nx one\n", false)
                        .dropped())
                .isEqualTo(5);
    }

    @Test
    void timesFromTomorrowAndNamesTwiceAreDroppedAndTold() {
        long tomorrow = clock.now().plusSeconds(86_400).toEpochMilli();
        page("/metrics", TEXT, "a 1 " + tomorrow + "\nb 1\nb 2\nc 1\n");
        scrape();
        assertThat(ask("b")).isEqualTo(1);
        assertThat(ask("c")).isEqualTo(1);
        assertThat(telemetry.dropped())
                .extracting(each -> each.why())
                .containsExactlyInAnyOrder("in the future", "out of order");
    }
}
