package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.serve.router.proxy.FrameWire.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A request within a request: an instance that writes down all it hears never hears of the inner one, and of the outer
/// one only what the edge looked at.
class SmugglingTest {
    private static final String HOST = "Host: app.localhost\r\n";
    private static final String INNER = "GET /smuggled HTTP/1.1\r\n" + HOST + "X-Inner: 1\r\n\r\n";
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private static Backend app;
    private static Rig edge;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        app = new Backend(wire -> {
            while (true) {
                var request = wire.message();
                SEEN.add(request.head() + request.body());
                wire.send(Backend.ok("reached"));
            }
        });
        edge = new Rig(folder).serve(app);
    }

    @AfterAll
    static void end() throws Exception {
        edge.close();
        app.close();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static void nothingInnerWasHeard() {
        assertThat(SEEN).noneMatch(each -> each.startsWith("GET /smuggled"));
    }

    /// Ways to say `Transfer-Encoding: chunked` so that one program hears it and another does not.
    static List<String> codings() {
        return List.of(
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\tchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
                "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
                " Transfer-Encoding: chunked",
                "X: X\nTransfer-Encoding: chunked",
                "X: X\rTransfer-Encoding: chunked",
                "Transfer-Encoding\r\n : chunked",
                "Transfer-Encoding:\u000Bchunked",
                "Transfer-Encoding:\u000Cchunked",
                "Transfer-Encoding: \u00A0chunked",
                "Transfer-Encoding: chunked\u00A0",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: 'chunked'",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: chunk",
                "Transfer-Encoding:",
                "Transfer-Encoding: ,chunked",
                "Transfer-Encoding: CHUNKED",
                "TRANSFER-ENCODING: chunked",
                "Transfer_Encoding: chunked",
                "Transfer-Encoding\u0000: chunked",
                "Transfer-Encoding: chunked\u0000",
                "Transfer-Encoding\u00AD: chunked",
                "Content-Encoding: chunked");
    }

    @ParameterizedTest
    @MethodSource("codings")
    void neitherOfTwoWaysToEndABodyHidesARequest(String coding) throws Exception {
        var hidden = "0\r\n\r\n" + INNER;
        hears("POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + hidden.length() + "\r\n" + coding + "\r\n\r\n"
                + hidden);
        hears("POST / HTTP/1.1\r\n" + HOST + coding + "\r\nContent-Length: " + hidden.length() + "\r\n\r\n" + hidden);
    }

    /// Whatever passes, passes whole and with one way to end it, so that the instance sees the body as one.
    private static void hears(String request) throws Exception {
        SEEN.clear();
        try (var wire = edge.connect()) {
            wire.send(request);
            wire.message();
        }
        assertThat(SEEN).allSatisfy(each -> {
            assertThat(each).startsWith("POST / ").endsWith(INNER);
            assertThat(each.toLowerCase(java.util.Locale.ROOT)).doesNotContain("\ntransfer-encoding:");
        });
    }

    /// Ways to say how long a body is that programs read as another number, or as none.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: +%d",
                "Content-Length: 0%d",
                "Content-Length: %d ",
                "Content-Length:\t%d",
                "Content-Length: %d\u000B",
                "Content-Length: %d\u00A0",
                "Content-Length: 0x%x",
                "Content-Length: %d.0",
                "Content-Length: %de0",
                "Content-Length: 1_%d",
                "Content-Length: %d, %1$d",
                "Content-Length: %d\r\nContent-Length: 0",
                "Content-Length: 0\r\nContent-Length: %d",
                "Content-Length: %d\r\nContent_Length: 0",
                "Content-Length: 0\r\nX: 1\r\n Content-Length: %d",
                "Content-Length : %d",
                "Content-Length:",
                "Content_Length: %d",
                "Content-Length\u0000: %d"
            })
    void aLengthIsOneNumberOrARefusal(String length) throws Exception {
        SEEN.clear();
        try (var wire = edge.connect()) {
            wire.send("POST / HTTP/1.1\r\n" + HOST + length.formatted(INNER.length()) + "\r\n\r\n" + INNER);
            wire.message();
        }
        // Where no length was heard, what follows is a request of its own, to the edge and to the instance alike.
        assertThat(SEEN)
                .allSatisfy(each -> assertThat(each).matches("(?s)(POST / .*|GET /smuggled .*X-Forwarded-For: .*)"));
    }

    /// CL.0: a body where programs expect none.
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "POST", "PUT", "BREW"})
    void aBodyIsABodyWhateverTheMethod(String method) throws Exception {
        try (var wire = edge.connect()) {
            wire.send(method + " / HTTP/1.1\r\n" + HOST + "Content-Length: " + INNER.length() + "\r\n\r\n" + INNER);
            wire.head();
        }
        Wait.eventually(() -> SEEN.size() == 1);
        assertThat(SEEN.getFirst()).startsWith(method + " / ").endsWith(INNER);
    }

    @Test
    void extensionsOfChunksEndHere() throws Exception {
        try (var wire = edge.connect()) {
            wire.send("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n"
                    + "2;a=b\r\nhi\r\n3 ;\"x\"\r\nyou\r\n0;z\r\n\r\n");
            wire.message();
        }
        assertThat(SEEN).singleElement().asString().endsWith("hiyou").doesNotContain("a=b");
    }

    @Test
    void whatCountsBeforeABodyDoesNotComeBehindIt() throws Exception {
        var raw = new CopyOnWriteArrayList<String>();
        try (var open = new Backend(wire -> {
                    var all = new StringBuilder();
                    while (!all.toString().endsWith("X-Sum: 7\r\n\r\n")) {
                        all.append((char) wire.read());
                    }
                    raw.add(all.toString());
                    wire.send(Backend.ok("reached"));
                });
                var wire = edge.serve(open).connect()) {
            wire.send(
                    "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\nX-Forwarded-For: 9.9.9.9\r\n"
                            + "x_forwarded_proto: https\r\nAuthorization: x\r\nHost: other\r\nCookie: a=b\r\nX-Sum: 7\r\n\r\n");
            assertThat(wire.message().body()).isEqualTo("reached");
        } finally {
            edge.serve(app);
        }
        assertThat(raw.getFirst().substring(raw.getFirst().indexOf("\r\n\r\n")))
                .isEqualTo("\r\n\r\n0\r\nX-Sum: 7\r\n\r\n");
    }

    @Test
    void whatIsSaidForThisHopTakesNothingAway() throws Exception {
        try (var wire = edge.connect()) {
            wire.send("GET / HTTP/1.1\r\n" + HOST + "Cookie: a=b\r\nAuthorization: Basic x\r\nX-Mine: 1\r\n"
                    + "Connection: close, Cookie, authorization, HOST, X-Mine, X-Forwarded-For, X-Real-Ip, X-Request-Id,"
                    + " Content-Length\r\nConnection: forwarded\r\n\r\n");
            wire.message();
        }
        assertThat(SEEN.getFirst())
                .contains("Host: app.localhost", "Cookie: a=b", "Authorization: Basic x", "X-Forwarded-For: 127.0.0.1")
                .contains("Forwarded: for=127.0.0.1", "X-Real-Ip: ", "X-Request-Id: ")
                .doesNotContain("X-Mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "H2C", "websocket, h2c", "HTTP/2.0", "TLS/1.0", "h2", " h2c "})
    void noProtocolThatCarriesRequestsIsChangedTo(String protocol) throws Exception {
        try (var wire = edge.connect()) {
            wire.send("GET / HTTP/1.1\r\n" + HOST + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + protocol
                    + "\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n" + INNER);
            assertThat(wire.message().body()).isEqualTo("reached");
            assertThat(wire.message().body()).as("a request of its own").isEqualTo("reached");
        }
        assertThat(SEEN).hasSize(2).allSatisfy(each -> assertThat(each).doesNotContainIgnoringCase("upgrade"));
    }

    @Test
    void anUpgradeThatIsNotTakenHidesNothing() throws Exception {
        try (var wire = edge.connect()) {
            wire.send("GET / HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 777\r\n\r\n" + INNER);
            assertThat(wire.message().body()).isEqualTo("reached");
            assertThat(wire.message().body()).isEqualTo("reached");
        }
        assertThat(SEEN).hasSize(2);
        assertThat(SEEN.get(1)).startsWith("GET /smuggled").contains("X-Forwarded-For: 127.0.0.1");
    }

    @Test
    void aBodyBesideAnUpgradeStaysABody() throws Exception {
        try (var wire = edge.connect()) {
            wire.send("POST / HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: "
                    + INNER.length() + "\r\n\r\n" + INNER);
            assertThat(wire.message().body()).isEqualTo("reached");
        }
        assertThat(SEEN).singleElement().asString().endsWith(INNER).doesNotContainIgnoringCase("upgrade");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.localhost:x",
                "app.localhost:80.evil.example",
                "app.localhost:123456",
                "app.localhost:80:90",
                "app.localhost:-1",
                ":80",
                "[::1",
                "[::1]x",
                "::1",
                "[app.localhost]",
                "app.localhost@evil.example",
                "app.localhost#",
                "app.localhost?x",
                "app.localhost\\x",
                "app.localhost, evil.example",
                "app.localhost evil.example",
                "app.localhost%00",
                "app\u0003.localhost",
                "ａpp.localhost"
            })
    void aHostThatTwoReadInTwoWaysIsRefused(String host) throws Exception {
        var refused = host.startsWith("[app") ? 404 : 400;
        assertThat(edge.ask("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status())
                .isIn(400, refused);
        assertThat(edge.ask("GET http://" + host + "/ HTTP/1.1\r\n" + HOST + "\r\n")
                        .status())
                .isIn(400, 404, refused);
        assertThat(SEEN).isEmpty();
    }

    @Test
    void theAddressDecidesWhereItNamesAHost() throws Exception {
        edge.ask("GET http://app.localhost/a HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        assertThat(SEEN)
                .singleElement()
                .asString()
                .startsWith("GET /a ")
                .contains("Host: app.localhost\r\n")
                .doesNotContain("evil");
        assertThat(edge.ask("GET http://app.localhost/ HTTP/1.1\r\n" + HOST + "Host: evil.example\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(edge.ask("GET https://app.localhost/ HTTP/1.1\r\n" + HOST + "\r\n")
                        .status())
                .isEqualTo(400);
    }

    record Stream(String name, List<Field> fields) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream stream(String name, Field... more) {
        var fields = new ArrayList<>(List.of(
                new Field(":method", "POST"),
                new Field(":scheme", "http"),
                new Field(":path", "/"),
                new Field(":authority", "app.localhost")));
        for (var field : more) {
            if (field.name().startsWith(":")) {
                fields.removeIf(each -> each.name().equals(field.name()));
                fields.addFirst(field);
            } else {
                fields.add(field);
            }
        }
        return new Stream(name, fields);
    }

    static List<Stream> streams() {
        var inner = "\r\n\r\n" + INNER;
        return List.of(
                stream("lines in a value", new Field("x-a", "1" + inner)),
                stream(
                        "a line feed in a value",
                        new Field("x-a", "1\n\nGET /smuggled HTTP/1.1\nHost: app.localhost\n\n")),
                stream("a zero in a value", new Field("x-a", "1\0")),
                stream("lines in a name", new Field("x-a: 1" + inner + "x", "1")),
                stream("a colon in a name", new Field("x:a", "1")),
                stream("a blank in a name", new Field("x a", "1")),
                stream("capitals in a name", new Field("X-A", "1")),
                stream("an empty name", new Field("", "1")),
                stream("lines in the path", new Field(":path", "/ HTTP/1.1" + inner)),
                stream("a blank in the path", new Field(":path", "/x HTTP/1.1")),
                stream("lines in the method", new Field(":method", "GET /smuggled HTTP/1.1" + inner)),
                stream("a blank in the method", new Field(":method", "GET /smuggled HTTP/1.1")),
                stream("lines in the authority", new Field(":authority", "app.localhost" + inner)),
                stream("a path in the authority", new Field(":authority", "app.localhost/x")),
                stream("chunked", new Field("transfer-encoding", "chunked")),
                stream("chunked, in capitals", new Field("Transfer-Encoding", "chunked")),
                stream(
                        "chunked beside a length",
                        new Field("transfer-encoding", "chunked"),
                        new Field("content-length", "3")),
                stream("a connection", new Field("connection", "content-length")),
                stream("an upgrade", new Field("upgrade", "websocket"), new Field("connection", "upgrade")),
                stream("a length too small", new Field("content-length", "0")),
                stream("a length too large", new Field("content-length", "1000")),
                stream("two lengths", new Field("content-length", "5"), new Field("content-length", "0")),
                stream("a length with a sign", new Field("content-length", "+" + (5 + INNER.length()))),
                stream("another pseudo field", new Field(":status", "200")),
                stream("an unknown pseudo field", new Field(":smuggled", "1")));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamOfHttp2SaysNoMoreThanOneRequest(Stream stream) throws Exception {
        try (var wire = new FrameWire(edge.connect())) {
            wire.head(1, false, stream.fields()).data(1, true, "0\r\n\r\n" + INNER);
            wire.outcome(1);
        }
        // Another connection is answered after whatever that one could have sent on.
        assertThat(edge.get("/after").body()).isEqualTo("reached");
        assertThat(SEEN.getLast()).startsWith("GET /after");
        nothingInnerWasHeard();
        assertThat(SEEN).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void manyStreamsThatAreTakenBackEndTheConnection() throws Exception {
        var whole = stream("whole").fields();
        try (var wire = new FrameWire(edge.connect())) {
            for (int i = 0; i < 2_000; i++) {
                wire.head(1 + 2 * i, true, whole).reset(1 + 2 * i);
            }
            assertThat(wire.outcome(9_999)).isEqualTo("gone");
        } catch (java.net.SocketException e) {
            // Gone already.
        }
        assertThat(edge.get("/after").body()).isEqualTo("reached");
    }
}
