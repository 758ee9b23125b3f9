package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What two programs could read in two ways is refused, and nothing of it reaches an instance.
class NastyRequestsTest {
    private static final String HOST = "Host: app.localhost\r\n";

    @TempDir
    Path folder;

    record Case(String name, String request, int status) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case nasty(String name, String request, int status) {
        return new Case(name, request, status);
    }

    static List<Case> cases() {
        return List.of(
                nasty(
                        "length and coding",
                        "POST / HTTP/1.1\r\n" + HOST
                                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX",
                        400),
                nasty(
                        "coding and length",
                        "POST / HTTP/1.1\r\n" + HOST
                                + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nX",
                        400),
                nasty(
                        "two different lengths",
                        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                        400),
                nasty(
                        "twice the same length",
                        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde",
                        400),
                nasty("a list of lengths", "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 5, 5\r\n\r\nabcde", 400),
                nasty("a length with a sign", "POST / HTTP/1.1\r\n" + HOST + "Content-Length: +5\r\n\r\nabcde", 400),
                nasty("a negative length", "POST / HTTP/1.1\r\n" + HOST + "Content-Length: -5\r\n\r\nabcde", 400),
                nasty("a length in hex", "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 0x5\r\n\r\nabcde", 400),
                nasty(
                        "a length beyond long",
                        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 99999999999999999999\r\n\r\nabcde",
                        400),
                nasty("an empty length", "POST / HTTP/1.1\r\n" + HOST + "Content-Length: \r\n\r\nabcde", 400),
                nasty(
                        "an unknown coding",
                        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                        400),
                nasty(
                        "two codings",
                        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                        501),
                nasty(
                        "a coding in HTTP/1.0",
                        "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400),
                nasty(
                        "a blank before the colon",
                        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                        400),
                nasty("a folded line", "GET / HTTP/1.1\r\n" + HOST + "X-A: 1\r\n folded: 2\r\n\r\n", 400),
                nasty("a folded line with a tab", "GET / HTTP/1.1\r\n" + HOST + "X-A: 1\r\n\tfolded: 2\r\n\r\n", 400),
                nasty("a blank before the first field", "GET / HTTP/1.1\r\n Host: app.localhost\r\n\r\n", 400),
                nasty("bare line feeds", "GET / HTTP/1.1\nHost: app.localhost\n\n", 400),
                nasty("one bare line feed", "GET / HTTP/1.1\r\n" + HOST + "X-A: 1\nX-B: 2\r\n\r\n", 400),
                nasty("a bare carriage return", "GET / HTTP/1.1\r\n" + HOST + "X-A: 1\rX-B: 2\r\n\r\n", 400),
                nasty("a zero byte in a value", "GET / HTTP/1.1\r\n" + HOST + "X-A: 1\0\r\n\r\n", 400),
                nasty("a line without colon", "GET / HTTP/1.1\r\n" + HOST + "nonsense\r\n\r\n", 400),
                nasty("an empty name", "GET / HTTP/1.1\r\n" + HOST + ": 1\r\n\r\n", 400),
                nasty("a name that is no token", "GET / HTTP/1.1\r\n" + HOST + "X(A): 1\r\n\r\n", 400),
                nasty("no host", "GET / HTTP/1.1\r\n\r\n", 400),
                nasty("two hosts", "GET / HTTP/1.1\r\n" + HOST + "Host: other\r\n\r\n", 400),
                nasty("a host with a path", "GET / HTTP/1.1\r\nHost: app.localhost/x\r\n\r\n", 400),
                nasty("a host with quotes", "GET / HTTP/1.1\r\nHost: app\"x\r\n\r\n", 400),
                nasty("an address that is none", "GET nonsense HTTP/1.1\r\n" + HOST + "\r\n", 400),
                nasty("a control byte in the address", "GET /a\u0001b HTTP/1.1\r\n" + HOST + "\r\n", 400),
                nasty("a method that is none", "G@T / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                nasty("a tunnel to elsewhere", "CONNECT example.com:443 HTTP/1.1\r\n" + HOST + "\r\n", 405),
                nasty("a trace", "TRACE / HTTP/1.1\r\n" + HOST + "\r\n", 405),
                nasty("no version", "GET /\r\n" + HOST + "\r\n", 400),
                nasty("not HTTP at all", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400),
                nasty("an address too long", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n", 414),
                nasty("a field too long", "GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(70_000) + "\r\n\r\n", 431),
                nasty(
                        "too many fields",
                        "GET / HTTP/1.1\r\n" + HOST + "X: 1234567890\r\n".repeat(6_000) + "\r\n",
                        431));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedAndNothingOfItReachesAnInstance(Case nasty) throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        try (var app = new Backend(wire -> {
                    while (true) {
                        seen.add(wire.message().head());
                        wire.send(Backend.ok("reached"));
                    }
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send(nasty.request() + "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n");
            var answer = wire.message();

            assertThat(answer.status()).as(answer.toString()).isEqualTo(nasty.status());
            assertThat(answer.field("Connection")).contains("close");
            assertThat(wire.rest()).isEmpty();
            assertThat(seen).isEmpty();
        }
    }

    static List<Case> badChunks() {
        return List.of(
                nasty("no hex", "z\r\nabc\r\n0\r\n\r\n", 400),
                nasty("a sign", "+3\r\nabc\r\n0\r\n\r\n", 400),
                nasty("0x", "0x3\r\nabc\r\n0\r\n\r\n", 400),
                nasty("too large for any chunk", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n", 400),
                nasty("negative", "-1\r\nabc\r\n0\r\n\r\n", 400),
                nasty("longer than told", "3\r\nabcdef\r\n0\r\n\r\n", 400),
                nasty("bare line feed after the size", "3\nabc\r\n0\r\n\r\n", 400),
                nasty("bare line feed in an extension", "3;a=b\nc\r\nabc\r\n0\r\n\r\n", 400));
    }

    @ParameterizedTest
    @MethodSource("badChunks")
    void aBodyOfBadChunksIsNoBody(Case nasty) throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        try (var app = new Backend(wire -> {
                    while (true) {
                        var request = wire.message();
                        seen.add(request.head().split(" ")[1] + request.body());
                        wire.send(Backend.ok("reached"));
                    }
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + nasty.request()
                    + "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n");
            var answer = wire.message();

            assertThat(answer.status()).as(answer.toString()).isEqualTo(nasty.status());
            assertThat(wire.rest()).isEmpty();
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aHeadThatComesByteByByteIsReadAsAWhole() throws Exception {
        try (var app = Backend.echo();
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            for (char c : ("\r\nPOST / HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\n x").toCharArray()) {
                wire.send(String.valueOf(c));
            }
            assertThat(wire.message().body()).endsWith("\r\n\r\n x");
        }
    }

    @Test
    void aFoldedLineIsSeenWhenItComesAloneToo() throws Exception {
        try (var app = Backend.echo();
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("GET / HTTP/1.1\r\n" + HOST);
            Thread.sleep(50);
            wire.send(" folded\r\n\r\n");
            assertThat(wire.message().status()).isEqualTo(400);
        }
    }

    @Test
    void aBodyLargerThanAllowedIsRefusedBeforeItIsSent() throws Exception {
        var limits = limits(1_000, 60);
        try (var app = Backend.saying("reached");
                var edge = new Rig(folder, limits).serve(app);
                var wire = edge.connect()) {
            wire.send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 10000000000\r\nExpect: 100-continue\r\n\r\n");
            var answer = wire.message();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("larger than 1000 bytes");
            assertThat(app.connections.get()).isZero();
        }
    }

    @Test
    void aBodyThatTurnsOutLargerIsCutAndTheAnswerIsNotLost() throws Exception {
        var limits = limits(100_000, 60);
        try (var app = Backend.saying("reached");
                var edge = new Rig(folder, limits).serve(app);
                var wire = edge.connect()) {
            wire.send("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
            var chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
            for (int i = 0; i < 50; i++) {
                wire.send(chunk);
            }
            assertThat(wire.message().status()).isEqualTo(413);
        }
    }

    @Test
    void halfARequestIsToldThatItsTimeIsOver() throws Exception {
        try (var app = Backend.saying("reached");
                var edge = new Rig(folder, limits(0, 1)).serve(app)) {
            assertThat(edge.ask("GET / HTTP/1.1\r\nHost: app.loc").status()).isEqualTo(408);
            assertThat(edge.ask("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 10\r\n\r\nhalf")
                            .status())
                    .isEqualTo(408);
            try (var idle = edge.connect()) {
                assertThat(idle.rest()).isEmpty();
            }
        }
    }

    @Test
    void anInstanceThatDoesNotAnswerInTimeIsAGatewayTimeout() throws Exception {
        try (var app = new Backend(wire -> {
                    wire.message();
                    wire.read();
                });
                var edge = new Rig(folder, limits(0, 1)).serve(app)) {
            assertThat(edge.get("/").status()).isEqualTo(504);
        }
    }

    private static Limits limits(long bodyBytes, int seconds) {
        var time = Duration.ofSeconds(seconds);
        return new Limits(bodyBytes, 16 << 10, 64 << 10, time, time, time, time, 10, 1_000);
    }
}
