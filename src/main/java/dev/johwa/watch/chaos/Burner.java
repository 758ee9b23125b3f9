package dev.johwa.watch.chaos;

import java.time.Duration;
import java.util.List;

/// Commands that use something up within an instance. Each ends by itself: when its time is over, and as soon as nobody
/// holds its input, as when the control plane is killed. Each prints [#ON] first. Each says `on` first.
final class Burner {
    /// What each prints first.
    static final String ON = "on";

    private static final String END = """
            sleep "$1" & last=$!
            (read -r _ <&3; kill $last) 2>/dev/null & watch=$!
            wait $last 2>/dev/null
            kill $work $watch 2>/dev/null
            """;
    /// Its limit of processor time ends a loop that nobody else ended.
    private static final String CPU = """
            exec 3<&0
            echo on
            work= i=0
            while [ "$i" -lt "$2" ]; do
              (ulimit -t "$1"; while :; do :; done) 3<&- & work="$work $!"
              i=$((i + 1))
            done
            """;
    /// What has no line end, `tail` keeps to its end.
    private static final String MEMORY = """
            exec 3<&0
            echo on
            (head -c "$2" /dev/zero 3<&-; read -r _ <&3) | tail -n 1 3<&- >/dev/null & work=$!
            """;
    private static final String DISK = """
            exec 3<&0
            echo on
            head -c "$2" /dev/zero 3<&- >"$3"
            work=
            """;

    private Burner() {}

    static List<String> cpu(int cpus, Duration time) {
        return command(CPU + END, time, String.valueOf(cpus), "");
    }

    static List<String> memory(long bytes, Duration time) {
        return command(MEMORY + END, time, String.valueOf(bytes), "");
    }

    /// @param file that it writes, and takes away at its end
    static List<String> disk(long bytes, Duration time, String file) {
        return command(DISK + END + "rm -f \"$3\"\n", time, String.valueOf(bytes), file);
    }

    private static List<String> command(String script, Duration time, String amount, String file) {
        var seconds = String.valueOf(Math.ceilDiv(time.toMillis(), 1_000));
        return List.of("sh", "-c", script, "johwa-fault", seconds, amount, file);
    }
}
