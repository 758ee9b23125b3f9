package dev.johwa.serve.target.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.serve.target.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wherever a copy is cut off, the next one makes it whole, with each piece once.
class OutputCopyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.5Z");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(START);
    private Instance instance;

    private record Piece(Instant at, boolean isError, String text) {}

    @BeforeEach
    void prepare() throws IOException {
        instance = new Instance("shop-1", "shop", "production", 1, "web", "docker", folder.toString(), START);
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("state"), "{}");
    }

    /// Several at one time, on both streams.
    private static List<Piece> pieces(int count) {
        var pieces = new ArrayList<Piece>();
        for (int i = 0; i < count; i++) {
            pieces.add(new Piece(START.plusNanos(i / 3), i % 4 == 0, "line " + i + "\n"));
        }
        return pieces;
    }

    private static void copy(OutputCopy copy, List<Piece> pieces) {
        pieces.stream()
                .filter(piece -> !piece.at().isBefore(copy.since()))
                .forEach(piece ->
                        copy.piece(piece.at(), piece.isError(), piece.text().getBytes(StandardCharsets.UTF_8)));
    }

    private void assertWhole(List<Piece> pieces) throws IOException {
        for (boolean isError : List.of(false, true)) {
            var wanted = new StringBuilder();
            pieces.stream().filter(piece -> piece.isError() == isError).forEach(piece -> wanted.append(piece.text()));
            assertThat(folder.resolve(isError ? "run/err" : "run/out")).hasContent(wanted.toString());
        }
    }

    @Test
    void oneThatWasClosedGoesOn() throws IOException {
        var pieces = pieces(50);
        for (int end : List.of(0, 1, 7, 8, 9, 30, 50)) {
            try (var copy = OutputCopy.resume(instance, clock)) {
                copy(copy, pieces.subList(0, end));
            }
        }
        assertWhole(pieces);
    }

    /// The process is gone after any piece: the files are further than what was noted of them.
    @Test
    void oneThatWasKilledGoesOn() throws IOException {
        var pieces = pieces(200);
        var random = new Random(7);
        for (int end = 0; end < pieces.size(); end += random.nextInt(9)) {
            try (var copy = OutputCopy.resume(instance, clock)) {
                copy(copy, pieces.subList(0, end));
                if (random.nextBoolean()) {
                    clock.advance(Duration.ofSeconds(1));
                }
                keep("copied");
            }
            restore("copied");
        }
        try (var copy = OutputCopy.resume(instance, clock)) {
            copy(copy, pieces);
        }
        assertWhole(pieces);
    }

    private void keep(String name) throws IOException {
        Files.deleteIfExists(folder.resolve("kept"));
        if (Files.exists(folder.resolve(name))) {
            Files.copy(folder.resolve(name), folder.resolve("kept"));
        }
    }

    private void restore(String name) throws IOException {
        if (Files.exists(folder.resolve("kept"))) {
            Files.move(folder.resolve("kept"), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(folder.resolve(name));
        }
    }
}
