package dev.johwa.lib.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Programs are started where a few files can be opened still, and none: whatever comes of it, no file is closed.
class SpawnTest {
    /// Has a process of its own, which may open so few files.
    static final class NearTheLimit {
        private static final int MOST = 12;

        private NearTheLimit() {}

        public static void main(String[] arguments) throws Exception {
            start();
            var held = new ArrayList<FileInputStream>();
            fill(held);
            for (int free = 0; free <= MOST; free++) {
                var before = open();
                // Stacks of threads that nobody used yet have other numbers in them.
                for (int i = 0; i < 10; i++) {
                    var thread = i % 2 == 0
                            ? Thread.ofVirtual().start(NearTheLimit::start)
                            : Thread.ofPlatform().start(NearTheLimit::start);
                    thread.join();
                }
                requireOpen(before, free);
                held.removeLast().close();
            }
            System.out.println(start() + " with " + held.size() + " files");
        }

        private static String start() {
            try {
                return "ended " + Spawn.start(new ProcessBuilder("/bin/true")).waitFor();
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void fill(List<FileInputStream> held) {
            while (true) {
                try {
                    held.add(new FileInputStream("/dev/zero"));
                } catch (IOException full) {
                    return;
                }
            }
        }

        /// By name, without a descriptor to list them.
        private static Map<Integer, String> open() {
            var all = new TreeMap<Integer, String>();
            for (int i = 0; i < 300; i++) {
                try {
                    all.put(
                            i,
                            Files.readSymbolicLink(Path.of("/proc/self/fd/" + i))
                                    .toString());
                } catch (IOException none) {
                    // It is not open.
                }
            }
            return all;
        }

        private static void requireOpen(Map<Integer, String> before, int free) {
            var gone = new TreeMap<>(before);
            gone.keySet().removeAll(open().keySet());
            if (!gone.isEmpty()) {
                System.out.println("closed where " + free + " could be opened: " + gone);
                System.out.flush();
                Runtime.getRuntime().halt(1);
            }
        }
    }

    @Test
    void noFileIsClosedWhereTooManyAreOpen() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        // Java raises a soft limit by itself.
        var process = new ProcessBuilder(
                        "prlimit",
                        "--nofile=200:200",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        NearTheLimit.class.getName())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("Too many open files: ").contains(" of 200, and a program needs 64");
    }

    @Test
    void elsewhereItIsStarted() throws Exception {
        assertThat(Spawn.start(new ProcessBuilder("/bin/false")).waitFor()).isEqualTo(1);
    }
}
