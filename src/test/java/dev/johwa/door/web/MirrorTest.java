package dev.johwa.door.web;

import static dev.johwa.door.web.ImageClient.descriptor;
import static dev.johwa.door.web.ImageClient.digest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another registry that is pulled from through ours: it gives tokens to everybody, and keeps its blobs elsewhere.
class MirrorTest {
    private static final String IMAGE = "{\"schemaVersion\":2,\"mediaType\":\"" + ImageClient.IMAGE + "\",\"config\":"
            + descriptor("config") + ",\"layers\":[" + descriptor("layer") + "]}";

    @TempDir
    Path folder;

    private final Map<String, String> there = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer other;
    private GitDoor door;
    private ImageClient owner;

    @BeforeEach
    void open() throws IOException {
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", this::answer);
        other.start();
        door = new GitDoor(folder);
        owner = new ImageClient(door, door.token);
        there.put("/v2/library/alpine/manifests/3", IMAGE);
        there.put("/store/" + digest("config"), "config");
        there.put("/store/" + digest("layer"), "layer");
        var order = "{\"name\":\"hub\",\"url\":\"" + url() + "\"}";
        assertThat(owner.call("POST", "/api/v1/mirrors", order.getBytes(UTF_8)).statusCode())
                .isEqualTo(200);
    }

    @AfterEach
    void close() {
        owner.close();
        door.close();
        other.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + other.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var isKnown = "Bearer of everybody".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        asked.add(path);
        var answer = there.get(path);
        int status = answer == null ? 404 : 200;
        if (path.equals("/token")) {
            status = 200;
            answer = "{\"token\":\"of everybody\"}";
        } else if (path.startsWith("/v2/") && !isKnown) {
            status = 401;
            exchange.getResponseHeaders()
                    .add("WWW-Authenticate", "Bearer realm=\"" + url() + "/token\",service=\"x\",scope=\"y\"");
        } else if (path.contains("/blobs/")) {
            status = 307;
            exchange.getResponseHeaders().add("Location", "/store/" + path.replaceFirst(".*/", ""));
        }
        if (path.endsWith("/tags/list")) {
            exchange.getResponseHeaders().add("Link", "</more>; rel=\"next\"");
        }
        exchange.getResponseHeaders().add("Content-Type", ImageClient.IMAGE);
        var bytes = (answer == null || status > 299 ? "" : answer).getBytes(UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Test
    void whatIsAskedForIsFetchedOnceAndAnswersWhileTheOtherIsAway() {
        assertThat(owner.get("/v2/hub/library/alpine/manifests/3").body()).isEqualTo(IMAGE);
        assertThat(owner.get("/v2/hub/library/alpine/blobs/" + digest("layer")).body())
                .isEqualTo("layer");
        asked.clear();
        assertThat(owner.get("/v2/hub/library/alpine/blobs/" + digest("layer")).body())
                .isEqualTo("layer");
        assertThat(owner.get("/v2/hub/library/alpine/manifests/" + digest(IMAGE))
                        .body())
                .isEqualTo(IMAGE);
        assertThat(asked).isEmpty();

        other.stop(0);
        assertThat(owner.get("/v2/hub/library/alpine/manifests/3").body()).isEqualTo(IMAGE);
        assertThat(owner.get("/v2/hub/library/alpine/manifests/4").statusCode()).isEqualTo(502);
    }

    @Test
    void blobsAreLookedAtAndListsAreThoseOfTheOther() {
        var layer = "/v2/hub/library/alpine/blobs/" + digest("layer");
        var seen = owner.call("HEAD", layer, new byte[0]);
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(seen.headers().firstValueAsLong("content-length")).hasValue(5);
        assertThat(seen.headers().firstValue("docker-content-digest"))
                .hasValue(digest("layer").text());
        assertThat(owner.call("HEAD", layer.replaceFirst("..$", "00"), new byte[0])
                        .statusCode())
                .isEqualTo(404);
        assertThat(door.registry.repositories()).isEmpty();

        there.put("/v2/library/alpine/tags/list", "{\"name\":\"library/alpine\",\"tags\":[\"1\",\"2\"]}");
        there.put("/more", "{\"tags\":[\"3\",\"4\"]}");
        assertThat(owner.get("/v2/hub/library/alpine/tags/list").body())
                .isEqualTo("{\"name\":\"hub/library/alpine\",\"tags\":[\"1\",\"2\",\"3\",\"4\"]}");
        assertThat(owner.get("/v2/hub/library/alpine/tags/list?n=3").body()).endsWith("[\"1\",\"2\",\"3\"]}");
        assertThat(owner.get("/v2/hub/library/none/tags/list").statusCode()).isEqualTo(404);

        there.put(
                "/v2/library/alpine/referrers/" + digest(IMAGE),
                "{\"manifests\":[{\"mediaType\":\"a/b\",\"digest\":\"" + digest("x")
                        + "\",\"size\":7,\"artifactType\":\"sig\"},{\"mediaType\":\"a/b\",\"size\":8}]}");
        var referrers = owner.get("/v2/hub/library/alpine/referrers/" + digest(IMAGE) + "?artifactType=sig");
        assertThat(referrers.body()).contains(digest("x").text()).doesNotContain("8}");
        assertThat(owner.get("/v2/hub/library/alpine/referrers/" + digest("other"))
                        .body())
                .contains("\"manifests\":[]");
    }

    @Test
    void whatIsNotWhatItsDigestSaysIsNotKept() throws Exception {
        there.put("/store/" + digest("layer"), "lay3r");
        var lied = owner.get("/v2/hub/library/alpine/blobs/" + digest("layer"));
        assertThat(lied.statusCode()).isEqualTo(502);
        assertThat(lied.body()).contains("the other registry does not give it");
        assertThat(owner.get("/v2/hub/library/alpine/blobs/" + digest("nothing"))
                        .statusCode())
                .isEqualTo(404);
        there.put("/v2/library/alpine/manifests/" + digest("other"), IMAGE);
        assertThat(owner.get("/v2/hub/library/alpine/manifests/" + digest("other"))
                        .statusCode())
                .isEqualTo(502);
        assertThat(door.registry.repositories()).isEmpty();
    }

    @Test
    void whatWasFetchedGoesWithItsMirror() {
        var order = "{\"name\":\"hub\",\"url\":\"" + url() + "\"}";
        assertThat(owner.get("/v2/hub/library/alpine/manifests/3").statusCode()).isEqualTo(200);
        assertThat(owner.get("/v2/hub/library/alpine/blobs/" + digest("layer")).statusCode())
                .isEqualTo(200);

        assertThat(owner.call("DELETE", "/api/v1/mirrors/hub", new byte[0]).statusCode())
                .isEqualTo(204);

        assertThat(door.registry.repositories()).isEmpty();
        assertThat(owner.call("POST", "/api/v1/mirrors", order.getBytes(UTF_8)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void itIsOnlyPulledFrom() {
        assertThat(owner.push("hub/library/alpine", "mine")).isEqualTo(403);
        assertThat(owner.get("/api/v1/mirrors").body())
                .isEqualTo("{\"mirrors\":[{\"name\":\"hub\",\"url\":\"" + url() + "\"}]}");
        assertThat(owner.call("DELETE", "/api/v1/mirrors/hub", new byte[0]).statusCode())
                .isEqualTo(204);
        assertThat(owner.get("/v2/hub/library/alpine/manifests/3").statusCode()).isEqualTo(404);
        assertThat(owner.push("hub/library/alpine", "mine")).isEqualTo(201);
    }
}
