package dev.johwa.watch.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the machine tells of itself in `/proc`. Source of the forms: proc(5).
final class HostFigures {
    private static final List<String> MODES =
            List.of("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal");
    /// Of the kernel's clock; 100 on every machine that Linux runs on today.
    private static final double TICKS = 100;

    private final Path proc;
    private final Path data;

    /// @param data a folder of the disk that is looked at
    HostFigures(Path proc, Path data) {
        this.proc = proc;
        this.data = data;
    }

    void tell(Batch batch) {
        try {
            for (var line : Files.readAllLines(proc.resolve("stat"))) {
                if (line.startsWith("cpu ")) {
                    cpu(line.split(" +"), batch);
                }
            }
            for (var line : Files.readAllLines(proc.resolve("meminfo"))) {
                memory(line.split(":? +"), batch);
            }
            var load = Files.readString(proc.resolve("loadavg")).split(" ");
            batch.gauge("johwa_host_load1", Map.of(), Double.parseDouble(load[0]));
            var disk = Files.getFileStore(data);
            batch.gauge("johwa_host_disk_bytes", Map.of(), disk.getTotalSpace());
            batch.gauge("johwa_host_disk_free_bytes", Map.of(), disk.getUsableSpace());
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            // A machine that tells nothing of itself is watched without.
            return;
        }
    }

    private static void cpu(String[] fields, Batch batch) {
        for (int i = 0; i < MODES.size(); i++) {
            batch.counter(
                    "johwa_host_cpu_seconds_total",
                    Map.of("mode", MODES.get(i)),
                    Long.parseLong(fields[i + 1]) / TICKS);
        }
    }

    private static void memory(String[] fields, Batch batch) {
        switch (fields[0]) {
            case "MemTotal" -> batch.gauge("johwa_host_memory_bytes", Map.of(), Long.parseLong(fields[1]) * 1024.0);
            case "MemAvailable" ->
                batch.gauge("johwa_host_memory_available_bytes", Map.of(), Long.parseLong(fields[1]) * 1024.0);
            default -> {}
        }
    }
}
