package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How often verdicts are right under noise, with seeds: a few releases here, as many as one likes by `bench/verdicts`.
class VerdictTrialTest {
    private static final int RELEASES = Integer.getInteger("johwa.verdicts.releases", 0);
    private static final long SEED = Long.getLong("johwa.verdicts.seed", 1);

    private static int releases(int usual) {
        return RELEASES > 0 ? RELEASES : usual;
    }

    @Test
    void ofAThousandCleanReleasesUnderNoiseOneAtMostIsCalledBad() {
        int releases = releases(1_000);
        var clean = Trial.clean(SEED, releases);
        tell("clean: " + clean.verdicts() + ", false alarms " + clean.told());

        assertThat(clean.told()).hasSizeLessThanOrEqualTo(Math.max(1, releases / 1_000));
        assertThat(clean.verdicts().get(Verdict.Kind.GOOD)).isGreaterThan(releases / 2);
        assertThat(clean.verdicts().get(Verdict.Kind.NOT_ENOUGH_TRAFFIC)).isPositive();
    }

    @Test
    void ofAHundredBadOnesNinetyFiveAreFoundWithinTwoMinutesOfFiveBadAnswers() {
        var planted = Trial.planted(SEED, releases(400));
        tell("planted: " + planted.soon() + " of " + planted.all() + " within two minutes");

        assertThat(planted.soon()).as(planted.late().toString()).isGreaterThanOrEqualTo(planted.all() * 95 / 100);
    }

    private static void tell(String line) {
        if (RELEASES > 0) {
            System.out.println(line);
        }
    }
}
