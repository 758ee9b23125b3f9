package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Guard;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for requests before they go on: addresses, passwords, other names, redirects, sizes, pauses.
class TermsTest {
    /// What is below `/admin` or `/관리/`, or may be for who reads it otherwise.
    static final List<String> MAYBE_BELOW = List.of(
            "/admin",
            "/admin/",
            "/admin?x",
            "/ADMIN/a",
            "/%61dmin/a",
            "//admin",
            "/x/../admin",
            "/x/%2e%2e/admin",
            "/x%2f..%2fadmin",
            "/admin%2fa",
            "/admin;a=b/c",
            "/%2561dmin",
            "/x\\admin",
            "/%ff",
            "/%EA%B4%80%EB%A6%AC");

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final List<String> HOSTS = List.of("app.localhost", "shop.example.com", "www.shop.example.com");

    @TempDir
    Path folder;

    private Backend app;
    private Rig edge;
    private long version = 100;

    @BeforeEach
    void open() throws IOException {
        app = Backend.echo();
        edge = new Rig(folder);
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
        app.close();
    }

    private void apply(Terms terms, Map<String, Guard> guards) {
        var there = new Instances(List.of(new Endpoint("i", app.address())), "");
        edge.tables.apply(new RoutingTable(
                ++version,
                List.of(new Route(HOSTS, "/", "app", "production", 1, there, terms, Part.WHOLE)),
                RoutingTable.Tls.NONE,
                guards));
    }

    private void apply(Terms terms) {
        apply(terms, Map.of());
    }

    private static Terms paused(long until) {
        return new Terms(KEY, until, List.of(), List.of(), "", List.of(), List.of(), 0, 0, Map.of(), "", List.of());
    }

    private static Terms from(List<String> from, List<String> paths) {
        return new Terms(KEY, 0, from, paths, "", List.of(), List.of(), 0, 0, Map.of(), "", List.of());
    }

    private static Terms limited(long bytes, long answerMillis) {
        return new Terms(
                KEY, 0, List.of(), List.of(), "", List.of(), List.of(), bytes, answerMillis, Map.of(), "", List.of());
    }

    private Wire.Message ask(String host, String path, String... fields) throws IOException {
        return edge.ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n") + "\r\n");
    }

    private int status(String path, String... fields) throws IOException {
        return ask("app.localhost", path, fields).status();
    }

    private static String basic(String text) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Backend ordering() throws IOException {
        return new Backend(wire -> {
            while (true) {
                wire.message();
                wire.send("HTTP/1.1 200 OK\r\nX-Order: 1042\r\nContent-Length: 0\r\n\r\n");
            }
        });
    }

