package dev.johwa.watch.telemetry.store;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Takes away what was made of files that are still there, because the program ended in between: it is made again.
final class Recovery {
    private final Map<Tier, Blocks> tiers;

    Recovery(Map<Tier, Blocks> tiers) {
        this.tiers = tiers;
    }

    /// @param logs hours that are not in a block of samples
    void run(List<Span> logs) {
        logs.forEach(blocks(Tier.MINUTE)::drop);
        dropEarly(Tier.HOUR, Span.DAY, Tier.MINUTE);
    }

    private Blocks blocks(Tier tier) {
        return Objects.requireNonNull(tiers.get(tier));
    }

    private void dropEarly(Tier tier, long length, Tier of) {
        for (var block : blocks(tier).of(length)) {
            Set<String> sources = new HashSet<>(Blocks.made(block));
            boolean areThere = blocks(of).of(Span.HOUR).stream()
                    .anyMatch(source -> sources.contains(source.span().name()));
            if (areThere && !blocks(of).has(block.span())) {
                blocks(tier).drop(block.span());
            }
        }
    }
}
