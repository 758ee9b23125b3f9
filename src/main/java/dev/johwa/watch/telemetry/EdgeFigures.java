package dev.johwa.watch.telemetry;

import dev.johwa.serve.release.Figures;
import dev.johwa.serve.router.EdgeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/// What the edge counted, under the names that `/metrics` has for it.
///
/// A series that was not there at the last look began with nothing then, which is told too: else its first requests
/// would never be seen to have come. One that was not there for an hour, as those of old releases, begins anew.
final class EdgeFigures {
    private static final long FORGOTTEN = Duration.ofHours(1).toMillis();

    /// When each was there last.
    private final Map<String, Long> known = new HashMap<>();
    private long edgeStartedAt;
    private boolean isFirst = true;

    /// @param before the moment of the last look
    void tell(EdgeReport report, Figures instances, Batch batch, long before) {
        boolean isNew = edgeStartedAt != report.startedAtMillis();
        // What an edge counted before we first looked is of unknown age.
        boolean isZeroKnown = !isFirst;
        if (isNew) {
            known.clear();
            edgeStartedAt = report.startedAtMillis();
        }
        isFirst = false;
        var families = new ArrayList<>(Families.of(report));
        families.addAll(Families.of(report, instances));
        families.add(Families.counted(report.counts(), Map.of()));
        for (var family : families) {
            if (family.type() != Family.Type.GAUGE) {
                family.values()
                        .forEach(each -> begin(family.name() + each.part(), each, batch, isZeroKnown ? before : 0));
            }
            family.tell(batch);
        }
        known.values().removeIf(last -> last < batch.at() - FORGOTTEN);
    }

    private void begin(String metric, Family.Value value, Batch batch, long before) {
        var last = known.put(metric + value.labels(), batch.at());
        if (last == null && before > 0) {
            batch.zero(metric, value.labels(), before);
        }
    }
}
