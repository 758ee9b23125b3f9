package dev.johwa.watch.telemetry.store;

import dev.johwa.watch.telemetry.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// Makes blocks of a day of those of its hours, and blocks of thirty days of those.
final class Widening {
    private static final Duration LATE = Duration.ofHours(3);

    private final Map<Tier, Blocks> tiers;
    private final IntFunction<Kind> kinds;

    Widening(Map<Tier, Blocks> tiers, IntFunction<Kind> kinds) {
        this.tiers = tiers;
        this.kinds = kinds;
    }

    private Blocks blocks(Tier tier) {
        return Objects.requireNonNull(tiers.get(tier));
    }

    void run(long now) throws IOException {
        var minutes = blocks(Tier.MINUTE);
        var hours = blocks(Tier.HOUR);
        for (var day : over(minutes.of(Span.HOUR), Span.DAY, now).entrySet()) {
            var span = minutes.free(hours.free(day.getKey()));
            // Hours first: they count only once the day is there.
            write(day.getValue(), hours, span);
            write(day.getValue(), minutes, span);
            day.getValue().forEach(block -> minutes.drop(block.span()));
        }
        for (var month : over(hours.of(Span.DAY), Span.MONTH, now).entrySet()) {
            write(month.getValue(), hours, hours.free(month.getKey()));
            month.getValue().forEach(block -> hours.drop(block.span()));
        }
    }

    /// By the wider span they lie in, when that is over.
    private static Map<Span, List<Block>> over(List<Block> blocks, long wider, long now) {
        var groups = new TreeMap<Span, List<Block>>();
        for (var block : blocks) {
            var span = block.span().wider(wider);
            if (span.endMillis() + LATE.toMillis() < now) {
                groups.computeIfAbsent(span, any -> new ArrayList<>()).add(block);
            }
        }
        return groups;
    }

    private void write(List<Block> from, Blocks to, Span span) throws IOException {
        try (var writer = to.writer(span)) {
            Coarser.merge(from, writer, to.tier().step(), kinds);
            writer.finish(from.stream().map(block -> block.span().name()).toList());
        }
        to.written(span);
    }
}
