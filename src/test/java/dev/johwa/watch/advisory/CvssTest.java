package dev.johwa.watch.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.blob.Digest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CvssTest {
    private static final String METRICS = "AV:NALP AC:LH AT:NP PR:NLH UI:NPA VC:HLN VI:HLN VA:HLN SC:HLN SI:HLN SA:HLN"
            + " E:XAPU CR:XHML IR:XHML AR:XHML MSI:XSHLN MPR:XNLH";

    /// The first seven from FIRST's "Common Vulnerability Scoring System v3.1: Examples" and section 3.3 of version 2.
    @ParameterizedTest
    @CsvSource({
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8",
        "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N, 6.4",
        "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N, 3.1",
        "CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H, 7.8",
        "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 6.8",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H, 9.6",
        "CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H, 7.8",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/E:U, 10.0",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, 0.0",
        "AV:N/AC:L/Au:N/C:N/I:N/A:C, 7.8",
        "AV:N/AC:L/Au:N/C:C/I:C/A:C, 10.0",
        "AV:L/AC:H/Au:N/C:C/I:C/A:C, 6.2",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 9.3",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H, 10.0",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N, 5.1",
        "CVSS:4.0/AV:N/AC:H/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U, 7.2",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N, 0.0"
    })
    void scoresAreThoseOfTheSpecifications(String vector, double score) {
        assertThat(Cvss.score(vector)).hasValue(score);
    }

    /// Each of these has a score of the library `cvss` 3.6 from PyPI, which is of those who made the specification.
    @Test
    void sixtyThousandVectorsOfTheFourthHaveTheScoresOfAnother() {
        var hash = Digest.sha256();
        for (long number = 0; number < 60_000; number++) {
            long rest = number * 7_368_787 % 537_477_120L;
            var vector = new StringBuilder("CVSS:4.0");
            for (var metric : METRICS.split(" ")) {
                var name = metric.substring(0, metric.indexOf(':'));
                var values = metric.substring(metric.indexOf(':') + 1);
                vector.append('/').append(name).append(':').append(values.charAt((int) (rest % values.length())));
                rest /= values.length();
            }
            var score = Cvss.score(vector.toString()).orElseThrow();
            hash.update((score + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Digest.of(hash).hex()).isEqualTo("f0eec3f80297502d96ae2e440d7b90f3b5ca583677cc054b8ea66e38198cfba2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N",
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N",
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:Q/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
                "CVSS:3.1/AV:Q/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                "high",
                ""
            })
    void whatIsNoWholeVectorHasNone(String vector) {
        assertThat(Cvss.score(vector)).isEmpty();
    }
}
