package dev.johwa.serve.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.serve.data.AppDatabase.State;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFolderTest {
    @TempDir
    Path dumps;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T00:30:00Z"));

    private DumpFolder of(String environment) {
        var database = new AppDatabase(
                new Owner("shop", "api", environment),
                "DATABASE_URL",
                Kind.POSTGRES,
                "postgres-15",
                "shop_1",
                State.READY,
                false,
                Instant.EPOCH);
        return DumpFolder.of(dumps, database, clock);
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatFailsHalfWayIsNoDump() throws IOException {
        var folder = of("production");
        assertThatThrownBy(() -> folder.write("asked", out -> {
                    write(out, "half");
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }))
                .hasMessageContaining("No space left");

        assertThat(folder.list()).isEmpty();
        try (var all = Files.walk(dumps)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whatWasHalfWrittenAtAnEndGoes() throws IOException {
        var folder = of("production");
        var whole = folder.write("asked", out -> write(out, "data"));
        // A kill leaves it like this.
        Files.writeString(whole.file().resolveSibling("20260301-120000000-backup.part"), "half");

        folder.removeHalves();

        try (var all = Files.walk(dumps)) {
            assertThat(all.filter(Files::isRegularFile)).containsExactly(whole.file());
        }
    }

    @Test
    void theNewestStayAndOfEarlierDaysOneEach() {
        var folder = of("production");
        for (int hour = 0; hour < 24 * 20; hour += 6) {
            folder.write("daily", out -> write(out, "data"));
            clock.advance(Duration.ofHours(6));
        }
        folder.thin();

        var left = folder.list();
        // The newest five are of two days; of each of the twelve before them the last.
        assertThat(left).hasSize(5 + 12);
        assertThat(left.getFirst().at()).isEqualTo(Instant.parse("2026-03-20T18:30:00Z"));
        assertThat(left.getLast().at()).isEqualTo(Instant.parse("2026-03-07T18:30:00Z"));
    }

    @Test
    void environmentsHaveFoldersOfTheirOwnAndStrangeFilesAreNoDumps() throws IOException {
        var names = new ArrayList<>(List.of("production", "a/b", "..", "a+b", "a%2Fb"));
        names.forEach(name -> of(name).write("asked", out -> write(out, name)));

        for (var name : names) {
            assertThat(of(name).list()).hasSize(1);
        }
        var folder = of("production").list().getFirst().file().getParent();
        Files.writeString(folder.resolve("holiday.dump"), "");
        Files.writeString(folder.resolve("20269999-999999999-asked.dump"), "");
        assertThat(of("production").list()).hasSize(1);
    }
}
