package dev.johwa.serve.target.log;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.process.Holes;
import dev.johwa.lib.text.Cut;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives what instances print to who keeps it, and frees it then: the files are only what is on its way. Used by one
/// thread at a time.
public final class Drain {
    private static final int BLOCK = 4096;

    private final Shelf shelf;
    private final Map<String, Done> done = new HashMap<>();

    public Drain(Shelf shelf) {
        this.shelf = shelf;
    }

    /// How a file was left.
    private record Done(long size, boolean ended, long end) {}

    /// Keeps lines.
    public interface Taker {
        /// How far a file is in what is kept.
        Optional<Long> taken(String file);

        /// Returns when the lines are kept for good.
        ///
        /// @param file its name for ever
        /// @param end of the last line in it
        void take(Printed printed, String file, long end, List<Merge.Whose> lines);

        /// A file is gone.
        void forget(String file);
    }

    /// Of one app, all that is complete by now.
    public void app(Path app, Instant now, Cut cut, Taker taker) {
        var present = new HashSet<String>();
        for (var printed : shelf.running(app)) {
            present.add(key(printed));
            drain(printed, now, cut, taker);
        }
        for (var folder : shelf.endedFolders(app)) {
            var streams = Shelf.streams(folder, true);
            streams.forEach(printed -> drain(printed, now, cut, taker));
            if (streams.stream().allMatch(this::isDone)) {
                Trees.delete(folder);
                streams.stream()
                        .map(Drain::key)
                        .filter(key -> !present.contains(key))
                        .forEach(key -> {
                            done.remove(key);
                            taker.forget(key);
                        });
            }
        }
    }

    /// An instance that is started anew under its name has files of its own.
    private static String key(Printed printed) {
        return printed.name() + "@" + printed.instance().startedAt().toEpochMilli();
    }

    private boolean isDone(Printed printed) {
        var left = done.get(key(printed));
        return left != null && left.ended() && left.end() >= printed.size();
    }

    private void drain(Printed printed, Instant now, Cut cut, Taker taker) {
        var key = key(printed);
        long size = printed.size();
        var before = done.get(key);
        if (before != null && before.size() == size && before.ended() == printed.ended()) {
            return;
        }
        long start = before != null ? before.end() : start(printed, taker.taken(key));
        var forward = new Forward(start, cut);
        for (var lot = next(forward, printed, now); !lot.isEmpty(); lot = next(forward, printed, now)) {
            var lines = lot.stream()
                    .map(line -> new Merge.Whose(printed, line.text(), line.seen()))
                    .toList();
            taker.take(printed, key, forward.told(), lines);
            done.put(key, new Done(-1, false, forward.told()));
        }
        long end = forward.told();
        if (end > start) {
            free(printed, end, now);
        }
        done.put(key, new Done(size, printed.ended(), end));
    }

    /// What has no end of line is one when nothing comes any more, which the second look tells.
    private static List<Line> next(Forward forward, Printed printed, Instant now) {
        var lot = forward.next(printed, now);
        return lot.isEmpty() && printed.ended() ? forward.next(printed, now) : lot;
    }

    /// The byte before the first one that is left stays, as it ends a line.
    private static long start(Printed printed, Optional<Long> taken) {
        long freed = printed.times().freed();
        return Math.max(freed == 0 ? 0 : freed + 1, taken.orElse(0L));
    }

    private static void free(Printed printed, long end, Instant now) {
        var times = printed.times();
        if (times.end() < end) {
            times.add(end, now, false);
        }
        times.free(end - 1);
        long whole = (end - 1) / BLOCK * BLOCK;
        if (whole > 0) {
            Holes.punch(printed.file(), whole);
        }
    }
}
