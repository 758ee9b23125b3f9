package dev.johwa.door.web;

import static dev.johwa.door.web.ImageClient.digest;
import static dev.johwa.door.web.ImageClient.image;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.build.registry.Passes.Grant;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.json.Json;
import dev.johwa.source.identity.Role;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The registry over real HTTP: who may what, and what clients send that is wrong.
class RegistryRoutesTest {
    @TempDir
    Path folder;

    private final List<ImageClient> open = new ArrayList<>();
    private GitDoor door;
    private ImageClient owner;

    @BeforeEach
    void open() {
        door = new GitDoor(folder);
        owner = client(door.token);
    }

    @AfterEach
    void close() {
        open.forEach(ImageClient::close);
        door.close();
    }

    private ImageClient client(String token) {
        var client = new ImageClient(door, token);
        open.add(client);
        return client;
    }

    private ImageClient client(Role role, String project) {
        return client(door.tokens.create("ci", role, Optional.of(project)));
    }

    private static String code(HttpResponse<String> answer) {
        return Json.tree(answer.body()).path("errors").path(0).path("code").asString();
    }

    private long uploads() throws IOException {
        try (var files = Files.list(folder.resolve("blobs/uploads"))) {
            return files.count();
        }
    }

    @Test
    void whoMayReadAProjectPullsAndWhoMayPushToItPushes() {
        assertThat(owner.push("shop/api", "config")).isEqualTo(201);
        assertThat(owner.put("shop/api", "v1", image("config")).statusCode()).isEqualTo(201);
        var reader = client(Role.VIEWER, "shop");
        assertThat(reader.get("/v2/shop/api/manifests/v1").body()).isEqualTo(image("config"));
        assertThat(reader.push("shop/api", "more")).isEqualTo(403);
        assertThat(code(reader.put("shop/api", "v2", image("config")))).isEqualTo("DENIED");
        assertThat(client(Role.MAINTAINER, "shop").push("shop", "more")).isEqualTo(201);
        var other = client(Role.MAINTAINER, "blog");
        assertThat(code(other.get("/v2/shop/api/manifests/v1"))).isEqualTo("DENIED");
        assertThat(other.push("blog", "post")).isEqualTo(201);
        assertThat(other.call(
                                "POST",
                                "/v2/blog/blobs/uploads/?mount=" + digest("config") + "&from=shop/api",
                                new byte[0])
                        .statusCode())
                .as("not from where it may not read")
                .isEqualTo(202);
        assertThat(owner.call(
                                "POST",
                                "/v2/blog/blobs/uploads/?mount=" + digest("config") + "&from=shop/api",
                                new byte[0])
                        .statusCode())
                .isEqualTo(201);

        assertThat(owner.get("/v2/_catalog").body()).isEqualTo("{\"repositories\":[\"blog\",\"shop\",\"shop/api\"]}");
        assertThat(other.get("/v2/_catalog").body()).isEqualTo("{\"repositories\":[\"blog\"]}");
        var page = owner.get("/v2/_catalog?n=1&last=blog");
        assertThat(page.body()).isEqualTo("{\"repositories\":[\"shop\"]}");
        assertThat(page.headers().firstValue("Link")).hasValue("</v2/_catalog?n=1&last=shop>; rel=\"next\"");
    }

    @Test
    void aTokenIsGivenForTheRepositoryThatTheChallengeNames() {
        owner.push("shop", "config");
        var refused = owner.withoutToken("/v2/shop/manifests/v1");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(code(refused)).isEqualTo("UNAUTHORIZED");
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"" + door.plainUrl("/v2/token")
                        + "\",service=\"johwa\",scope=\"repository:shop:pull\"");
        var given = owner.get("/v2/token?service=johwa&scope=repository:shop:pull");
        var pull = "Bearer " + Json.tree(given.body()).path("token").asString();

