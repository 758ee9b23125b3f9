package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.serve.router.RoutingTable.Closed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
    @TempDir
    Path folder;

    @Test
    void aRequestReachesTheInstanceAndItsAnswerComesBack() throws Exception {
        try (var app = Backend.saying("hello");
                var edge = new Rig(folder).serve(app)) {
            var answer = edge.get("/");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
        }
    }

    @Test
    void anUnknownHostGetsAPageThatSaysSo() throws Exception {
        try (var edge = new Rig(folder)) {
            var answer = edge.ask("GET / HTTP/1.1\r\nHost: nobody.localhost\r\n\r\n");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("No app is called nobody.localhost here.\n");
        }
    }

    @Test
    void aBrowserIsToldOnAPage() throws Exception {
        try (var edge = new Rig(folder)) {
            var answer = edge.ask("GET / HTTP/1.1\r\nHost: nobody.localhost\r\nAccept: text/html,*/*\r\n\r\n");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.field("content-type")).contains("text/html; charset=utf-8");
            assertThat(answer.body())
                    .contains("<h1>Nothing is here</h1>", "<p>No app is called nobody.localhost here.</p>");
        }
    }

    @Test
    void aBrowserIsToldInKoreanWhereItAsksForThat() throws Exception {
        try (var edge = new Rig(folder)) {
            var head = "GET / HTTP/1.1\r\nHost: nobody.localhost\r\nAccept: text/html\r\nAccept-Language: ";
            var answer = edge.ask(head + "ko-KR,ko;q=0.9,en;q=0.8\r\n\r\n");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.field("vary")).contains("Accept, Accept-Language");
            assertThat(new String(answer.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .contains("<html lang=\"ko\">", "<h1>여기에는 아무것도 없습니다</h1>")
                    .contains("No app is called nobody.localhost here.");
            assertThat(edge.ask(head + "en,ko;q=0.5\r\n\r\n").body()).contains("<h1>Nothing is here</h1>");
            assertThat(edge.ask(head + "ko;q=nonsense\r\n\r\n").body()).contains("<h1>Nothing is here</h1>");
        }
    }

    @Test
    void aClosedRouteAnswersWithItsText() throws Exception {
        try (var edge = new Rig(folder).route(new Closed(503, "app is stopped."))) {
            assertThat(edge.get("/").status()).isEqualTo(503);
            assertThat(edge.get("/").body()).contains("app is stopped.");
        }
    }

    @Test
    void theHostDecidesWithoutCasePortAndFinalDot() throws Exception {
        try (var app = Backend.saying("hello");
                var edge = new Rig(folder).serve(app)) {
            assertThat(edge.ask("GET / HTTP/1.1\r\nHost: APP.localhost:8080\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(edge.ask("GET / HTTP/1.1\r\nHost: app.localhost.\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(edge.ask("GET http://app.localhost/x HTTP/1.1\r\nHost: other\r\n\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void connectionsAreKeptOnBothSides() throws Exception {
        try (var app = Backend.saying("hello");
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n")
                                .message()
                                .body())
                        .isEqualTo("hello");
            }
            assertThat(app.connections.get()).isEqualTo(1);
        }
    }

    @Test
    void manyRequestsAtOnceAreAnsweredInTheirOrder() throws Exception {
        try (var app = new Backend(wire -> {
                    while (true) {
                        wire.send(Backend.ok(wire.message().head().split(" ")[1]));
                    }
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            var all = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
                all.append("POST /p")
                        .append(i)
                        .append(" HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 3\r\n\r\nabc");
            }
            wire.send(all.toString());
            for (int i = 0; i < 300; i++) {
                assertThat(wire.message().body()).isEqualTo("/" + i);
                assertThat(wire.message().body()).isEqualTo("/p" + i);
            }
        }
    }

    @Test
    void bodiesGoInChunksAndComeInChunksWithTrailersOfTheInstance() throws Exception {
        try (var app = new Backend(wire -> {
                    var body = wire.message().body();
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\nX-Sum: 7\r\n\r\n");
                    wire.read();
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n4;x=1\r\ndefg\r\n0\r\n\r\n");
            assertThat(wire.head()).contains("200 OK").containsIgnoringCase("transfer-encoding: chunked");
            assertThat(wire.line()).isEqualTo("7");
            assertThat(wire.line()).isEqualTo("abcdefg");
            assertThat(wire.line()).isEqualTo("0");
            assertThat(wire.line()).isEqualToIgnoringCase("X-Sum: 7");
        }
    }

    @Test
    void anAnswerWithoutLengthEndsWithItsConnectionAndIsChunkedForTheClient() throws Exception {
        try (var app = new Backend(wire -> {
                    wire.message();
                    wire.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                });
                var edge = new Rig(folder).serve(app)) {
            var answer = edge.get("/");

            assertThat(answer.body()).isEqualTo("until the end");
            assertThat(answer.field("Transfer-Encoding")).contains("chunked");
            var old = edge.ask("GET / HTTP/1.0\r\nHost: app.localhost\r\n\r\n");
            assertThat(old.body()).isEqualTo("until the end");
            assertThat(old.field("Transfer-Encoding")).isEmpty();
        }
    }

    @Test
    void anAnswerThatIsTornLooksTorn() throws Exception {
        try (var app = new Backend(wire -> {
                    wire.message();
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n").head();

            assertThat(wire.rest()).isEqualTo("3\r\nabc\r\n");
        }
    }

    @Test
    void theAnswerToHeadHasTheLengthAndNoBody() throws Exception {
        try (var app = new Backend(wire -> {
                    while (true) {
                        var request = wire.message();
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
                                + (request.head().startsWith("HEAD") ? "" : "hello"));
                    }
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("HEAD / HTTP/1.1\r\nHost: app.localhost\r\n\r\nGET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");

            assertThat(wire.head()).containsIgnoringCase("content-length: 5");
            assertThat(wire.message().body()).isEqualTo("hello");
        }
    }

    @Test
    void whatIsForOneHopEndsHereAndWhatStrangersClaimIsNotPassedOn() throws Exception {
        try (var app = Backend.echo();
                var edge = new Rig(folder).serve(app)) {
            var seen = edge.ask("GET / HTTP/1.1\r\nHost: app.localhost:81\r\nConnection: close, X-Secret\r\n"
                            + "Keep-Alive: timeout=9\r\nTE: trailers\r\nX-Secret: 1\r\nProxy: evil\r\nX-Forwarded-For: 6.6.6.6\r\n"
                            + "X_Forwarded_For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\nX-Forwarded-Proto: https\r\n"
                            + "X-Real-IP: 6.6.6.6\r\nX-Request-Id: abc-1\r\nX-Kept: yes\r\n\r\n")
                    .body();

            assertThat(seen).contains("X-Kept: yes").doesNotContain("6.6.6.6").doesNotContain("X-Secret");
            assertThat(seen)
                    .doesNotContain("evil")
                    .doesNotContainIgnoringCase("keep-alive:")
                    .doesNotContain("TE:");
            assertThat(seen)
                    .contains("Host: app.localhost:81\r\n")
                    .contains("X-Forwarded-For: 127.0.0.1\r\n")
                    .contains("X-Forwarded-Proto: http\r\n")
                    .contains("X-Forwarded-Host: app.localhost:81\r\n")
                    .contains("X-Request-Id: abc-1\r\n")
                    .contains("Forwarded: for=127.0.0.1;host=\"app.localhost:81\";proto=http\r\n");
        }
    }

    @Test
    void aRequestWithoutIdGetsOne() throws Exception {
        try (var app = Backend.echo();
                var edge = new Rig(folder).serve(app)) {
            assertThat(edge.get("/").body()).containsPattern("X-Request-Id: [0-9a-f]{16}\r\n");
            assertThat(edge.ask("GET / HTTP/1.1\r\nHost: app.localhost\r\nX-Request-Id: a b\"\r\n\r\n")
                            .body())
                    .containsPattern("X-Request-Id: [0-9a-f]{16}\r\n");
        }
    }

    @Test
    void hopFieldsOfAnswersEndHereToo() throws Exception {
        try (var app = new Backend(wire -> {
                    wire.message();
                    wire.send("HTTP/1.1 200 OK\r\nConnection: close, X-Own\r\nX-Own: 1\r\nKeep-Alive: timeout=5\r\n"
                            + "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok");
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            var head = wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n")
                    .message()
                    .head();

            assertThat(head)
                    .doesNotContain("X-Own")
                    .doesNotContain("Keep-Alive")
                    .doesNotContain("close");
            assertThat(head).contains("Set-Cookie: a=1").contains("Set-Cookie: b=2");
            assertThat(wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n")
                            .message()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void expectContinueIsTheInstancesToAnswer() throws Exception {
        try (var app = new Backend(wire -> {
                    var head = wire.head();
                    assertThat(head).containsIgnoringCase("expect: 100-continue");
                    wire.send("HTTP/1.1 100 Continue\r\n\r\n");
                    wire.send(Backend.ok(wire.text(4)));
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("PUT / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
            assertThat(wire.head()).startsWith("HTTP/1.1 100");
            assertThat(wire.send("body").message().body()).isEqualTo("body");
        }
    }

    @Test
    void earlyHintsComeBeforeTheAnswer() throws Exception {
        try (var app = new Backend(wire -> {
                    wire.message();
                    wire.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + Backend.ok("page"));
                    wire.read();
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(wire.head()).startsWith("HTTP/1.1 103").contains("Link: </a.css>");
            assertThat(wire.message().body()).isEqualTo("page");
        }
    }

    @Test
    void oldClientsMayKeepTheirConnection() throws Exception {
        try (var app = Backend.saying("hello");
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("GET / HTTP/1.0\r\nHost: app.localhost\r\nConnection: keep-alive\r\n\r\n");
            assertThat(wire.message().field("Connection")).contains("keep-alive");
            wire.send("GET / HTTP/1.0\r\nHost: app.localhost\r\n\r\n");
            var last = wire.message();
            assertThat(last.body()).isEqualTo("hello");
            assertThat(last.field("Connection")).contains("close");
            assertThat(wire.read()).isEqualTo(-1);
        }
    }

    @Test
    void bytesBeyondAsciiInTheAddressAreEncodedAndThoseInFieldsPass() throws Exception {
        try (var app = Backend.echo();
                var edge = new Rig(folder).serve(app)) {
            var seen = edge.ask(
                            "GET /\u00ed\u0095\u009c?q=\u00e9 HTTP/1.1\r\nHost: app.localhost\r\nX-Name: \u00e9\r\n\r\n")
                    .body();

            assertThat(seen).startsWith("GET /%ED%95%9C?q=%E9 HTTP/1.1").contains("X-Name: \u00e9\r\n");
        }
    }

    @Test
    void anAnswerThatIsNoHttpIsABadGateway() throws Exception {
        try (var app = new Backend(wire -> {
                    wire.message();
                    wire.send("220 smtp.example.com ESMTP\r\n\r\n");
                    wire.read();
                });
                var edge = new Rig(folder).serve(app)) {
            assertThat(edge.get("/").status()).isEqualTo(502);
        }
    }

    @Test
    void countsAndTheAccessLogTellOfEveryRequest() throws Exception {
        try (var app = Backend.saying("hello");
                var edge = new Rig(folder).serve(app)) {
            edge.get("/a?b=\"c");
            edge.ask("POST / HTTP/1.1\r\nHost: app.localhost\r\nUser-Agent: test\\1\r\nContent-Length: 3\r\n\r\nabc");
            Rig.await("two requests", () -> edge.counts().requests() == 2);

            var counts = edge.counts();
            assertThat(counts.statuses()).containsEntry(200, 2L);
            assertThat(counts.bytesIn()).isEqualTo(3);
            assertThat(counts.bytesOut()).isEqualTo(10);
            assertThat(counts.inFlight()).isZero();
            assertThat(counts.buckets().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(2);
            assertThat(counts.lastRequestAtMillis()).isPositive();
            var file = folder.resolve("access.log");
            Rig.await("two lines", () -> lines(file) == 2);
            assertThat(Files.readString(file))
                    .contains("\"GET /a?b=\\x22c HTTP/1.1\" 200 5 \"-\" \"-\" app.localhost app#1 0.")
                    .contains("\"test\\x5c1\"");
        }
    }

    private static long lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void aClientThatGoesAwayEndsItsRequestAtTheInstance() throws Exception {
        var ended = new CountDownLatch(1);
        try (var app = new Backend(wire -> {
                    wire.message();
                    assertThat(wire.read()).isEqualTo(-1);
                    ended.countDown();
                });
                var edge = new Rig(folder).serve(app)) {
            try (var wire = edge.connect()) {
                wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
                Rig.await("in flight", () -> edge.counts().inFlight() == 1);
            }
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            Rig.await("counted", () -> edge.counts().statuses().getOrDefault(499, 0L) == 1);
        }
    }

    @Test
    void aRigThatIsClosedRefusesConnections() throws Exception {
        var edge = new Rig(folder);
        var address = edge.server.address();
        edge.close();

        assertThatThrownBy(() -> Wire.to(address)).isInstanceOf(IOException.class);
    }
}
