package dev.johwa.watch.alert;

import dev.johwa.build.pipeline.Pipelines.Waiting;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.text.Few;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Look;
import dev.johwa.watch.notice.Sign;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Runs that wait for their turn for long: one sign for all of them, since they wait for the same. Safe for use by many
/// threads.
public final class Waits implements Look {
    /// Nobody should wait longer.
    static final Duration LONG = Duration.ofMinutes(10);

    private static final String KEY = "queue:runs";
    private static final int NAMED = 5;

    private final Supplier<List<Waiting>> waiting;
    private final Clock clock;

    /// @param waiting as `Pipelines.waiting` tells
    public Waits(Supplier<List<Waiting>> waiting, Clock clock) {
        this.waiting = waiting;
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return Kind.QUEUE;
    }

    @Override
    public List<Sign> signs(Predicate<String> isOpen) {
        var now = clock.now();
        var all = waiting.get().stream()
                .sorted(Comparator.comparing(Waiting::since))
                .toList();
        return all.isEmpty() || all.getFirst().since().plus(LONG).isAfter(now)
                ? List.of()
                : List.of(sign(all, Duration.between(all.getFirst().since(), now)));
    }

    private static Sign sign(List<Waiting> all, Duration longest) {
        var names = Few.of(all.stream().map(Waits::name).toList(), NAMED);
        var words = Words.of(
                        "runs that wait",
                        name(all.getFirst()) + " waits for its turn since " + Durations.text(longest.toMillis())
                                + ", of " + all.size() + " that wait",
                        "")
                .details(new Detail("Runs", names))
                .advice(
                        "What goes on: johwa runs",
                        "Builds wait where the disk is short, too: johwa status",
                        "End one that nobody needs: johwa run cancel");
        return new Sign(Kind.QUEUE, KEY, "", "", words, "No run waits for long any more");
    }

    private static String name(Waiting each) {
        return "run " + each.run().number() + " of " + each.run().project();
    }
}