        assertThat(owner.withoutToken("/v2/", "Authorization", pull).statusCode())
                .isEqualTo(200);
        assertThat(owner.withoutToken("/v2/shop/tags/list", "Authorization", pull)
                        .statusCode())
                .isEqualTo(200);
        assertThat(owner.withoutToken("/v2/blog/tags/list", "Authorization", pull)
                        .statusCode())
                .as("it gets another one for that")
                .isEqualTo(401);
        assertThat(owner.withoutToken("/api/v1/apps", "Authorization", pull).statusCode())
                .as("it opens nothing else")
                .isEqualTo(401);
        assertThat(owner.withoutToken("/v2/token?scope=repository:shop:pull").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aTokenEndsWithTheOneItWasGivenFor() {
        owner.push("shop", "config");
        var id = "ci";
        var access = door.tokens.create(id, Role.VIEWER, Optional.of("shop"));
        var given = client(access).get("/v2/token?scope=repository:shop:pull,push");
        var bearer = "Bearer " + Json.tree(given.body()).path("access_token").asString();
        assertThat(owner.withoutToken("/v2/shop/tags/list", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(200);

        door.tokens.list().stream()
                .filter(token -> token.name().equals(id))
                .forEach(token -> door.tokens.revoke(token.id()));
        assertThat(owner.withoutToken("/v2/shop/tags/list", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anEngineGetsACredentialForOneRepository() {
        owner.push("shop/api", "config");
        owner.push("shop/web", "config");
        var grant = new Grant(new RepositoryName("shop/api"), true);
        var credential = door.registry.passes().give(grant, "johwa", Duration.ofMinutes(5));
        var engine = client(credential.password());

        assertThat(engine.put("shop/api", "v1", image("config")).statusCode()).isEqualTo(201);
        assertThat(engine.get("/v2/shop/web/tags/list").statusCode()).isEqualTo(401);
        var given = engine.get("/v2/token?scope=repository:shop/web:pull,push");
        assertThat(Json.tree(given.body()).path("token").asString()).isEqualTo(credential.password());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v2/shop/manifests/none,                       404, MANIFEST_UNKNOWN",
        "GET,    /v2/shop/manifests/sha256:abc,                 400, DIGEST_INVALID",
        "GET,    /v2/shop/tags/list,                            404, NAME_UNKNOWN",
        "GET,    /v2/shop/blobs/sha512:abc,                     400, DIGEST_INVALID",
        "GET,    /v2/shop/blobs/uploads/,                       405, UNSUPPORTED",
        "GET,    /v2/shop/blobs/uploads/../../etc/passwd,       400, NAME_INVALID",
        "GET,    /v2/shop/nothing,                              400, NAME_INVALID",
        "GET,    /v2/shop/Caps/tags/list,                       400, NAME_INVALID",
        "PATCH,  /v2/shop/blobs/uploads/no-such-upload,         404, BLOB_UPLOAD_UNKNOWN",
        "PUT,    /v2/shop/manifests/-no,                        400, MANIFEST_INVALID",
        "POST,   /v2/shop/manifests/v1,                         405, UNSUPPORTED",
        "POST,   /v2/a--b/blobs/uploads/,                       400, NAME_INVALID",
        "DELETE, /v2/shop/manifests/none,                       404, MANIFEST_UNKNOWN",
    })
    void whatIsWrongIsToldAsTheSpecificationSays(String method, String path, int status, String code) {
        var answer = owner.call(method, path, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(code);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void aPushThatStopsAt99PercentGoesOnWhereItStopped() throws Exception {
        var bytes = "0123456789".repeat(100_000).getBytes(UTF_8);
        var begun = owner.call("POST", "/v2/shop/blobs/uploads/", new byte[0]);
        var place = begun.headers().firstValue("Location").orElseThrow();
        try (var socket = new Socket("127.0.0.1", door.port())) {
            socket.getOutputStream()
                    .write(("PATCH " + place + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + door.token
                                    + "\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                            .getBytes(UTF_8));
            socket.getOutputStream().write(bytes, 0, 990_000);
        }
        Wait.eventually(() -> owner.get(place)
                .headers()
                .firstValue("Range")
                .filter("0-989999"::equals)
                .isPresent());
        var left = Arrays.copyOfRange(bytes, 990_000, bytes.length);
        // Who went in the middle may not be missed yet, and one writes at a time.
        Wait.eventually(() -> owner.call("PATCH", place, left, "Content-Range", "500000-509999")
                        .statusCode()
                == 416);
        assertThat(owner.call("PATCH", place, left, "Content-Range", "990000-999999")
                        .statusCode())
                .isEqualTo(202);
        var digest = digest(new String(bytes, UTF_8));
        assertThat(owner.call("PUT", place + "?digest=" + digest, new byte[0]).statusCode())
                .isEqualTo(201);
        var part = owner.get("/v2/shop/blobs/" + digest, "Range", "bytes=-7");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("3456789");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 999993-999999/1000000");
        assertThat(uploads()).isZero();
    }

    @Test
    void aBlobThatIsNotWhatItSaysLeavesNothing() throws Exception {
        var place = "/v2/shop/blobs/uploads/?digest=" + digest("other");
        var lied = owner.call("POST", place, "bytes".getBytes(UTF_8));
        assertThat(lied.statusCode()).isEqualTo(400);
        assertThat(code(lied)).isEqualTo("DIGEST_INVALID");
        assertThat(owner.get("/v2/shop/blobs/" + digest("bytes")).statusCode()).isEqualTo(404);
        assertThat(uploads()).isZero();
        assertThat(door.registry.repositories()).isEmpty();
    }

    @Test
    void aManifestOfTenMegabytesIsRefused() {
        var answer = owner.put("shop", "v1", " ".repeat(10_000_000));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(code(answer)).isEqualTo("SIZE_INVALID");
    }

    @Test
    void aThousandTagsAtOnce() throws Exception {
        owner.push("shop", "config");
        try (var many = Executors.newFixedThreadPool(16)) {
            var puts = Stream.iterate(0, i -> i + 1)
                    .limit(1_000)
                    .map(i -> CompletableFuture.supplyAsync(
                            () -> owner.put("shop", "t%04d".formatted(i), image("config"))
                                    .statusCode(),
                            many))
                    .toList();
            for (var put : puts) {
                assertThat(put.get(60, TimeUnit.SECONDS)).isEqualTo(201);
            }
        }
        var first = owner.get("/v2/shop/tags/list?n=3&last=t0996");
        assertThat(first.body()).isEqualTo("{\"name\":\"shop\",\"tags\":[\"t0997\",\"t0998\",\"t0999\"]}");
        assertThat(first.headers().firstValue("Link")).isEmpty();
        var page = owner.get("/v2/shop/tags/list?n=999");
        assertThat(page.headers().firstValue("Link")).hasValue("</v2/shop/tags/list?n=999&last=t0998>; rel=\"next\"");
        assertThat(owner.get("/v2/shop/tags/list?n=0").body()).isEqualTo("{\"name\":\"shop\",\"tags\":[]}");
    }
}
