package dev.johwa.watch.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.watch.advisory.Entry.Outcome;
import dev.johwa.watch.advisory.version.Scheme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The evaluation of the OSV schema.
class RangeTest {
    private static Entry entry(String said) {
        var text = Samples.affected("A-1", "npm", "left", said);
        return AdvisoryReader.read(text.getBytes(StandardCharsets.UTF_8))
                .entries()
                .values()
                .iterator()
                .next();
    }

    private static boolean isWithin(String events, String version) {
        var entry = entry("\"ranges\": [{\"type\": \"SEMVER\", \"events\": [" + events + "]}]");
        return entry.of(version, Scheme.SEMANTIC) instanceof Outcome.Affected;
    }

    @Test
    void eventsOfARange() {
        var fixed = "{\"introduced\": \"0\"}, {\"fixed\": \"1.2.0\"}";
        assertThat(isWithin(fixed, "1.1.9")).isTrue();
        assertThat(isWithin(fixed, "0.0.0-alpha")).isTrue();
        assertThat(isWithin(fixed, "1.2.0-rc.1")).isTrue();
        assertThat(isWithin(fixed, "1.2.0")).isFalse();
        var last = "{\"introduced\": \"1.0.0\"}, {\"last_affected\": \"1.5.0\"}";
        assertThat(isWithin(last, "1.5.0")).isTrue();
        assertThat(isWithin(last, "1.5.1")).isFalse();
        assertThat(isWithin("{\"introduced\": \"1.0.0\"}", "0.9.0")).isFalse();
        assertThat(isWithin("{\"introduced\": \"1.0.0\"}", "7.0.0")).isTrue();
        var twice =
                "{\"fixed\": \"1.2.0\"}, {\"introduced\": \"2.0.0\"}, {\"introduced\": \"0\"}, {\"fixed\": \"2.1.0\"}";
        assertThat(isWithin(twice, "1.9.0")).isFalse();
        assertThat(isWithin(twice, "2.0.5")).isTrue();
        assertThat(isWithin("{\"introduced\": \"0\"}, {\"limit\": \"2.0.0\"}", "2.0.0"))
                .isFalse();
        assertThat(isWithin("{\"introduced\": \"0\"}, {\"limit\": \"2.0.0\"}, {\"limit\": \"*\"}", "2.0.0"))
                .isTrue();
    }

    @Test
    void theNextMendedVersionIsToldForEachRange() {
        var entry = entry("""
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.0"},
                 {"introduced": "2.0.0"}, {"fixed": "2.1.0"}]},
                 {"type": "GIT", "repo": "x", "events": [{"introduced": "0"}]}], "versions": ["1.0.0", "1.9.0"]""");
        assertThat(entry.of("1.0.0", Scheme.SEMANTIC)).isEqualTo(new Outcome.Affected(List.of("1.2.0")));
        assertThat(entry.of("2.0.1", Scheme.SEMANTIC)).isEqualTo(new Outcome.Affected(List.of("2.1.0")));
        assertThat(entry.of("1.9.0", Scheme.SEMANTIC)).isEqualTo(new Outcome.Affected(List.of("2.1.0")));
        assertThat(entry.of("2.1.0", Scheme.SEMANTIC)).isEqualTo(new Outcome.Safe());
        // What lies in a range need not be listed once more.
        assertThat(entry.versions()).containsExactly("1.9.0");
    }

    @Test
    void severityIsComputedElseAsTheDatabaseSays() {
        assertThat(severity("\"severity\": [{\"type\": \"CVSS_V3\", \"score\":"
                        + " \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}],"))
                .isEqualTo(Severity.CRITICAL);
        assertThat(severity("\"severity\": [{\"type\": \"CVSS_V4\", \"score\": \"CVSS:4.0/AV:N\"}],"
                        + " \"database_specific\": {\"severity\": \"MODERATE\"},"))
                .isEqualTo(Severity.MEDIUM);
        assertThat(severity("\"severity\": [{\"type\": \"CVSS_V4\", \"score\": \"CVSS:4.0/AV:N\"}],"))
                .isEqualTo(Severity.UNKNOWN);
        assertThat(severity("")).isEqualTo(Severity.UNKNOWN);
    }

    private static Severity severity(String more) {
        var text = Samples.advisory("A-1", more, "npm", "left", "1");
        return AdvisoryReader.read(text.getBytes(StandardCharsets.UTF_8))
                .entries()
                .values()
                .iterator()
                .next()
                .severity();
    }
}