    @Test
    void answersWithTheFieldAreCountedByReleaseButNotOurOwnLooks() throws Exception {
        try (var shop = ordering()) {
            var there = new Instances(List.of(new Endpoint("s", shop.address())), "");
            var terms = new Terms(
                    KEY, 0, List.of(), List.of(), "", List.of(), List.of(), 0, 0, Map.of(), "x-order", List.of());
            edge.tables.apply(new RoutingTable(
                    ++version,
                    List.of(new Route(HOSTS, "/", "app", "production", 7, there, terms, Part.WHOLE)),
                    RoutingTable.Tls.NONE));
            assertThat(status("/buy")).isEqualTo(200);
            assertThat(status("/buy")).isEqualTo(200);
            var own = new Pass(Pass.Kind.VISIT, Pass.PLATFORM, Instant.now().getEpochSecond() + 60, "n").signed(KEY);
            assertThat(status("/buy", Pass.SHARE + ": " + own)).isEqualTo(200);
            assertThat(edge.tables.counts())
                    .filteredOn(each -> each.release() == 7)
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.requests()).isEqualTo(3);
                        assertThat(each.counted()).isEqualTo(2);
                    });
        }
    }

    @Test
    void otherNamesLeadToTheOneThatCountsAndOldPathsToNewOnes() throws Exception {
        apply(new Terms(
                KEY,
                0,
                List.of(),
                List.of(),
                "shop.example.com",
                List.of("www.shop.example.com"),
                List.of("/old /new", "/news/* https://blog.example.com/:splat 302", "/item id=:id /items/:id 307"),
                0,
                0,
                Map.of("X-Frame-Options", "DENY", "content-length", "7"),
                "",
                List.of()));
        var www = ask("www.shop.example.com:8080", "/a?b=c");
        assertThat(www.status()).isEqualTo(301);
        assertThat(www.field("location")).contains("http://shop.example.com:8080/a?b=c");
        var posted = edge.ask("POST /a HTTP/1.1\r\nHost: www.shop.example.com\r\nContent-Length: 2\r\n\r\nhi");
        assertThat(posted.status()).isEqualTo(308);

        assertThat(ask("shop.example.com", "/old?x=1").field("location")).contains("/new?x=1");
        var news = ask("app.localhost", "/news/2024/a");
        assertThat(news.status()).isEqualTo(302);
        assertThat(news.field("location")).contains("https://blog.example.com/2024/a");
        assertThat(ask("app.localhost", "/item?id=7").field("location")).contains("/items/7");
        var plain = ask("shop.example.com", "/new");
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.field("x-frame-options")).contains("DENY");
        assertThat(plain.body()).startsWith("GET /new HTTP/1.1");
    }

    @Test
    void onlySomeAddressesAreAnsweredWhereItIsAskedFor() throws Exception {
        apply(from(List.of("10.0.0.0/8", "::1"), List.of()));
        assertThat(status("/", "X-Forwarded-For: 10.1.2.3")).isEqualTo(403);
        apply(from(List.of("10.0.0.0/8", "127.0.0.0/30"), List.of()));
        assertThat(status("/")).isEqualTo(200);

        apply(from(List.of("10.0.0.0/8"), List.of("/admin", "/관리/")));
        assertThat(status("/")).isEqualTo(200);
        assertThat(status("/administrator")).isEqualTo(200);
        assertThat(status("/%EB%B8%94%EB%A1%9C%EA%B7%B8")).isEqualTo(200);
        for (var path : MAYBE_BELOW) {
            assertThat(status(path)).as(path).isEqualTo(403);
        }
        assertThatThrownBy(() -> apply(from(List.of("office"), List.of())))
                .as("a bad table is refused as a whole")
                .isInstanceOf(ProblemException.class);
        assertThat(status("/admin")).isEqualTo(403);
    }

    private Guard passwords(Map<String, String> plain, List<String> paths) {
        var hashed = new HashMap<String, String>();
        plain.forEach((name, password) ->
                hashed.put(name, OpenBSDBCrypt.generate("2y", password.toCharArray(), new byte[16], 4)));
        return new Guard(KEY, "https://johwa.example.com", Set.of("person.kim"), Map.of(), hashed, paths, null);
    }

    @Test
    void aPasswordLetsInAndNoAppSeesIt() throws Exception {
        apply(Terms.NONE, Map.of("app.localhost", passwords(Map.of("ann", "secret:ü"), List.of())));
        var nobody = ask("app.localhost", "/");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.field("www-authenticate")).contains("Basic realm=\"Johwa\", charset=\"UTF-8\"");
        for (int i = 0; i < 2; i++) {
            var ann = ask("app.localhost", "/", basic("ann:secret:ü"));
            assertThat(ann.status()).isEqualTo(200);
            assertThat(ann.field("cache-control")).contains("private");
            assertThat(ann.body()).doesNotContainIgnoringCase("authorization");
            assertThat(status("/", basic("ann:wrong"))).isEqualTo(401);
            assertThat(status("/", basic("bob:secret:ü"))).isEqualTo(401);
        }
        for (var bad : List.of(
                "Authorization: Basic",
                "Authorization: Basic %%",
                basic("ann"),
                "Authorization: Bearer x",
                basic(":"))) {
            assertThat(status("/", bad)).as(bad).isEqualTo(401);
        }
        var late = edge.ask("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 5\r\n" + basic("ann:another")
                + "\r\n\r\nhello");
        assertThat(late.status()).isEqualTo(401);
        apply(Terms.NONE, Map.of("app.localhost", passwords(Map.of("ann", "another"), List.of())));
        assertThat(status("/", basic("ann:secret:ü"))).as("it was changed").isEqualTo(401);
        var sent = edge.ask("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 5\r\n" + basic("ann:another")
                + "\r\n\r\nhello");
        assertThat(sent.body()).as("what came while it was looked at").endsWith("hello");
        var visit = new Pass(Pass.Kind.VISIT, "person.kim", Instant.now().getEpochSecond() + 60, "n").signed(KEY);
        assertThat(status("/", "Cookie: johwa-preview=" + visit)).isEqualTo(200);

        apply(Terms.NONE, Map.of("app.localhost", passwords(Map.of("ann", "x"), List.of("/admin"))));
        assertThat(status("/")).isEqualTo(200);
        assertThat(status("/admin/a")).isEqualTo(401);
    }

    @Test
    void whoGuessesTakesNoTurnsFromOthers() throws Exception {
        apply(Terms.NONE, Map.of("app.localhost", passwords(Map.of("ann", "secret"), List.of())));
        var guesses = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 40; i++) {
            var guess = basic("nobody:" + i);
            guesses.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return status("/", guess);
                        } catch (IOException e) {
                            return 0;
                        }
                    },
                    Thread::startVirtualThread));
        }
        var answers = guesses.stream().map(CompletableFuture::join).toList();
        assertThat(answers).containsOnly(401, 503);
        assertThat(status("/", basic("ann:secret"))).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedAsSoonAsThatIsKnown() throws Exception {
        apply(limited(10, 0));
        var told = edge.ask("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 11\r\n\r\n");
        assertThat(told.status()).isEqualTo(413);
        assertThat(told.body()).contains("larger than 10 bytes");
        assertThat(app.connections.get()).isZero();
        var expecting = edge.ask(
                "PUT / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 11\r\n" + "Expect: 100-continue\r\n\r\n");
        assertThat(expecting.status()).isEqualTo(413);
        var chunked = edge.ask("POST / HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "6\r\n123456\r\n5\r\n12345\r\n0\r\n\r\n");
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(edge.ask("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 10\r\n\r\n1234567890")
                        .body())
                .endsWith("1234567890");
    }

    @Test
    void anAnswerThatDoesNotBeginInTimeIsGivenUp() throws Exception {
        try (var silent = new Backend(wire -> {
            wire.message();
            wire.read();
        })) {
            var own = app;
            app = silent;
            apply(limited(0, 500));
            assertThat(ask("app.localhost", "/").status()).isEqualTo(504);
            app = own;
        }
    }

    @Test
    void requestsWaitInAPauseAndOurOwnGoOn() throws Exception {
        long soon = System.currentTimeMillis() + 60_000;
        apply(paused(soon));
        try (var waiting = edge.connect();
                var leaving = edge.connect()) {
            waiting.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 5\r\n\r\nhe");
            leaving.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            Rig.await("two that wait", () -> edge.counts().inFlight() == 2);
            var own = new Pass(Pass.Kind.VISIT, Pass.PLATFORM, Instant.now().getEpochSecond() + 60, "n").signed(KEY);
            var look = ask("app.localhost", "/look", "Johwa-Share: " + own);
            assertThat(look.status()).isEqualTo(200);
            assertThat(look.body()).doesNotContainIgnoringCase("johwa-share");
            waiting.send("llo");
            leaving.close();
            apply(Terms.NONE);
            assertThat(waiting.message().body()).endsWith("hello");
        }
        apply(paused(System.currentTimeMillis() - 1));
        var late = ask("app.localhost", "/");
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.field("retry-after")).isPresent();
        apply(paused(System.currentTimeMillis() + 300));
        assertThat(status("/")).as("the pause took too long").isEqualTo(503);
    }
}
