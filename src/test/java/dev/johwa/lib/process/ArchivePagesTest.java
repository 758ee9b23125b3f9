package dev.johwa.lib.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivePagesTest {
    /// In both, or the archive is not taken.
    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    @TempDir
    Path folder;

    /// A program of its own, whose JVM leaves its archive where the file says, or moves it.
    public static final class Child {
        private Child() {}

        /// Prints its resident KiB of the archive before, the bytes given back, and the KiB after; then goes on
        /// working.
        public static void main(String[] arguments) throws IOException {
            long before = resident();
            long bytes = ArchivePages.release();
            long after = resident();
            ArchivePages.rest();
            ArchivePages.work();
            System.out.println(before + " " + bytes + " " + after + " " + String.format("%.1f", 1.5));
        }

        /// Of all parts of the archive that are mapped for reading alone.
        private static long resident() throws IOException {
            boolean counts = false;
            long all = 0;
            for (var line : Files.readAllLines(Path.of("/proc/self/smaps"), StandardCharsets.ISO_8859_1)) {
                if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                    counts = line.contains(" r--p ") && line.endsWith(".jsa");
                } else if (counts && line.startsWith("Rss:")) {
                    all += Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return all;
        }
    }

    private List<Long> run(String relocation) throws IOException, InterruptedException {
        // An archive of its own: pages that other processes have mapped too stay.
        var archive = "-XX:SharedArchiveFile=" + folder.resolve("own.jsa");
        if (Files.notExists(folder.resolve("own.jsa"))) {
            java(archive, "-Xshare:dump", NATIVE);
            // So do those that have yet to be written.
            try (var file = FileChannel.open(folder.resolve("own.jsa"), StandardOpenOption.WRITE)) {
                file.force(true);
            }
        }
        var said = java(
                archive,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=" + relocation,
                NATIVE,
                "-Duser.language=en",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName());
        assertThat(said).endsWith(" 1.5");
        return List.of(said.split(" ")).stream().limit(3).map(Long::valueOf).toList();
    }

    private static String java(String... words) throws IOException, InterruptedException {
        var argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        argv.addAll(List.of(words));
        var child = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
        return said;
    }

    @Test
    void whatOnlyTheStartReadIsGivenBackAndComesAgain() throws Exception {
        var seen = run("0");
        assertThat(seen.get(0)).isGreaterThan(2000);
        assertThat(seen.get(1)).isGreaterThan(2_000_000);
        assertThat(seen.get(2)).isLessThan(seen.get(0) * 4 / 5);
    }

    @Test
    void anArchiveThatWasMovedIsLeftAlone() throws Exception {
        assertThat(run("1")).containsExactly(0L, 0L, 0L);
    }
}
