package dev.johwa.watch.log;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Tools;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Tasks;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.komamitsu.fluency.EventTime;
import org.komamitsu.fluency.fluentd.FluencyBuilderForFluentd;

/// Clients of the forward protocol that others wrote.
class ForwardClientsTest {
    private final Tasks tasks = new Tasks();
    private LogStore store;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = new LogStore(folder.resolve("kept"), new SystemClock(), 64 << 20, (app, line) -> line);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        tasks.close();
    }

    private ForwardPort start(Optional<Path> keys) {
        var any = new InetSocketAddress("127.0.0.1", 0);
        return ForwardPort.open(ForwardPort.Opening.read(any, keys, Optional.empty()), store, new SystemClock(), tasks);
    }

    private List<LogLine> lines(String tag) {
        return store.find(LogSearch.last("shop", "production", 10_000).with(new Term.Field("tag", tag)));
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(LogLine::text).toList();
    }

    private static void run(List<String> argv) throws Exception {
        var process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).describedAs(said).isZero();
    }

    @Test
    void fluentLoggerOfPython() throws Exception {
        try (var port = start(Optional.empty())) {
            run(List.of(
                    Tools.file("fluent/python/bin/python").toString(),
                    "src/test/resources/fluent/emit.py",
                    ForwardClient.host(port.address()),
                    String.valueOf(ForwardClient.port(port.address()))));
            eventually(() -> lines("shop.python").size() == 2);
        }
        var lines = lines("shop.python");
        assertThat(texts(lines)).containsExactly("long ago", "from python");
        assertThat(lines.getFirst().at()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 500_000_000));
        assertThat(Fields.of(lines.getFirst())).isEqualTo(Map.of("deep", Map.of("list", List.of(1, "two"))));
        assertThat(Fields.of(lines.get(1)))
                .containsEntry("number", 3)
                .containsEntry("real", 1.5)
                .containsEntry("ok", true)
                .containsEntry("none", null);
    }

    @Test
    void fluentOrgLoggerOfNode() throws Exception {
        var keys = Files.writeString(folder.resolve("keys"), "the shared key\nann:a password\n");
        var module = Tools.file("fluent/node/node_modules/@fluent-org/logger").toString();
        for (var known : List.of(Optional.<Path>empty(), Optional.of(keys))) {
            try (var port = start(known)) {
                var argv = new ArrayList<>(List.of("node", "src/test/resources/fluent/emit.js", module));
                argv.addAll(List.of(
                        ForwardClient.host(port.address()), String.valueOf(ForwardClient.port(port.address()))));
                known.ifPresent(file -> argv.addAll(List.of("the shared key", "ann", "a password")));
                run(argv);
            }
        }
        var modes = List.of("Message", "Forward", "PackedForward", "CompressedPackedForward");
        var expected = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            modes.forEach(mode -> expected.add(mode + " from node"));
        }
        // It was told of each that it is kept before it ended.
        assertThat(texts(lines("shop.node"))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(Fields.of(lines("shop.node").getFirst())).isEqualTo(Map.of("number", 7));
    }

    @Test
    void fluencyOfJava() throws Exception {
        var builder = new FluencyBuilderForFluentd();
        builder.setAckResponseMode(true);
        try (var port = start(Optional.empty())) {
            var host = ForwardClient.host(port.address());
            try (var fluency = builder.build(host, ForwardClient.port(port.address()))) {
                for (int i = 0; i < 1000; i++) {
                    fluency.emit(
                            "shop.java",
                            EventTime.fromEpoch(1_700_000_000, i),
                            Map.of("message", "number " + i, "i", i));
                }
                fluency.flush();
            }
        }
        var lines = lines("shop.java");
        assertThat(lines).hasSize(1000);
        assertThat(lines.get(7).text()).isEqualTo("number 7");
        assertThat(lines.get(7).at()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 7));
        assertThat(Fields.of(lines.get(7))).isEqualTo(Map.of("i", 7));
    }
}
