package dev.johwa.lib.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A socket at which something answers as it was told, once a connection.
class WireTest {
    private static final String VERSION = answer("{\"ApiVersion\":\"1.43\",\"MinAPIVersion\":\"1.12\"}");

    private Path socket;
    private ServerSocketChannel server;
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        socket = Files.createTempDirectory("johwa-wire").resolve("s");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        Files.delete(socket.getParent());
    }

    private static String answer(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private Wire answering(String... answers) {
        Thread.ofVirtual().start(() -> {
            for (var answer : answers) {
                try (var connection = server.accept()) {
                    var heard = ByteBuffer.allocate(4096);
                    connection.read(heard);
                    synchronized (asked) {
                        asked.add(new String(heard.array(), 0, heard.position(), StandardCharsets.UTF_8));
                    }
                    if (answer.equals("silence")) {
                        connection.read(heard);
                    }
                    connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    return;
                }
            }
        });
        return new Wire(socket);
    }

    private static String problem(Runnable work) {
        return catchThrowableOfType(ProblemException.class, work::run).problem().code();
    }

    @Test
    void theNewestVersionThatBothKnowIsSpoken() {
        var wire = answering(VERSION, answer("{\"a\":1}"));
        assertThat(wire.tree(Call.get("/info").with("q", "a b&c")).path("a").asInt(0))
                .isEqualTo(1);
        assertThat(asked.get(1)).startsWith("GET /v1.41/info?q=a%20b%26c HTTP/1.1\r\n");
    }

    @Test
    void anEngineThatGaveUpOurVersionIsSpokenToInItsOldest() {
        var wire = answering(answer("{\"ApiVersion\":\"1.52\",\"MinAPIVersion\":\"1.44\"}"), answer("{}"));
        wire.act(Call.get("/info"));
        assertThat(asked.get(1)).startsWith("GET /v1.44/info ");
    }

    @Test
    void anEngineThatIsTooOldIsTold() {
        var wire = answering(answer("{\"ApiVersion\":\"1.20\"}"));
        assertThat(problem(() -> wire.act(Call.get("/info")))).isEqualTo("docker.too-old");
    }

    @Test
    void anAnswerInChunksIsRead() {
        var wire = answering(
                VERSION, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n3\r\n:2}\r\n0\r\n\r\n");
        assertThat(wire.tree(Call.get("/x")).path("a").asInt(0)).isEqualTo(2);
    }

    @Test
    void nothingIsNoFailureWhereNothingIsSaid() {
        var wire = answering(VERSION, "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\n\r\n");
        wire.act(Call.post("/containers/x/start"));
        wire.act(Call.post("/containers/x/start"));
    }

    @Test
    void whatIsMissingIsEmptyOrAProblem() {
        var missing = "HTTP/1.1 404 Not Found\r\nContent-Length: 21\r\n\r\n{\"message\":\"no such\"}";
        var wire = answering(VERSION, missing, missing);
        assertThat(wire.find(Call.get("/x"))).isEmpty();
        assertThat(problem(() -> wire.act(Call.get("/x")))).isEqualTo("docker.missing");
    }

    @Test
    void anAnswerThatBreaksOffIsTold() {
        var wire = answering(VERSION, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "", "garbage\r\n\r\n");
        for (int i = 0; i < 3; i++) {
            assertThat(problem(() -> wire.act(Call.get("/x")))).isEqualTo("docker.broken");
        }
    }

    @Test
    void nobodyWaitsForEver() {
        var wire = answering(VERSION, "silence");
        assertThat(problem(() -> wire.act(Call.get("/x").within(Duration.ofMillis(100)))))
                .isEqualTo("docker.late");
    }

    /// Of a busy Podman `/info` is late by seconds, and it was taken for missing.
    @Test
    void anEngineIsThereWhenItAnswersAPing() {
        var ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK";
        answering(VERSION, ok, "HTTP/1.1 500 Error\r\nContent-Length: 0\r\n\r\n");
        var engine = new Engine(socket);
        assertThat(engine.trouble()).isEmpty();
        assertThat(engine.trouble()).isPresent();
        assertThat(asked).hasSize(3).last().asString().startsWith("GET /v1.41/_ping ");
    }

    @Test
    void aFullDiskIsToldAsThat() {
        var full = "{\"message\":\"write /x: no space left on device\"}";
        var wire = answering(VERSION, "HTTP/1.1 500 Error\r\nContent-Length: " + full.length() + "\r\n\r\n" + full);
        assertThat(problem(() -> wire.act(Call.get("/x")))).isEqualTo("docker.no-space");
    }

    @Test
    void noWordBecomesALineOfTheHead() {
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> Call.get("/x").field("X-Registry-Auth", "a\r\nHost: b")))
                .isNotNull();
        assertThat(Call.encoded("../a b?c#d\r\n")).isEqualTo("../a%20b%3Fc%23d%0D%0A");
        assertThat(new Credential("r", "u", "secret").toString()).doesNotContain("secret");
        assertThat(Call.get("/x").filtered(Map.of("a", "b", "c", "")).head("")).doesNotContain("\n\n");
    }
}
