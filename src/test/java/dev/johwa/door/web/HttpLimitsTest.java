package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.source.git.GitClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests without end, without an end, or without haste, byte by byte.
class HttpLimitsTest {
    private static final long TEN_GIGABYTES = 10L << 30;

    @TempDir
    Path folder;

    private GitDoor door;
    private GitClient work;

    @BeforeEach
    void open() throws IOException {
        door = new GitDoor(Files.createDirectories(folder.resolve("server")));
        work = GitClient.init(folder.resolve("work"));
        work.commit("one", "1");
        work.run("push", "-q", door.url("shop"), "main").ok();
    }

    @AfterEach
    void close() {
        // Whatever came before: the server serves.
        assertThat(work.run("ls-remote", door.url("shop"), "main").line()).startsWith(work.head());
        door.close();
    }

    private String head(String path, String... fields) {
        var basic = Base64.getEncoder().encodeToString(("johwa:" + door.token).getBytes(StandardCharsets.UTF_8));
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + basic + "\r\n"
                + String.join("\r\n", fields) + "\r\n\r\n";
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", door.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /// The status line of the answer, while the body goes on in chunks until the server has enough.
    private String endless(String head) throws IOException {
        try (var socket = connect()) {
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.UTF_8));
            var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.UTF_8);
            try {
                for (int i = 0; i < 2000 && socket.getInputStream().available() == 0; i++) {
                    out.write(chunk);
                }
            } catch (IOException e) {
                // The server has closed its ears; what it said before is there to read.
            }
            return line(socket);
        }
    }

    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\n';
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop.git/git-receive-pack", "/shop.git/git-upload-pack"})
    void aBodyOfTenGigabytesIsRefusedBeforeItComes(String path) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream()
                    .write(head(path, "Content-Length: " + TEN_GIGABYTES).getBytes(StandardCharsets.UTF_8));

            assertThat(line(socket)).contains(" 413 ");
        }
    }

    @Test
    void anEndlessQuestionIsCutOff() throws IOException {
        var answer = endless(head("/shop.git/git-upload-pack", "Transfer-Encoding: chunked"));

        // Git itself ends at the first byte that is no line of its protocol.
        assertThat(answer).containsAnyOf(" 200 ", " 413 ", " 400 ");
    }

    @Test
    void anEndlessPushOfNoiseIsCutOff() throws IOException {
        assertThat(endless(head("/shop.git/git-receive-pack", "Transfer-Encoding: chunked")))
                .containsAnyOf(" 200 ", " 400 ", " 413 ");
        assertThat(door.packs("shop")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 10737418240"})
    void anEndlessBodyOfTheApiIsTooLarge(String length) throws IOException {
        assertThat(endless(head("/api/v1/tokens", "Content-Type: application/json", length)))
                .contains(" 413 ");
    }

    @Test
    void halfARequestLeavesNothing() throws IOException {
        for (var path : new String[] {"/shop.git/git-receive-pack", "/shop.git/git-upload-pack", "/api/v1/tokens"}) {
            try (var socket = connect()) {
                socket.getOutputStream()
                        .write((head(path, "Content-Length: 1000") + "00").getBytes(StandardCharsets.UTF_8));
            }
        }
        Wait.eventually(() -> children(door.bare("shop").resolve("objects")).stream()
                .noneMatch(name -> name.startsWith("incoming_")));
        assertThat(door.pushes).hasSize(1);
    }

    private static List<String> children(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            return List.of("incoming_unknown");
        }
    }

    @Test
    void manyWhoSendTheirHeadersSlowlyHoldNobodyUp() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 300; i++) {
                var socket = connect();
                slow.add(socket);
                socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nX-".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(work.run("ls-remote", door.url("shop")).ok().text()).contains("refs/heads/main");
            for (var socket : slow) {
                socket.getOutputStream().write('a');
            }
            assertThat(work.run("ls-remote", door.url("shop")).ok().text()).contains("refs/heads/main");
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void manyPushesThatPauseHoldNobodyUp() throws IOException {
        var slow = new ArrayList<Socket>();
        var command = "0".repeat(40) + " " + "1".repeat(40) + " refs/heads/slow\0 report-status";
        var start = "%04x%s0000PACK".formatted(command.length() + 4, command);
        try {
            for (int i = 0; i < 12; i++) {
                var socket = connect();
                slow.add(socket);
                socket.getOutputStream()
                        .write((head("/shop.git/git-receive-pack", "Content-Length: 1000000") + start)
                                .getBytes(StandardCharsets.UTF_8));
            }
            Wait.eventually(() -> children(door.bare("shop").resolve("objects")).stream()
                            .filter(name -> name.startsWith("incoming_"))
                            .count()
                    == slow.size());
            assertThat(work.run("ls-remote", door.url("shop")).ok().text()).contains("refs/heads/main");
            work.run("push", "-q", door.url("shop"), "main:quick").ok();
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aHeaderWithoutEndIsRefused() throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream()
                    .write(("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(64 * 1024))
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(line(socket)).contains(" 431 ");
        }
    }
}
