package dev.johwa.main;

import dev.johwa.watch.dora.Dora;
import dev.johwa.watch.dora.Question;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The figures of the demo's own deployments, in words.
///
/// @param isGood whether they count what the demo did: two changes, one of them rolled back
record DemoFigures(List<String> lines, boolean isGood) {
    static DemoFigures of(Dora dora, String project) {
        var report = dora.report(Question.production(Optional.of(project), Duration.ofDays(1)));
        var lead = report.leadTime().medianSeconds();
        var lines = List.of(
                "deployments            " + report.deployments(),
                "lead time, median      "
                        + (lead.isPresent() ? String.format(Locale.ROOT, "%.1f s", lead.getAsDouble()) : "none yet"),
                "change failure rate    "
                        + report.changeFailureRate().ratio().stream()
                                .mapToObj(ratio -> Math.round(ratio * 100) + " %")
                                .findFirst()
                                .orElse("none yet"));
        boolean counted = report.deployments() == 2 && lead.isPresent();
        return new DemoFigures(lines, counted);
    }
}
