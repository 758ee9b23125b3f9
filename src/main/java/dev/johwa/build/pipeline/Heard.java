package dev.johwa.build.pipeline;

import dev.johwa.lib.text.Frames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What a step printed, in bounded memory: its first lines, where it says what it is, and its last ones, where it sums
/// up. Used by one thread.
final class Heard {
    private static final int MOST = 10_000;
    private static final int LONGEST = 2_000;

    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();

    void add(String line) {
        var kept = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
        if (first.size() < MOST) {
            first.add(kept);
            return;
        }
        last.addLast(kept);
        if (last.size() > MOST) {
            last.removeFirst();
        }
    }

    List<String> lines() {
        var all = new ArrayList<>(first);
        all.addAll(last);
        return all;
    }

    /// At most so many, the newest.
    List<String> last(int most) {
        var all = lines();
        return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    /// At most so many, the newest, for a person: with the frames of stacks folded.
    List<String> told(int most) {
        var all = Frames.folded(lines());
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
