package dev.johwa.serve.target.log;

import dev.johwa.lib.text.Cut;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Follows the files of an app, also of instances that start meanwhile. Used by one thread.
public final class Follower {
    private final Cut cut;
    private final Map<String, Forward> open = new HashMap<>();

    /// @param ends where to begin in those that are there
    /// @param cut where long lines may be cut
    public Follower(Map<Printed, Long> ends, Cut cut) {
        this.cut = cut;
        ends.forEach((printed, end) -> open.put(printed.name(), new Forward(end, cut)));
    }

    /// Tells the lines that came since the last time.
    ///
    /// @param present the files that are there now
    public void look(List<Printed> present, Instant now, Consumer<Merge.Whose> lines) {
        for (var printed : present) {
            var file = open.computeIfAbsent(printed.name(), key -> new Forward(0, cut));
            for (var lot = file.next(printed, now); !lot.isEmpty(); lot = file.next(printed, now)) {
                lot.forEach(line -> lines.accept(new Merge.Whose(printed, line.text(), line.seen())));
            }
        }
    }
}
