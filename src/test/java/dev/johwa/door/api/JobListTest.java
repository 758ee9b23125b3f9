package dev.johwa.door.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When a job is due, as lists and pages say it.
class JobListTest {
    private static JobList.Item job(String zone) {
        return new JobList.Item(
                "shop",
                "production",
                "nightly",
                "0 3 * * *",
                zone,
                "sh clean.sh",
                true,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aZoneIsSaidUnlessItIsTheUsualOne() {
        assertThat(job("Asia/Seoul").due()).isEqualTo("0 3 * * * Asia/Seoul");
        assertThat(job("UTC").due()).isEqualTo("0 3 * * *");
        assertThat(Json.pretty(job("UTC"))).doesNotContain("due");
    }
}
