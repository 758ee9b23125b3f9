package dev.johwa.door.web;

import dev.johwa.door.api.DiskUse;
import dev.johwa.door.web.MetricsText.Sample;
import java.util.Map;

/// What the control plane tells of the disk.
final class DiskMetrics {
    private DiskMetrics() {}

    static void write(MetricsText text, DiskUse use) {
        text.gauge("johwa_disk_free_bytes", "What may still be written to the disk.", use.freeBytes());
        text.gauge("johwa_disk_size_bytes", "How large the disk is.", use.sizeBytes());
        text.gauge(
                "johwa_disk_used_bytes",
                "What a class of files takes, minutes ago at most.",
                use.items().stream()
                        .map(item -> new Sample(Map.of("class", item.what()), item.usedBytes()))
                        .toList());
        text.gauge(
                "johwa_disk_budget_bytes",
                "What a class of files may take.",
                use.items().stream()
                        .map(item -> new Sample(Map.of("class", item.what()), item.budgetBytes()))
                        .toList());
    }
}
