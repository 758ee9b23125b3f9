package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Mutations;
import dev.johwa.source.git.GitClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers, and pushers who mean no good, send to the server's own port, byte by byte.
class HostileRequestsTest {
    private static final int BODIES = Integer.getInteger("johwa.fuzz", 1) * 40;
    private static final long SEED = Long.getLong("johwa.seed", 5);

    private static GitDoor door;
    private static GitClient work;
    private static Path server;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        server = Files.createDirectories(folder.resolve("server"));
        door = new GitDoor(server);
        work = GitClient.init(folder.resolve("work"));
        work.commit("one", "1");
        work.run("push", "-q", door.url("shop"), "main").ok();
    }

    @AfterAll
    static void close() {
        // Whatever came before: the server serves, and the repository is whole.
        assertThat(work.run("ls-remote", door.url("shop"), "main").line()).startsWith(work.head());
        assertThat(work.run("-C", door.bare("shop").toString(), "-c", "safe.directory=*", "fsck", "--strict")
                        .status())
                .isZero();
        door.close();
    }

    private static String authorization() {
        var pair = ("johwa:" + door.token).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair) + "\r\n";
    }

    /// All that the server says until it ends the connection.
    private static String said(byte[] request) throws IOException {
        try (var socket = new Socket("127.0.0.1", door.port())) {
            socket.setSoTimeout(60_000);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (IOException e) {
                // It has heard enough; what it said is there to read.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException e) {
            return "";
        }
    }

    private static String said(String request) throws IOException {
        return said(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/-/assets/../../secrets.key",
                "/-/assets/%2e%2e%2f%2e%2e%2fsecrets.key",
                "/-/assets/%252e%252e%252fsecrets.key",
                "/-/assets/..%5c..%5csecrets.key",
                "/-/assets/..\\..\\secrets.key",
                "/-/assets/%00",
                "/-/assets/..;/..;/secrets.key",
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "//etc/passwd",
                "/.git/config",
                "/shop.git/config",
                "/shop.git/../../johwa.db",
                "/shop.git/..%2f..%2fjohwa.db",
                "/shop.git/objects/..%2f..%2f..%2fjohwa.db",
                "/..%2fshop.git/info/refs?service=git-upload-pack",
                "/%2e%2e%2fgit%2fshop.git/info/refs?service=git-upload-pack",
                "/shop.git%00.git/info/refs?service=git-upload-pack",
                "/shop.git/info/refs?service=git-upload-pack%00",
                "/shop.git/info/refs?service=../../bin/sh",
                "/schema/..%2f..%2fjohwa.db",
                "/api/v1/hooks/..%2f..%2fx",
                "/api/v1/projects/%2e%2e/apps"
            })
    void noPathLeavesWhatItNames(String path) throws IOException {
        var answer = said("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + authorization() + "\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (30[0-9]|4[0-9][0-9]) .*");
        assertThat(answer).doesNotContain("SQLite", "root:", "[core]", "refs/heads");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "X-A: 1\r\n Transfer-Encoding: chunked\r\n",
                "X-A: 1\0\r\n",
                "X(A): 1\r\n",
                "nonsense\r\n",
                "Host: other\r\n"
            })
    void whatTwoReadInTwoWaysIsRefusedAndNothingBehindItIsHeard(String fields) throws IOException {
        var answer = said("POST /healthz HTTP/1.1\r\nHost: x\r\n" + fields
                + "\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("alive");
    }

    @Test
    void aHostThatSomebodyMadeUpIsInNoAddressThatOthersSee() throws IOException {
        var answer = said("GET /login HTTP/1.1\r\nHost: evil.example\"><script>\r\nConnection: close\r\n\r\n");
        assertThat(answer).doesNotContain("<script>\r", "evil.example\">");
        var sent = said("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(sent).doesNotContainIgnoringCase("location: http");
    }

    private static byte[] push(String ref, String commit, byte[] pack) throws IOException {
        var line = "0".repeat(40) + " " + commit + " " + ref + "\0 report-status";
        var body = new ByteArrayOutputStream();
        body.write("%04x%s0000".formatted(line.length() + 4, line).getBytes(StandardCharsets.UTF_8));
        body.write(pack);
        return body.toByteArray();
    }

    private static byte[] pack() throws IOException {
        var ids = Files.writeString(work.folder().resolve("../ids"), work.head() + "\n");
        var process = new ProcessBuilder("git", "pack-objects", "--stdout", "-q", "--revs")
                .directory(work.folder().toFile())
                .redirectInput(ids.toFile())
                .start();
        return process.getInputStream().readAllBytes();
    }

    private static String post(String service, byte[] body, String more) throws IOException {
        var head = "POST /shop.git/" + service + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + authorization()
                + "Content-Type: application/x-" + service + "-request\r\n" + more + "Content-Length: " + body.length
                + "\r\n\r\n";
        var request = new ByteArrayOutputStream();
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        return said(request.toByteArray());
    }

    @Test
    void aRefThatIsNoNameIsNotMadeAndNothingLiesOutsideOfRefs() throws IOException {
        var before = names(door.bare("shop"));
        var pack = pack();
        var bad = new ArrayList<>(List.of(
                "refs/heads/../../evil",
                "refs/heads/../../../johwa.db",
                "refs/../config",
                "../config",
                "/etc/evil",
                "config",
                "objects/evil",
                "hooks/post-receive",
                "refs/heads/.evil",
                "refs/heads/evil.lock",
                "refs/heads/evil..x",
                "refs/heads/evil~1",
                "refs/heads/evil^",
                "refs/heads/evil:x",
                "refs/heads/evil x",
                "refs/heads/evil\\x",
                "refs/heads/evil\u001B[2J",
                "refs/heads/evil\nx",
                "refs/heads/evil//x",
                "refs/heads/evil/",
                "refs/heads/evil@{0}",
                "refs/heads/",
                ""));
        bad.add("refs/heads/" + "evil/".repeat(5_000) + "x");
        bad.add("refs/heads/" + "e".repeat(60_000));
        for (var ref : bad) {
            var answer = post("git-receive-pack", push(ref, work.head(), pack), "");
            assertThat(answer).as(ref).startsWith("HTTP/1.1 ").doesNotContain("HTTP/1.1 5", "\u001B");
            assertThat(answer).as(ref).doesNotContainPattern("ok refs/heads/(evil|e{9})");
        }
        assertThat(work.run("ls-remote", door.url("shop")).ok().text()).doesNotContain("evil", "eeee");
        assertThat(names(door.bare("shop"))).containsAll(before).noneMatch(name -> name.contains("evil"));
        assertThat(names(server)).noneMatch(name -> name.contains("evil"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void linesThatAreNoProtocolAreAnswered() throws IOException {
        var push = new String(push("refs/heads/fuzz", work.head(), pack()), StandardCharsets.ISO_8859_1);
        var fetch = "0032want " + work.head() + "\n00000009done\n";
        var version2 = "0014command=ls-refs\n0016object-format=sha1\n00010009peel\n000csymrefs\n0000";
        var texts = new Mutations(
                SEED, List.of(push, fetch, version2, "0000", "0001", "0002", "0003", "0004", "ffff", "-001"));
        for (int i = 0; i < BODIES; i++) {
            var body = texts.next().getBytes(StandardCharsets.ISO_8859_1);
            var service = i % 2 == 0 ? "git-receive-pack" : "git-upload-pack";
            var more = i % 4 == 1 ? "Git-Protocol: version=2\r\n" : i % 8 == 2 ? "Content-Encoding: gzip\r\n" : "";
            assertThat(post(service, body, more))
                    .as("seed %d, body %d of %s", SEED, i, service)
                    .startsWith("HTTP/1.1 ")
                    .doesNotContain("HTTP/1.1 5");
        }
    }

    @Test
    void aBombIsCutOffBeforeItBursts() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bomb)) {
            // Lines that git reads and forgets: 75 MiB of them in some KiB.
            var lines = ("0032have " + "1".repeat(40) + "\n").repeat(5_000).getBytes(StandardCharsets.US_ASCII);
            zip.write(("0032want " + work.head() + "\n0000").getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 300; i++) {
                zip.write(lines);
            }
        }
        assertThat(bomb.size()).isLessThan(2 << 20);
        assertThat(post("git-upload-pack", bomb.toByteArray(), "Content-Encoding: gzip\r\n"))
                .startsWith("HTTP/1.1 ");
        // What says that it is packed is read as it is where nothing unpacks.
        var api = said("POST /api/v1/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: gzip\r\n"
                + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n" + "\u001f\u008b".repeat(10));
        assertThat(api).startsWith("HTTP/1.1 4");
    }

    @Test
    void aStrangersFormIsSmall() throws IOException {
        var form = "to=" + "x".repeat(100_000);
        assertThat(said("POST /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + form.length()
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + form))
                .startsWith("HTTP/1.1 413");
    }
}
