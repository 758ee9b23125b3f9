package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.schedule.JobFigures;
import dev.johwa.serve.schedule.JobName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
    private static final AppEnvironment API = new AppEnvironment("shop", "api", "production");

    @Test
    void aMomentThatNeverCameIsNotTold() {
        var text = new MetricsText();
        var job = new JobFigures(
                new JobName(API, "hourly"),
                Optional.of(Instant.ofEpochSecond(3600)),
                Optional.empty(),
                Optional.of(Instant.ofEpochMilli(1500)),
                2);
        JobMetrics.write(text, List.of(job));
        var labels = "{app=\"shop/api\",environment=\"production\",job_name=\"hourly\"}";
        assertThat(text.text())
                .contains("johwa_job_next_timestamp_seconds" + labels + " 3600\n")
                .contains("johwa_job_missed_timestamp_seconds" + labels + " 1.5\n")
                .contains("johwa_job_skipped_times" + labels + " 2\n")
                .doesNotContain("johwa_job_last_success");
    }
}
