package dev.johwa.lib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeardTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void whatComesTwiceIsPassedOnOnce() {
        for (int end = 0; end <= 12; end++) {
            var told = new ArrayList<String>();
            var heard =
                    new Heard((at, isError, bytes) -> told.add(isError + new String(bytes, StandardCharsets.UTF_8)));
            tell(heard, 0, end, Instant.EPOCH);
            tell(heard, 0, 12, heard.again());
            assertThat(told).hasSize(12).doesNotHaveDuplicates();
        }
    }

    /// Of each time four, on either stream.
    private static void tell(Heard heard, int from, int to, Instant since) {
        for (int i : List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).subList(from, to)) {
            var at = START.plusNanos(i / 4);
            if (!at.isBefore(since)) {
                heard.piece(at, i % 2 == 0, String.valueOf(i).getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
