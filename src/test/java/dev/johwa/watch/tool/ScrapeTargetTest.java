package dev.johwa.watch.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.johwa.Tools;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus.Used;
import dev.johwa.serve.release.Figures.OfInstance;
import dev.johwa.watch.telemetry.OwnPages;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Instances that Prometheus discovers by HTTP, discovered by its promtool.
class ScrapeTargetTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    private final OwnPages pages = new OwnPages();

    private static OfInstance instance(String id, String address) {
        var used = new Used(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty());
        return new OfInstance(
                new AppEnvironment("shop", "api", "production"), "web", 3, id, Instant.EPOCH, used, address);
    }

    private List<ScrapeTarget> targets() {
        return ScrapeTarget.of(
                List.of(instance("a", "127.0.0.1:3001"), instance("b", "127.0.0.1:3002"), instance("c", "")),
                pages,
                each -> each.id().equals("a") ? COMMIT : "");
    }

    @Test
    void onlyThoseWithAPageThatWasFoundAreThere() {
        assertThat(targets()).isEmpty();
        pages.put("a", "/metrics");
        pages.put("b", "/actuator/prometheus");
        pages.put("c", "/metrics");
        assertThat(targets())
                .extracting(ScrapeTarget::targets)
                .containsExactly(List.of("127.0.0.1:3001"), List.of("127.0.0.1:3002"));
        assertThat(targets().getLast().labels())
                .containsEntry("__metrics_path__", "/actuator/prometheus")
                .doesNotContainKey("commit");
        pages.put("b", "");
        pages.keepOnly(Set.of("b", "c"));
        assertThat(targets()).isEmpty();
    }

    @Test
    void promtoolDiscoversThemWithTheirRelease() throws Exception {
        pages.put("a", "/metrics");
        Files.writeString(folder.resolve(PrometheusText.TOKEN), "secret");
        Files.writeString(folder.resolve("johwa.rules.yml"), "groups: []\n");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prometheus/targets", exchange -> {
            try (exchange) {
                var token = exchange.getRequestHeaders().getFirst("Authorization");
                boolean isAsked = "Bearer secret".equals(token)
                        && "project=shop".equals(exchange.getRequestURI().getQuery());
                var body = Json.bytes(targets());
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(isAsked ? 200 : 401, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            Files.writeString(
                    folder.resolve("prometheus.yml"),
                    PrometheusText.of(new Watched("shop", url, List.of("shop/api"), List.of(), true)));
            // It waits for so long whatever comes; a machine under load may need more.
            var soon = discovered("1s");
            var found = (soon.isMissingNode() ? discovered("10s") : soon).path("labels");
            assertThat(found.path("__address__").asString()).isEqualTo("127.0.0.1:3001");
            assertThat(found.path("__metrics_path__").asString()).isEqualTo("/metrics");
            assertThat(found.path("app").asString()).isEqualTo("shop/api");
            assertThat(found.path("environment").asString()).isEqualTo("production");
            assertThat(found.path("release").asString()).isEqualTo("3");
            assertThat(found.path("commit").asString()).isEqualTo(COMMIT);
            assertThat(found.path("instance").asString()).isEqualTo("a");
        } finally {
            server.stop(0);
        }
    }

    private JsonNode discovered(String within) throws Exception {
        var process = new ProcessBuilder(
                        Tools.find("promtool"),
                        "check",
                        "service-discovery",
                        "--timeout=" + within,
                        "prometheus.yml",
                        "johwa-apps")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return Json.tree(said.substring(said.indexOf('['))).path(0);
    }
}
