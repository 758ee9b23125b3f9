package dev.johwa.door.web;

import dev.johwa.door.web.MetricsText.Sample;
import dev.johwa.serve.schedule.JobFigures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// How jobs are that run at their times, for a scraper.
final class JobMetrics {
    private JobMetrics() {}

    static void write(MetricsText text, List<JobFigures> all) {
        text.gauge(
                "johwa_job_next_timestamp_seconds",
                "When a job is due next, since 1970.",
                samples(all, JobFigures::nextAt));
        text.gauge(
                "johwa_job_last_success_timestamp_seconds",
                "When a run of a job ended well last, since 1970.",
                samples(all, JobFigures::doneAt));
        text.gauge(
                "johwa_job_missed_timestamp_seconds",
                "When it was last found that a job had been missed, since 1970.",
                samples(all, JobFigures::missedAt));
        text.gauge(
                "johwa_job_skipped_times",
                "How often a job was skipped since its newest run started, which goes on.",
                skipped(all));
    }

    private static List<Sample> skipped(List<JobFigures> all) {
        return all.stream()
                .map(each -> new Sample(labels(each), each.skipped()))
                .toList();
    }

    private static List<Sample> samples(List<JobFigures> all, Function<JobFigures, Optional<Instant>> moment) {
        return all.stream()
                .flatMap(each ->
                        moment.apply(each).stream().map(at -> new Sample(labels(each), at.toEpochMilli() / 1000.0)))
                .toList();
    }

    /// Not `job`: that label is the scraper's.
    private static Map<String, String> labels(JobFigures job) {
        var where = job.name().where();
        return Map.of(
                "app", where.name(),
                "environment", where.environment(),
                "job_name", job.name().job());
    }
}
