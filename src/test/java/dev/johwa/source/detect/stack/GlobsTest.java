package dev.johwa.source.detect.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {
    @ParameterizedTest
    @CsvSource({
        "crates/*,      crates/a,       true",
        "crates/*,      crates/a/b,     false",
        "./crates/*/,   crates/a,       true",
        "crates/a-*-b,  crates/a-x-y-b, true",
        "crates/a-*-b,  crates/a-b,     false",
        "c?ates,        crates,         true",
        "**,            a/b/c,          true",
        "a/**/c,        a/c,            true",
        "a/**/c,        a/b/b/c,        true",
        "a/**/c,        a/b/d,          false",
        "a.b,           axb,            false",
        "'',            a,              false"
    })
    void aPatternIsReadAsPeopleMeanIt(String glob, String path, boolean isMatch) {
        assertThat(new Globs(List.of(glob)).match(path)).isEqualTo(isMatch);
    }

    @Test
    void noPatternTakesLong() {
        var glob = new Globs(List.of("*a".repeat(500) + "b"));

        var matches = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> glob.match("a".repeat(5_000)));

        assertThat(matches).isFalse();
    }
}
