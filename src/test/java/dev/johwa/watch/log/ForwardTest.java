package dev.johwa.watch.log;

import static dev.johwa.Wait.eventually;
import static dev.johwa.watch.log.ForwardClient.event;
import static dev.johwa.watch.log.ForwardClient.events;
import static dev.johwa.watch.log.ForwardClient.gzip;
import static dev.johwa.watch.log.ForwardClient.host;
import static dev.johwa.watch.log.ForwardClient.packedForward;
import static dev.johwa.watch.log.ForwardClient.port;
import static dev.johwa.watch.log.ForwardClient.zstd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.TestCertificate;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
    private static final long THEN = 1_700_000_000;

    private final Tasks tasks = new Tasks();
    private final List<ForwardPort> ports = new ArrayList<>();
    private LogStore store;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = new LogStore(
                folder.resolve("kept"), new SystemClock(), 64 << 20, (app, line) -> line.replace("hunter2", "***"));
    }

    @AfterEach
    void close() throws Exception {
        ports.forEach(ForwardPort::close);
        store.close();
        tasks.close();
    }

    private String start() {
        return start(new ForwardPort.Opening(ANY, Optional.empty(), Optional.empty()));
    }

    private String start(ForwardPort.Opening opening) {
        var port = ForwardPort.open(opening, store, new SystemClock(), tasks);
        ports.add(port);
        return port.address();
    }

    private List<LogLine> lines() {
        return store.find(LogSearch.last("shop", "production", 1000));
    }

    private List<String> texts() {
        return lines().stream().map(LogLine::text).toList();
    }

    @Test
    void takesEveryMode() throws Exception {
        try (var client = new ForwardClient(start())) {
            client.send(packer -> {
                packer.packArrayHeader(4).packString("shop.a").packLong(THEN).packMapHeader(1);
                packer.packString("message")
                        .packString("one")
                        .packMapHeader(1)
                        .packString("chunk")
                        .packString("c1\n");
            });
            assertThat(client.acknowledged()).isEqualTo("c1\n");
            client.send(packer -> {
                packer.packArrayHeader(3).packString("shop").packArrayHeader(2);
                event(packer, THEN + 1, "two");
                event(packer, THEN + 2, "three");
                packer.packMapHeader(2)
                        .packString("size")
                        .packInt(2)
                        .packString("chunk")
                        .packString("c2");
            });
            assertThat(client.acknowledged()).isEqualTo("c2");
            client.send(packedForward("shop", events(THEN + 3, "four", "five"), true, Map.of("chunk", "c3")));
            client.send(packedForward("shop", events(THEN + 4, "six"), false, Map.of("chunk", "c4")));
            var parts = gzip(events(THEN + 5, "seven"), events(THEN + 5, "eight"));
            client.send(packedForward("shop", parts, true, Map.of("compressed", "gzip", "chunk", "c5")));
            var others = zstd(events(THEN + 6, "nine"), events(THEN + 6, "ten"));
            client.send(packedForward("shop", others, false, Map.of("compressed", "zstd", "chunk", "c6")));
            for (int i = 3; i <= 6; i++) {
                assertThat(client.acknowledged()).isEqualTo("c" + i);
            }
        }
        assertThat(texts())
                .containsExactly("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
        assertThat(lines().getFirst().source()).isEqualTo(LogSource.ofTag("shop.a", "forward"));
    }

    @Test
    void keepsTypesAndNanoseconds() throws Exception {
        var time = ByteBuffer.allocate(8).putInt((int) THEN).putInt(123_456_789).array();
        try (var client = new ForwardClient(start())) {
            client.send(packer -> {
                packer.packNil();
                packer.packArrayHeader(3)
                        .packString("shop.web")
                        .packArrayHeader(1)
                        .packArrayHeader(2);
                // Of Fluent Bit: the time, and what is known beside.
                packer.packArrayHeader(2)
                        .packExtensionTypeHeader((byte) 0, 8)
                        .writePayload(time)
                        .packMapHeader(0);
                packer.packMapHeader(8).packString("log").packString("said\n");
                packer.packString("n").packLong(Long.MAX_VALUE).packString("r").packDouble(0.1);
                packer.packString("b").packBoolean(true).packString("z").packNil();
                packer.packString("l").packArrayHeader(2).packInt(-1).packString("x");
                packer.packString("source")
                        .packString("stderr")
                        .packString("key")
                        .packString("hunter2");
                packer.packMapHeader(1).packString("chunk").packString("c");
            });
            client.acknowledged();
        }
        var line = lines().getFirst();
        assertThat(line.at()).isEqualTo(Instant.ofEpochSecond(THEN, 123_456_789));
        assertThat(line.text()).isEqualTo("said");
        assertThat(line.source().stream()).isEqualTo("err");
        var fields = Fields.of(line);
        assertThat(fields)
                .containsEntry("n", Long.MAX_VALUE)
                .containsEntry("r", 0.1)
                .containsEntry("b", true)
                .containsEntry("z", null)
                .containsEntry("l", List.of(-1, "x"))
                .containsEntry("key", "***");
    }

    @Test
    void keepsAChunkOnceWhoeverSendsItAgain() throws Exception {
        var address = start();
        var message = packedForward("shop", events(THEN, "once"), true, Map.of("chunk", "same"));
        for (int i = 0; i < 2; i++) {
            try (var client = new ForwardClient(address)) {
                client.send(message);
                client.send(message);
                assertThat(client.acknowledged()).isEqualTo("same");
                assertThat(client.acknowledged()).isEqualTo("same");
            }
        }
        store.close();
        store = new LogStore(folder.resolve("kept"), new SystemClock(), 64 << 20, (app, line) -> line);
        try (var client = new ForwardClient(start())) {
            client.send(message);
            assertThat(client.acknowledged()).isEqualTo("same");
        }
        assertThat(texts()).containsExactly("once");
    }

    @Test
    void keepsNothingOfWhatCannotBeUnderstood() throws Exception {
        var address = start();
        var whole = events(THEN, "cut", "off");
        var bomb = gzip(new byte[33 << 20]);
        var bad = List.of(
                packedForward("shop", new byte[] {1, 2}, true, Map.of("chunk", "c", "compressed", "gzip")),
                packedForward("shop", java.util.Arrays.copyOf(whole, whole.length - 1), true, Map.of("chunk", "c")),
                packedForward("shop", whole, true, Map.of("chunk", "c", "compressed", "lzma")),
                packedForward("shop", bomb, true, Map.of("chunk", "c", "compressed", "gzip")),
                packedForward("shop", zstd(new byte[33 << 20]), true, Map.of("chunk", "c", "compressed", "zstd")),
                packedForward(".shop", whole, true, Map.of("chunk", "c")),
                // A text of two billion bytes, a list of two billion things, and lists in lists for ever.
                new byte[] {(byte) 0x92, (byte) 0xdb, 0x7f, -1, -1, -1},
                new byte[] {(byte) 0x92, (byte) 0xa1, 'a', (byte) 0xdd, 0x7f, -1, -1, -1, 1, 1, 1},
                deep(),
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                "[1, 2, 3]".getBytes(StandardCharsets.US_ASCII),
                "{\"a\":".getBytes(StandardCharsets.US_ASCII));
        for (var message : bad) {
            try (var client = new ForwardClient(address)) {
                client.send(message);
                client.endOfWords();
                assertThat(client.isHungUp()).isTrue();
            }
        }
        assertThat(lines()).isEmpty();
        // Records that are none are left out of those that are.
        try (var client = new ForwardClient(address)) {
            client.send(packer -> {
                packer.packArrayHeader(3).packString("shop").packArrayHeader(4).packInt(1);
                packer.packArrayHeader(2).packLong(THEN).packString("no map").packArrayHeader(0);
                event(packer, THEN, "a record");
                packer.packMapHeader(1).packString("chunk").packString("kept");
            });
            assertThat(client.acknowledged()).isEqualTo("kept");
        }
        assertThat(texts()).containsExactly("a record");
    }

    private static byte[] deep() {
        var deep = new byte[1000];
        java.util.Arrays.fill(deep, (byte) 0x91);
        return ByteBuffer.allocate(deep.length + 4)
                .put(new byte[] {(byte) 0x93, (byte) 0xa1, 'a', 1})
                .put(deep)
                .array();
    }

    @Test
    void takesJsonOneValueAfterTheOther() throws Exception {
        try (var client = new ForwardClient(start())) {
            client.send("[\"shop.j\",1700000000.5,{\"message\":\"one\",\"n\":1},{\"chunk\":\"c\"}]"
                    .getBytes(StandardCharsets.UTF_8));
            eventually(() -> texts().equals(List.of("one")));
            client.send("[\"shop\",[[1700000001,{\"log\":\"two\"}],[1700000002,{\"message\":\"three\"}]]]"
                    .getBytes(StandardCharsets.UTF_8));
            eventually(() -> texts().equals(List.of("one", "two", "three")));
        }
        assertThat(lines().getFirst().at()).isEqualTo(Instant.ofEpochSecond(THEN, 500_000_000));
        assertThat(Fields.of(lines().getFirst())).isEqualTo(Map.of("n", 1));
    }

    @Test
    void asksWhoAClientIs() throws Exception {
        var keys = Files.writeString(folder.resolve("keys"), "the shared key\nann:a pass:word\n\nbob:other\n");
        var certificate = TestCertificate.make(folder, "server", "EC", "localhost");
        var both = Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(certificate.chain()) + Files.readString(certificate.key()));
        var address = start(ForwardPort.Opening.read(ANY, Optional.of(keys), Optional.of(both)));
        var trusting = TestCertificate.trusting(certificate.chain());
        try (var client = new ForwardClient(address, trusting)) {
            assertThat(client.greet("the shared key", "ann", "a pass:word")).isTrue();
            client.send(packedForward("shop", events(THEN, "known"), true, Map.of("chunk", "c")));
            assertThat(client.acknowledged()).isEqualTo("c");
        }
        for (var who : List.of(
                List.of("another key", "ann", "a pass:word"),
                List.of("the shared key", "ann", "other"),
                List.of("the shared key", "eve", ""))) {
            try (var client = new ForwardClient(address, trusting)) {
                assertThat(client.greet(who.get(0), who.get(1), who.get(2))).isFalse();
                assertThat(client.isHungUp()).isTrue();
            }
        }
        // Who says something else than who it is.
        try (var client = new ForwardClient(address, trusting)) {
            client.send(packedForward("shop", events(THEN, "stranger"), true, Map.of("chunk", "c")));
            client.answers().unpackValue();
            assertThat(client.isHungUp()).isTrue();
        }
        assertThat(texts()).containsExactly("known");
    }

    @Test
    void whoFallsSilentInTheHandshakeIsHungUpOn() throws Exception {
        var keys = Files.writeString(folder.resolve("keys"), "the shared key\n");
        var clock = new FakeClock(Instant.now());
        var port = ForwardPort.open(
                ForwardPort.Opening.read(ANY, Optional.of(keys), Optional.empty()), store, clock, tasks);
        ports.add(port);
        try (var known = new ForwardClient(port.address());
                var silent = new ForwardClient(port.address());
                var halfway = new ForwardClient(port.address())) {
            assertThat(known.greet("the shared key", "", "")).isTrue();
            for (var client : List.of(silent, halfway)) {
                assertThat(client.answers().unpackValue().toString()).contains("HELO");
            }
            halfway.send(packer -> packer.packArrayHeader(6).packString("PING").packString("client"));
            clock.advance(Duration.ofSeconds(9));
            // Deadlines are looked at each second.
            assertThat(silent.isHungUpWithin(Duration.ofSeconds(3))).isFalse();
            clock.advance(Duration.ofSeconds(2));
            assertThat(silent.isHungUp()).isTrue();
            assertThat(halfway.isHungUp()).isTrue();
            // Who is known may be silent for as long as it likes.
            clock.advance(Duration.ofHours(1));
            assertThat(known.isHungUpWithin(Duration.ofSeconds(3))).isFalse();
            known.send(packedForward("shop", events(THEN, "late"), true, Map.of("chunk", "c")));
            assertThat(known.acknowledged()).isEqualTo("c");
        }
        assertThat(texts()).containsExactly("late");
    }

    @Test
    void saysWhatIsWrongWithItsFiles() throws Exception {
        var empty = Files.writeString(folder.resolve("empty"), "\n");
        var wrong = Files.writeString(folder.resolve("wrong"), "key\nnobody\n");
        assertThatThrownBy(() -> ForwardPort.Opening.read(ANY, Optional.of(empty), Optional.empty()))
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> ForwardPort.Opening.read(ANY, Optional.of(wrong), Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("line 2 names no user");
        assertThatThrownBy(() -> ForwardPort.Opening.read(ANY, Optional.empty(), Optional.of(wrong)))
                .hasMessageContaining("holds no certificate");
    }

    private static byte[] numbered(int number) {
        var chunk = "c".repeat(4000) + number;
        return packedForward("shop", events(THEN, "line " + number), true, Map.of("chunk", chunk));
    }

    private int kept() {
        return store.find(LogSearch.last("shop", "production", 10_000)).size();
    }

    /// Its own words wait too then, in buffers of the system.
    @Test
    void whoNeverReadsWhatIsKeptIsHungUpOnAndSlowsNobody() throws Exception {
        var clock = new FakeClock(Instant.now());
        var port =
                ForwardPort.open(new ForwardPort.Opening(ANY, Optional.empty(), Optional.empty()), store, clock, tasks);
        ports.add(port);
        try (var deaf = ForwardClient.deaf(port.address());
                var other = new ForwardClient(port.address())) {
            var talk = tasks.call("deaf", () -> {
                for (int i = 0; ; i++) {
                    deaf.send(numbered(i));
                }
            });
            var before = new int[2];
            eventually(() -> {
                int now = kept();
                before[1] = now == before[0] && now > 0 ? before[1] + 1 : 0;
                before[0] = now;
                return before[1] > 50;
            });
            int kept = kept();
            other.send(packedForward("shop", events(THEN + 1, "of another"), true, Map.of("chunk", "other")));
            assertThat(other.acknowledged()).isEqualTo("other");

            clock.advance(Duration.ofSeconds(119));
            // Deadlines are looked at each second.
            assertThat(other.isHungUpWithin(Duration.ofSeconds(3))).isFalse();
            assertThat(talk.isDone()).isFalse();
            clock.advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> talk.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);

            // Whose acknowledgement nobody read is kept, and known when it comes again.
            other.send(numbered(kept - 1));
            assertThat(other.acknowledged()).endsWith("c" + (kept - 1));
            assertThat(kept()).isEqualTo(kept + 1);
        }
        var numbers = store.find(LogSearch.last("shop", "production", 10_000)).stream()
                .map(LogLine::text)
                .filter(text -> text.startsWith("line "))
                .toList();
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo("line " + i);
        }
    }

    @Test
    void aChunkHasAShortName() throws Exception {
        try (var client = new ForwardClient(start())) {
            client.send(packedForward("shop", events(THEN, "one"), true, Map.of("chunk", "c".repeat(4097))));
            assertThat(client.isHungUp()).isTrue();
        }
        assertThat(texts()).isEmpty();
    }

    @Test
    void answersHeartbeats() throws Exception {
        var address = start();
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(10_000);
            socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName(host(address)), port(address)));
            var answer = new DatagramPacket(new byte[8], 8);
            socket.receive(answer);
            assertThat(answer.getLength()).isEqualTo(1);
            assertThat(answer.getData()[0]).isZero();
        }
    }
}
