package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Kinds of lines, of what programs really print.
class SignaturesTest {
    @Test
    void whatDiffersIsMasked() {
        assertThat(Signatures.signature("2026-11-27 12:00:01,204 ERROR order 41 of 'Kim' failed after 12.5 ms"))
                .isEqualTo(Signatures.signature("2026-11-28 09:13:55,001 ERROR order 7 of 'Lee' failed after 3 ms"));
        assertThat(Signatures.signature("GET /orders/41/items?page=2 HTTP/1.1 500"))
                .isEqualTo(Signatures.signature("GET /orders/9 HTTP/1.1 502"));
        assertThat(Signatures.signature("no such key 6ba7b810-9dad-11d1-80b4-00c04fd430c8 at 0x7ffe"))
                .isEqualTo("no such key ‹id› at ‹id›");
        assertThat(Signatures.signature("KeyError: 'user'\n  at shop.py:3")).isEqualTo("KeyError: ‹text›");
        assertThat(Signatures.signature("connection refused")).isNotEqualTo(Signatures.signature("connection reset"));
        assertThat(Signatures.signature("x".repeat(100_000))).hasSizeLessThan(200);
    }

    @Test
    void onlyErrorsCount() {
        assertThat(Signatures.isError("KeyError: 'user'", "err", "")).isTrue();
        assertThat(Signatures.isError("java.lang.IllegalStateException: no", "out", ""))
                .isTrue();
        assertThat(Signatures.isError("connection refused", "err", "")).isTrue();
        assertThat(Signatures.isError("connection refused", "out", "")).isFalse();
        assertThat(Signatures.isError("WARN slow answer", "err", "")).isFalse();
        assertThat(Signatures.isError("[info] ready", "err", "")).isFalse();
        assertThat(Signatures.isError("failed", "out", "error")).isTrue();
        assertThat(Signatures.isError("error budget is full", "err", "info")).isFalse();
    }

    @Test
    void aKindThatTheReleaseBeforeDidNotSayIsNew() {
        var before = List.of("ERROR order 1 failed", "ERROR order 2 failed", "Traceback: timeout after 3 s");
        var now = IntStream.range(0, 40)
                .mapToObj(i -> i % 2 == 0 ? "ERROR order " + i + " failed" : "KeyError: 'user" + i + "'")
                .toList();
        var fresh = Signatures.fresh(before, now);
        assertThat(fresh).hasSize(1);
        assertThat(fresh.getFirst().text())
                .isEqualTo("20 lines of a kind that the release before did not say: KeyError: 'user1'");
        assertThat(Signatures.fresh(before, List.of("new", "new")))
                .as("twice is chance")
                .isEmpty();
    }
}
