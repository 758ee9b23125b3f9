package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import dev.johwa.serve.router.RoutingTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sites: files of a release that the edge serves by itself.
class SiteTest {
    private static final String TEXT = "<p>Some words that come again and again.</p>\n".repeat(100);

    @TempDir
    private Path folder;

    private Path site = Path.of("");
    private Rig edge;

    @BeforeEach
    void begin() throws IOException {
        site = Files.createDirectories(folder.resolve("site"));
        write("index.html", TEXT);
        edge = new Rig(folder).route(new RoutingTable.Files(site.toString(), false));
    }

    @AfterEach
    void end() {
        edge.close();
    }

    private Path write(String name, String text) throws IOException {
        var file = site.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Wire.Message get(String path, String... fields) throws IOException {
        return ask("GET", path, fields);
    }

    private Wire.Message ask(String method, String path, String... fields) throws IOException {
        var more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return edge.ask(method + " " + path + " HTTP/1.1\r\nHost: app.localhost\r\n" + more + "\r\n");
    }

    private void singlePage() {
        edge.route(new RoutingTable.Files(site.toString(), true), 2);
    }

    @Test
    void aPageIsShownWithItsTypeAndItsMarks() throws IOException {
        var page = get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).isEqualTo(TEXT);
        assertThat(page.field("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.field("Cache-Control")).contains("no-cache");
        assertThat(page.field("Vary")).contains("accept-encoding");
        assertThat(page.field("ETag")).isPresent();
        assertThat(page.field("Last-Modified")).isPresent();
        assertThat(page.field("Date")).isPresent();
        assertThat(get("/index.html").body()).isEqualTo(TEXT);
        assertThat(get("/index").body()).isEqualTo(TEXT);
    }

    @Test
    void aPageIsCompressedForWhoTakesThat() throws IOException {
        var gzip = get("/", "Accept-Encoding: deflate, gzip;q=0.5");
        var brotli = get("/", "Accept-Encoding: gzip, deflate, br");

        assertThat(gzip.field("Content-Encoding")).contains("gzip");
        var in = new GZIPInputStream(new ByteArrayInputStream(bytes(gzip)));
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
        assertThat(brotli.field("Content-Encoding")).contains("br");
        assertThat(Brotli4jLoader.isAvailable()).isTrue();
        var out = new BrotliInputStream(new ByteArrayInputStream(bytes(brotli)));
        assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
        assertThat(gzip.field("ETag")).isNotEqualTo(brotli.field("ETag")).isNotEqualTo(get("/").field("ETag"));
        assertThat(gzip.field("Vary")).contains("accept-encoding");
        assertThat(get("/", "Accept-Encoding: gzip").body()).isEqualTo(gzip.body());
    }

    private static byte[] bytes(Wire.Message message) {
        return message.body().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void nobodyGetsACompressionThatHeDoesNotTake() throws IOException {
        assertThat(get("/", "Accept-Encoding: gzip;q=0, br;q=0.0").field("Content-Encoding"))
                .isEmpty();
        assertThat(get("/", "Accept-Encoding: identity").field("Content-Encoding"))
                .isEmpty();
        assertThat(get("/", "Accept-Encoding: *;q=0.1, br;q=0").field("Content-Encoding"))
                .contains("gzip");
    }

    @Test
    void whatIsTinyOrCompressedAlreadyStaysAsItIs() throws IOException {
        write("tiny.css", "a{}");
        write("picture.png", TEXT);
        write("noise.txt", noise(4_000));

        for (var name : new String[] {"/tiny.css", "/picture.png"}) {
            assertThat(get(name, "Accept-Encoding: gzip").field("Content-Encoding"))
                    .isEmpty();
        }
        assertThat(get("/picture.png").field("Vary")).isEmpty();
        assertThat(get("/noise.txt", "Accept-Encoding: gzip").body()).isNotEmpty();
    }

    private static String noise(int length) {
        var bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aCopyThatWasCompressedBeforeIsPreferred() throws IOException {
        write("app.js", TEXT);
        write("app.js.br", "brotli");
        write("app.js.gz", "gzip");

        assertThat(get("/app.js", "Accept-Encoding: gzip, br").body()).isEqualTo("brotli");
        var gzip = get("/app.js", "Accept-Encoding: gzip");
        assertThat(gzip.body()).isEqualTo("gzip");
        assertThat(gzip.field("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(get("/app.js").body()).isEqualTo(TEXT);
    }

    @Test
    void aLargeFileIsCompressedAsideAndStreamed() throws IOException {
        var large = TEXT.repeat(200);
        write("large.js", large);

        var plain = get("/large.js");
        var gzip = get("/large.js", "Accept-Encoding: gzip");

        assertThat(plain.body()).isEqualTo(large);
        assertThat(gzip.field("Content-Encoding")).contains("gzip");
        var in = new GZIPInputStream(new ByteArrayInputStream(bytes(gzip)));
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(large);
    }

    @Test
    void copiesStayWithinTheirBudget() throws IOException {
        for (int i = 0; i < 12; i++) {
            write("noise" + i + ".txt", noise(150_000).replaceAll("[\\x80-\\xff]", "a"));
            get("/noise" + i + ".txt", "Accept-Encoding: gzip");
        }
        try (var copies = Files.list(folder.resolve("compressed"))) {
            assertThat(copies.mapToLong(copy -> copy.toFile().length()).sum()).isBetween(1L, 1L << 20);
        }
    }

    @Test
    void whoHasAFileAlreadyIsToldSo() throws IOException {
        var file = write("a.txt", "hello");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z")));
        var first = get("/a.txt");
        var tag = first.field("ETag").orElseThrow();

        assertThat(first.field("Last-Modified")).contains("Fri, 02 Jan 2026 03:04:05 GMT");
        for (var condition : new String[] {
            "If-None-Match: " + tag,
            "If-None-Match: \"other\", W/" + tag,
            "If-None-Match: *",
            "If-Modified-Since: Fri, 02 Jan 2026 03:04:05 GMT",
            "If-Modified-Since: Sat, 03 Jan 2026 00:00:00 GMT"
        }) {
            var again = get("/a.txt", condition);
            assertThat(again.status()).as(condition).isEqualTo(304);
            assertThat(again.field("ETag")).contains(tag);
            assertThat(again.body()).isEmpty();
        }
        for (var condition : new String[] {
            "If-None-Match: \"other\"\r\nIf-Modified-Since: Sat, 03 Jan 2026 00:00:00 GMT",
            "If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT",
            "If-Modified-Since: yesterday"
        }) {
            assertThat(get("/a.txt", condition).status()).as(condition).isEqualTo(200);
        }
    }

    @Test
    void partsOfFilesAreSentByTheRules() throws IOException {
        write("a.txt", "0123456789");
        var tag = get("/a.txt").field("ETag").orElseThrow();

        var part = get("/a.txt", "Range: bytes=2-4", "Accept-Encoding: gzip");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.field("Content-Range")).contains("bytes 2-4/10");
        assertThat(get("/a.txt", "Range: bytes=7-").body()).isEqualTo("789");
        assertThat(get("/a.txt", "Range: bytes=-3").body()).isEqualTo("789");
        assertThat(get("/a.txt", "Range: bytes=5-100").body()).isEqualTo("56789");
        var none = get("/a.txt", "Range: bytes=10-");
        assertThat(none.status()).isEqualTo(416);
        assertThat(none.field("Content-Range")).contains("bytes */10");
        assertThat(get("/a.txt", "Range: bytes=0-1,3-4").body()).isEqualTo("0123456789");
        assertThat(get("/a.txt", "Range: lines=1-2").status()).isEqualTo(200);
        assertThat(get("/a.txt", "Range: bytes=2-4", "If-Range: " + tag).status())
                .isEqualTo(206);
        assertThat(get("/a.txt", "Range: bytes=2-4", "If-Range: \"old\"").status())
                .isEqualTo(200);
    }

    @Test
    void partsOfLargeFilesComeFromTheirPlace() throws IOException {
        write("large.bin", "0123456789".repeat(20_000));

        assertThat(get("/large.bin", "Range: bytes=100003-100006").body()).isEqualTo("3456");
        assertThat(get("/large.bin").body()).hasSize(200_000);
    }

    @Test
    void headTellsTheLengthAndSendsNothing() throws IOException {
        write("large.bin", "0123456789".repeat(20_000));
        try (var wire = edge.connect()) {
            for (var path : new String[] {"/", "/large.bin"}) {
                wire.send("HEAD " + path + " HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
                var head = new Wire.Message(wire.head(), "");
                assertThat(head.field("Content-Length")).isEqualTo(get(path).field("Content-Length"));
            }
            assertThat(wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n")
                            .message()
                            .body())
                    .isEqualTo(TEXT);
        }
    }

    @Test
    void namesThatChangeWithTheirContentAreKeptForever() throws IOException {
        for (var name : new String[] {
            "/main.3f2a1b9c.js", "/assets/index-DiwrgTda.css", "/main-5QZ7A3KD.js", "/main.8d3a3f9e.chunk.js"
        }) {
            write(name.substring(1), "x");
            assertThat(get(name).field("Cache-Control").orElseThrow()).as(name).contains("immutable");
        }
        for (var name : new String[] {
            "/bootstrap-datepicker.js",
            "/jquery-3.6.0.min.js",
            "/report-20240101.csv",
            "/index-DiwrgTda.css",
            "/a.deadbeef.js"
        }) {
            write(name.substring(1), "x");
            assertThat(get(name).field("Cache-Control")).as(name).contains("public, max-age=0, must-revalidate");
        }
    }

    @Test
    void aSinglePageApplicationAnswersWhereverAPersonGoes() throws IOException {
        singlePage();

        assertThat(get("/people/7", "Accept: text/html,*/*;q=0.8").body()).isEqualTo(TEXT);
        assertThat(get("/people/7", "Accept: */*").body()).isEqualTo(TEXT);
        assertThat(get("/people/7", "Accept: */*", "Sec-Fetch-Mode: navigate").body())
                .isEqualTo(TEXT);
        assertThat(get("/api/people", "Accept: */*", "Sec-Fetch-Mode: cors").status())
                .isEqualTo(404);
        assertThat(get("/api/people", "Accept: application/json").status()).isEqualTo(404);
        assertThat(get("/missing.js", "Accept: */*").status()).isEqualTo(404);
    }

    @Test
    void whatIsMissingGetsThePageForThat() throws IOException {
        assertThat(get("/nowhere").status()).isEqualTo(404);
        write("404.html", "not here");

        var missing = get("/nowhere", "If-None-Match: *", "Range: bytes=0-1");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("not here");
        assertThat(missing.field("Cache-Control")).contains("no-cache");
    }

    @Test
    void aFolderIsReadWithASlashAtItsEnd() throws IOException {
        write("docs/index.html", "the docs");
        write("a b/index.html", "blank");

        assertThat(get("/docs/").body()).isEqualTo("the docs");
        var moved = get("/docs?q=1");
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.field("Location")).contains("/docs/?q=1");
        assertThat(get("/a%20b").field("Location")).contains("/a%20b/");
        assertThat(get("//docs").field("Location")).contains("/docs/");
    }

    @Test
    void nothingOutsideTheFolderIsEverSeen() throws IOException {
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(site.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(site.resolve("up"), folder);
        for (var path : new String[] {
            "/../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/docs/..%2f..%2fsecret",
            "/link",
            "/up/secret",
            "/" + folder.resolve("secret"),
            "/%2f" + folder.resolve("secret").toString().substring(1),
            "/..%5csecret",
            "/secret%00.html",
            "/%c0%ae%c0%ae/secret",
            "/%"
        }) {
            var answer = get(path);
            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.body()).as(path).doesNotContain("secret");
        }
    }

    @Test
    void dotFilesAreNotSeenButThoseThatAreWellKnown() throws IOException {
        write(".env", "secret");
        write(".git/config", "secret");
        write("a/.b/c.txt", "secret");
        write(".well-known/security.txt", "contact");

        for (var path : new String[] {"/.env", "/.git/config", "/%2egit/config", "/a/.b/c.txt", "/.git"}) {
            assertThat(get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(get("/.well-known/security.txt").body()).isEqualTo("contact");
    }

    @Test
    void namesOfAllLanguagesAreFound() throws IOException {
        write("한글 +%.txt", "found");

        assertThat(get("/%ED%95%9C%EA%B8%80%20+%25.txt").body()).isEqualTo("found");
    }

    @Test
    void filesAreOnlyRead() throws IOException {
        var answer = ask("POST", "/", "Content-Length: 0");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.field("Allow")).contains("GET, HEAD");
    }

    @Test
    void aFileThatChangesIsShownAsItIsNow() throws Exception {
        var file = write("a.txt", "before");
        assertThat(get("/a.txt").body()).isEqualTo("before");
        Files.writeString(file, "afterwards");

        Rig.await("the new text", () -> {
            try {
                return get("/a.txt").body().equals("afterwards");
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void answersToManyRequestsAtOnceKeepTheirOrder() throws IOException {
        write("b.js", TEXT + "b");
        try (var wire = edge.connect()) {
            wire.send("GET /b.js HTTP/1.1\r\nHost: app.localhost\r\nAccept-Encoding: gzip\r\n\r\n"
                    + "GET /index.html HTTP/1.1\r\nHost: app.localhost\r\n\r\n"
                    + "GET /nowhere HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(wire.message().field("Content-Encoding")).contains("gzip");
            assertThat(wire.message().body()).isEqualTo(TEXT);
            assertThat(wire.message().status()).isEqualTo(404);
        }
    }
}
