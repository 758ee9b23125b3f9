package dev.johwa.watch.telemetry;

import dev.johwa.watch.telemetry.Family.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
            Family.gauge(
                            "johwa_host_load1",
                            "Programs that want to run, on average over a minute.",
                            Double.parseDouble(load[0]))
                    .tell(batch);
            var disk = Files.getFileStore(data);
            Family.gauge("johwa_host_disk_bytes", "How large the disk is.", disk.getTotalSpace())
                    .tell(batch);
            Family.gauge("johwa_host_disk_free_bytes", "What may still be written to the disk.", disk.getUsableSpace())
                    .tell(batch);
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            // A machine that tells nothing of itself is watched without.
            return;
        }
    }

    private static void cpu(String[] fields, Batch batch) {
        var values = IntStream.range(0, MODES.size())
                .mapToObj(i -> Value.of(Map.of("mode", MODES.get(i)), Long.parseLong(fields[i + 1]) / TICKS))
                .toList();
        Family.counter("johwa_host_cpu_seconds_total", "Time of all processors, by what they did.", values)
                .tell(batch);
    }

    private static void memory(String[] fields, Batch batch) {
        switch (fields[0]) {
            case "MemTotal" ->
                Family.gauge("johwa_host_memory_bytes", "Memory of the machine.", Long.parseLong(fields[1]) * 1024.0)
                        .tell(batch);
            case "MemAvailable" ->
                Family.gauge(
                                "johwa_host_memory_available_bytes",
                                "Memory that programs could have without swapping.",
                                Long.parseLong(fields[1]) * 1024.0)
                        .tell(batch);
            default -> {}
        }
    }
}
