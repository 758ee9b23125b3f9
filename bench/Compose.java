import dev.johwa.source.compose.ComposeFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A compose file with many services, each with what such files have: read by the platform's own reader when it is
/// warm,
/// and by `johwa compose config`, which is a program of its own each time.
final class Compose {
    private static final int WARM = 60;
    private static final int ROUNDS = 21;
    private static final int COMMANDS = 5;
    private static final String SERVICE = """
              service%1$d:
                <<: *usual
                image: "example.com/shop/service%1$d:${TAG:-1}"
                environment: {NUMBER: "%1$d", DATABASE_URL: "postgres://shop:${PASSWORD:-none}@db:5432/shop%1$d"}
                ports: ["127.0.0.1:%2$d:8080"]
                volumes: ["files%1$d:/data", "./config/%1$d.conf:/etc/service.conf:ro"]
                depends_on: {service0: {condition: service_started}}
                healthcheck: {test: "wget -qO- localhost:8080/healthz", interval: 5s, timeout: 2s, retries: 3}
                deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 256M}}}
                labels: {team: "team%1$d", "com.example.number": "%1$d"}
            """;

    public static void main(String[] arguments) throws Exception {
        int services = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        var folder = Files.createTempDirectory("bench-compose");
        try {
            Files.writeString(folder.resolve("compose.yaml"), text(services));
            var times = new double[ROUNDS];
            var used = new double[ROUNDS];
            var thread = ManagementFactory.getThreadMXBean();
            for (int i = -WARM; i < ROUNDS; i++) {
                long start = System.nanoTime();
                long begun = thread.getCurrentThreadCpuTime();
                var read = ComposeFile.read(ComposeFile.Request.ofRepository(folder));
                times[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
                used[Math.max(0, i)] = (thread.getCurrentThreadCpuTime() - begun) / 1e6;
                if (read.project().inOrder().size() != services + 1) {
                    throw new IllegalStateException(
                            "it has " + read.project().inOrder().size() + " services");
                }
            }
            var commands = new double[COMMANDS];
            for (int i = -1; i < COMMANDS; i++) {
                commands[Math.max(0, i)] = command(folder);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d services: %.1f ms in process, warm (goal: 100 in at most 50), %.1f ms of a processor; %.0f ms by"
                            + " johwa compose config%n",
                    services,
                    median(times),
                    median(used),
                    median(commands));
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static String text(int services) {
        var text = new StringBuilder(
                "x-usual: &usual {restart: unless-stopped, networks: [inner], init: true}\nservices:\n");
        text.append("  service0: {image: \"redis:7\", networks: [inner]}\n");
        for (int i = 1; i <= services; i++) {
            text.append(SERVICE.formatted(i, 20_000 + i));
        }
        text.append("networks: {inner: {}}\nvolumes:\n");
        for (int i = 1; i <= services; i++) {
            text.append("  files").append(i).append(": {}\n");
        }
        return text.toString();
    }

    private static double command(Path folder) throws Exception {
        var johwa = Path.of(System.getenv().getOrDefault("JOHWA", "johwa"))
                .toAbsolutePath()
                .toString();
        long start = System.nanoTime();
        var process = new ProcessBuilder(List.of(johwa, "compose", "config"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("out")));
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
