package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.blob.Digest;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Guard;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is let in at a guarded route, as browsers, programs and people who mean no good ask.
class GuardsTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String OTHER_KEY =
            Base64.getEncoder().encodeToString("o".repeat(32).getBytes());
    private static final String LOGIN = "https://johwa.example.com";
    private static final String LINK = "jhs_link";
    private static final String KIM = "person.kim";

    @TempDir
    Path folder;

    private Backend app;
    private Rig edge;
    private long version = 100;

    @BeforeEach
    void open() throws IOException {
        app = Backend.saying("hello");
        edge = new Rig(folder);
        guard(Set.of(KIM), Map.of(LINK, soon()));
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
        app.close();
    }

    private static long soon() {
        return Instant.now().plus(Duration.ofHours(1)).getEpochSecond();
    }

    private void guard(Set<String> people, Map<String, Long> links) {
        var hashed = new HashMap<String, Long>();
        links.forEach((token, until) -> hashed.put(Digest.of(token).hex(), until));
        var guard = new Guard(KEY, LOGIN, people, hashed);
        var there = new Instances(List.of(new Endpoint("i", app.address())), "");
        edge.tables.apply(new RoutingTable(
                ++version,
                List.of(
                        new Route(List.of("app.localhost"), "/", "app", "b", 1, there, Terms.NONE, Part.WHOLE),
                        new Route(
                                List.of("public.localhost"),
                                "/",
                                "app",
                                "production",
                                1,
                                there,
                                Terms.NONE,
                                Part.WHOLE)),
                RoutingTable.Tls.NONE,
                Map.of("app.localhost", guard)));
    }

    private static String pass(Pass.Kind kind, String subject, long until, String key) {
        return new Pass(kind, subject, until, "n" + System.nanoTime()).signed(key);
    }

    private Wire.Message ask(String path, String... fields) throws IOException {
        return edge.ask("GET " + path + " HTTP/1.1\r\nHost: app.localhost\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n") + "\r\n");
    }

    private static String field(Wire.Message message, String name) {
        return message.head()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Test
    void aBrowserIsSentToTheLogInAndAProgramIsTold() throws Exception {
        var browser = ask("/a?b=c", "Accept: text/html,*/*");
        assertThat(browser.status()).isEqualTo(302);
        assertThat(field(browser, "location"))
                .isEqualTo(LOGIN + "/-/preview?to=http%3A%2F%2Fapp.localhost%2Fa%3Fb%3Dc");
        assertThat(field(browser, "cache-control")).isEqualTo("no-store");

        var program = ask("/a");
        assertThat(program.status()).isEqualTo(401);
        assertThat(program.body()).contains("This is not public.", LOGIN);
        assertThat(ask("/a", "Accept: text/html", "Sec-Fetch-Mode: cors").status())
                .isEqualTo(401);
        assertThat(app.connections.get()).isZero();
    }

    @Test
    void everybodyIsLetInWhereNoGuardStands() throws Exception {
        var answer = edge.ask("GET / HTTP/1.1\r\nHost: public.localhost\r\n\r\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(field(answer, "cache-control")).isEmpty();
        assertThat(field(answer, "x-robots-tag")).isEmpty();
    }

    @Test
    void aTicketIsExchangedOnceForACookieThatLetsIn() throws Exception {
        var ticket = pass(Pass.Kind.TICKET, KIM, soon(), KEY);
        var first = ask("/a?x=1&johwa-share=" + ticket + "&y=2", "Accept: text/html");
        assertThat(first.status()).isEqualTo(302);
        assertThat(field(first, "location")).isEqualTo("/a?x=1&y=2");
        var cookie = field(first, "set-cookie");
        assertThat(cookie).contains("; HttpOnly", "; SameSite=Lax", "; Path=/").doesNotContain("Domain");

        var let = ask("/a", "Cookie: theirs=1; " + cookie.substring(0, cookie.indexOf(';')) + "; more=2");
        assertThat(let.status()).isEqualTo(200);
        assertThat(ask("/a?johwa-share=" + ticket, "Accept: text/html").status())
                .isEqualTo(401);
    }

    @Test
    void neitherCookieNorTokenReachTheApp() throws Exception {
        try (var mirror =
                new Backend(wire -> wire.send(Backend.ok(wire.message().head())))) {
            var own = app;
            app = mirror;
            guard(Set.of(KIM), Map.of(LINK, soon()));
            var visit = pass(Pass.Kind.VISIT, KIM, soon(), KEY);
            var seen = ask(
                            "/a?johwa-share=" + LINK + "&z=1",
                            "Cookie: theirs=1; johwa-preview=" + visit + "; more=2",
                            "Cookie: johwa-preview=" + visit,
                            "Johwa-Share: " + LINK)
                    .body();
            assertThat(seen).contains("GET /a?z=1 HTTP/1.1", "theirs=1; more=2").doesNotContainIgnoringCase("johwa-");
            assertThat(seen).doesNotContain(LINK).doesNotContain(visit);
            app = own;
        }
        var log = folder.resolve("access.log");
        Rig.await("the access log", () -> Files.exists(log));
        assertThat(Files.readString(log)).contains("/a?z=1").doesNotContain(LINK);
    }

    @Test
    void whatGuardsAnswerIsKeptByNobodyElse() throws Exception {
        try (var caching = new Backend(wire -> {
            wire.message();
            wire.send(
                    "HTTP/1.1 200 OK\r\nCache-Control: public, max-age=60, s-maxage=90\r\nContent-Length: 2\r\n\r\nok");
        })) {
            var own = app;
            app = caching;
            guard(Set.of(KIM), Map.of(LINK, soon()));
            var answer = ask("/", "Johwa-Share: " + LINK);
            assertThat(field(answer, "cache-control"))
                    .startsWith("private, max-age=60")
                    .doesNotContain("s-maxage");
            assertThat(field(answer, "x-robots-tag")).isEqualTo("noindex");
            app = own;
        }
    }

    @Test
    void aLinkLetsBrowsersAndProgramsInUntilItIsWithdrawnOrOld() throws Exception {
        var entered = ask("/?johwa-share=" + LINK, "Accept: text/html");
        assertThat(field(entered, "location")).isEqualTo("/");
        var cookie = field(entered, "set-cookie");
        var kept = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
        assertThat(cookie).contains("Max-Age=3");
        assertThat(ask("/", kept).status()).isEqualTo(200);
        assertThat(ask("/hook?johwa-share=" + LINK).status()).isEqualTo(200);
        assertThat(edge.ask("POST /hook?johwa-share=" + LINK
                                + " HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 2\r\n\r\nhi")
                        .status())
                .isEqualTo(200);

        for (var elsewhere :
                List.of("//evil.example/a", "/\\evil.example/a", "/\\/evil.example/a", "\\evil.example/a")) {
            var sent = ask(elsewhere + "?johwa-share=" + LINK, "Accept: text/html");
            assertThat(field(sent, "location")).as(elsewhere).isIn("", "/evil.example/a");
        }

        guard(Set.of(KIM), Map.of(LINK, Instant.now().getEpochSecond() - 1));
        assertThat(ask("/", kept).status()).isEqualTo(401);
        assertThat(ask("/?johwa-share=" + LINK, "Accept: text/html").body()).contains("This link holds no longer.");
        guard(Set.of(KIM), Map.of());
        assertThat(ask("/", kept).status()).isEqualTo(401);
    }

    @Test
    void whoIsRemovedIsOutWithTheNextTable() throws Exception {
        var cookie = "Cookie: johwa-preview=" + pass(Pass.Kind.VISIT, KIM, soon(), KEY);
        assertThat(ask("/", cookie).status()).isEqualTo(200);

        guard(Set.of(), Map.of());
        assertThat(ask("/", cookie).status()).isEqualTo(401);
    }

    @Test
    void aPassThatIsForgedOldOfAnotherOrForSomethingElseLetsNobodyIn() throws Exception {
        var good = pass(Pass.Kind.VISIT, KIM, soon(), KEY);
        var bad = List.of(
                pass(Pass.Kind.VISIT, KIM, soon(), OTHER_KEY),
                pass(Pass.Kind.VISIT, KIM, Instant.now().getEpochSecond() - 1, KEY),
                pass(Pass.Kind.VISIT, "person.lee", soon(), KEY),
                pass(Pass.Kind.VISIT, "link.x", soon(), KEY),
                pass(Pass.Kind.TICKET, KIM, soon(), KEY),
                good.replace(KIM, "platform"),
                good.substring(0, good.length() - 2),
                good + "x");
        for (var text : bad) {
            assertThat(ask("/", "Cookie: johwa-preview=" + text).status())
                    .as(text)
                    .isEqualTo(401);
            assertThat(ask("/", "Johwa-Share: " + text).status()).as(text).isEqualTo(401);
        }
        assertThat(ask("/?johwa-share=" + good).status())
                .as("a visit is no ticket")
                .isEqualTo(401);
        assertThat(ask("/", "Cookie: johwa-preview=x; johwa-preview=" + good).status())
                .as("another site of the domain put one beside ours")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "~~~~", "VISIT~person.kim~1~n~", "%7e", "a~b~c~d~e~f", "%00", "\u00ff"})
    void aTextThatIsNoPassIsRefused(String text) throws Exception {
        assertThat(ask("/?johwa-share=" + text, "Accept: text/html").status()).isEqualTo(401);
        assertThat(ask("/", "Cookie: johwa-preview=" + text).status()).isEqualTo(401);
        assertThat(ask("/", "Johwa-Share: " + text).status()).isEqualTo(401);
    }

    @Test
    void thePlatformItselfIsLetIn() throws Exception {
        var own = pass(Pass.Kind.VISIT, Pass.PLATFORM, soon(), KEY);
        assertThat(ask("/", "Johwa-Share: " + own).status()).isEqualTo(200);
    }

    @Test
    void aConnectionThatWasLetInIsAskedAgainForEachRequest() throws Exception {
        var cookie = "Cookie: johwa-preview=" + pass(Pass.Kind.VISIT, KIM, soon(), KEY) + "\r\n";
        try (var wire = edge.connect()) {
            var let = wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n" + cookie + "\r\n")
                    .message();
            assertThat(let.status()).isEqualTo(200);
            assertThat(wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n")
                            .message()
                            .status())
                    .isEqualTo(401);
            var open = wire.send("GET / HTTP/1.1\r\nHost: public.localhost\r\n\r\n")
                    .message();
            assertThat(open.status()).isEqualTo(200);
            assertThat(field(open, "cache-control")).isEmpty();
        }
    }

    @Test
    void anUpgradeNeedsTheCookieToo() throws Exception {
        try (var socket = new Backend(wire -> {
            wire.message();
            wire.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            wire.read();
        })) {
            var own = app;
            app = socket;
            guard(Set.of(KIM), Map.of());
            var upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nAccept: text/html\r\n";
            assertThat(edge.ask("GET / HTTP/1.1\r\nHost: app.localhost\r\n" + upgrade + "\r\n")
                            .status())
                    .isEqualTo(401);
            var cookie = "Cookie: johwa-preview=" + pass(Pass.Kind.VISIT, KIM, soon(), KEY) + "\r\n";
            try (var open = edge.connect()) {
                open.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n" + upgrade + cookie + "\r\n");
                assertThat(open.head()).startsWith("HTTP/1.1 101 ");
                guard(Set.of("person.lee"), Map.of());
                assertThat(open.read()).as("a frame that says goodbye").isEqualTo(0x88);
                open.rest();
            }
            app = own;
        }
    }

    @Test
    void aStreamEndsWhenItsLinkIsWithdrawn() throws Exception {
        try (var stream = new Backend(wire -> {
            wire.message();
            wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n");
            wire.read();
        })) {
            var own = app;
            app = stream;
            guard(Set.of(KIM), Map.of(LINK, soon(), "jhs_other", soon()));
            try (var open = edge.connect()) {
                open.send("GET / HTTP/1.1\r\nHost: app.localhost\r\nJohwa-Share: " + LINK + "\r\n\r\n");
                assertThat(open.head()).startsWith("HTTP/1.1 200 ");
                assertThat(open.chunk()).contains("data: one");
                guard(Set.of(KIM), Map.of("jhs_other", soon()));
                assertThat(open.rest()).isEmpty();
            }
            app = own;
        }
    }

    @Test
    void aClosedPreviewTellsOutsidersNothing() throws Exception {
        var guard = new Guard(KEY, "", Set.of(KIM), Map.of());
        edge.tables.apply(new RoutingTable(
                ++version,
                List.of(new Route(
                        List.of("app.localhost"),
                        "/",
                        "app",
                        "b",
                        1,
                        new Closed(503, "app is stopped."),
                        Terms.NONE,
                        Part.WHOLE)),
                RoutingTable.Tls.NONE,
                Map.of("app.localhost", guard)));
        var browser = ask("/", "Accept: text/html");
        assertThat(browser.status()).isEqualTo(401);
        assertThat(browser.body()).contains("Ask the team for a link.").doesNotContain("stopped");
    }
}
