package dev.johwa.watch.log;

import static dev.johwa.watch.log.ForwardClient.events;
import static dev.johwa.watch.log.ForwardClient.gzip;
import static dev.johwa.watch.log.ForwardClient.packedForward;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed while records come.
class ForwardKillTest {
    private static final int CHUNKS = 300;
    /// So small that journals become blocks all the time.
    private static final long BUDGET = 4 << 20;

    @TempDir
    Path folder;

    /// The server, as a process of its own.
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (var port = open(store(Path.of(arguments[0])), new Tasks())) {
                System.out.println(port.address());
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    private static LogStore store(Path folder) {
        return new LogStore(folder, new SystemClock(), BUDGET, (app, line) -> line);
    }

    private static ForwardPort open(LogStore store, Tasks tasks) {
        var any = new InetSocketAddress("127.0.0.1", 0);
        return ForwardPort.open(
                new ForwardPort.Opening(any, Optional.empty(), Optional.empty()), store, new SystemClock(), tasks);
    }

    private static byte[] chunk(int number) throws IOException {
        var texts = new String[20];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = number + "." + i + " "
                    + Integer.toHexString(number * 31 + i).repeat(40);
        }
        return packedForward(
                "shop", gzip(events(1_700_000_000, texts)), true, Map.of("chunk", "c" + number, "compressed", "gzip"));
    }

    @Test
    void losesNothingThatItSaidToKeepAndKeepsNothingTwice() throws Exception {
        var argv = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.resolve("kept").toString());
        var child = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int told = 0;
        try (var client = new ForwardClient(child.inputReader().readLine())) {
            for (int i = 0; i < CHUNKS; i++) {
                client.send(chunk(i));
            }
            for (; told < CHUNKS / 2; told++) {
                assertThat(client.acknowledged()).isEqualTo("c" + told);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }

        var tasks = new Tasks();
        try (var store = store(folder.resolve("kept"));
                var port = open(store, tasks);
                var client = new ForwardClient(port.address())) {
            // Who was told nothing sends it again, and so does who lost the word.
            for (int i = told - 20; i < CHUNKS; i++) {
                client.send(chunk(i));
                assertThat(client.acknowledged()).isEqualTo("c" + i);
            }
            var expected = new ArrayList<String>();
            for (int i = 0; i < CHUNKS; i++) {
                for (int j = 0; j < 20; j++) {
                    expected.add(i + "." + j);
                }
            }
            assertThat(store.find(LogSearch.last("shop", "production", 100_000)))
                    .extracting(line -> line.text().split(" ")[0])
                    .containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            tasks.close();
        }
    }
}
