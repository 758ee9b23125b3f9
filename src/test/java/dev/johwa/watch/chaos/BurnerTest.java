package dev.johwa.watch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.SmallDisk;
import dev.johwa.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What uses something up ends when its time is over, and when nobody holds its input; nothing of it is left.
class BurnerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void endsWithItsInput(Process burner) throws Exception {
        Wait.eventually(() -> burner.descendants().count() >= 2);
        var all = burner.descendants().toList();
        burner.getOutputStream().close();
        assertThat(burner.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Wait.eventually(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void processorsAreFreeAgain() throws Exception {
        endsWithItsInput(start(Burner.cpu(2, LONG)));
    }

    @Test
    void memoryIsFreeAgain() throws Exception {
        endsWithItsInput(start(Burner.memory(1 << 20, LONG)));
    }

    @Test
    void aFileIsGoneAgain() throws Exception {
        var file = folder.resolve("file");
        var burner = start(Burner.disk(100_000, LONG, "file"));
        Wait.eventually(() -> Files.exists(file) && file.toFile().length() == 100_000);
        endsWithItsInput(burner);
        assertThat(file).doesNotExist();
    }

    @Test
    void aDiskOfItsOwnIsTrulyFullForAWhile() throws Exception {
        var data = Files.createDirectories(folder.resolve("data/production/uploads"));
        assertThat(OwnDisk.has(data)).isFalse();
        try (var _ = SmallDisk.at(data, 2)) {
            assertThat(OwnDisk.has(data)).isTrue();
            var burner = start(
                    Burner.disk(FaultOrder.FULL, LONG, data.resolve("file").toString()));
            Wait.eventually(() -> says(data).contains("No space left"));
            endsWithItsInput(burner);
            assertThat(says(data)).isEqualTo("written");
        }
    }

    /// What becomes of another file, as an app sees it: one that is written again has its old room.
    private static String says(Path folder) {
        try {
            Files.write(folder.resolve("photo-" + UUID.randomUUID()), new byte[100_000]);
            return "written";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Test
    void itEndsByItselfWhoeverHoldsItsInput() throws Exception {
        assertThat(start(Burner.cpu(1, Duration.ofMillis(200))).waitFor(30, TimeUnit.SECONDS))
                .isTrue();
    }
}
