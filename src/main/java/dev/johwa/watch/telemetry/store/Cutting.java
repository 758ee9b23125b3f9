package dev.johwa.watch.telemetry.store;

import dev.johwa.lib.file.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes away what a clock that was ahead left behind, once it was set back: nothing could be kept beside it in order.
///
/// It goes for good, so the clock is believed only when it has been behind for a while, and either was seen to go ahead
/// or left little: one that is wrong until the network is there, shortly after a start, takes no history. What is begun
/// is finished after an end in between.
final class Cutting {
    /// As much as a sample may be before its time: other machines have clocks of their own.
    static final Duration AHEAD = Duration.ofMinutes(10);

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final Duration BELIEVED = Duration.ofMinutes(2);
    /// Of samples, which a clock that nobody saw go ahead may take.
    private static final int MOST_HOURS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Cutting.class);

    private final Path folder;
    private final Map<Tier, Blocks> tiers;
    private final Path begun;
    private long behindSince = Long.MAX_VALUE;
    private long seen = Long.MAX_VALUE;
    /// When it was last, before the clock went ahead by so much.
    private long beforeAhead;
    private long aheadBy;
    private boolean hasTold;

    Cutting(Path folder, Map<Tier, Blocks> tiers) {
        this.folder = folder;
        this.tiers = tiers;
        this.begun = folder.resolve("cut");
    }

    /// Whether the clock is behind what there is, has been so for long enough, and is to be believed.
    ///
    /// @param newest of all that there is
    /// @param logs of hours that are no blocks yet
    boolean isDue(long newest, long now, Collection<Span> logs) {
        if (now - AHEAD.toMillis() > seen) {
            beforeAhead = seen;
            aheadBy = now - seen;
        }
        seen = now;
        if (newest <= now + AHEAD.toMillis()) {
            behindSince = Long.MAX_VALUE;
            hasTold = false;
            return false;
        }
        behindSince = Math.min(behindSince, now);
        if (now - behindSince < BELIEVED.toMillis()) {
            return false;
        }
        boolean isBelieved = isSeen(newest, now) || hoursAfter(now, logs) <= MOST_HOURS;
        if (!isBelieved && !hasTold) {
            tell(newest, now);
        }
        return isBelieved;
    }

    /// How many hours have samples after that moment; of a block of a day, as many as it may have.
    private long hoursAfter(long now, Collection<Span> logs) {
        var blocks = tiers.values().stream()
                .filter(each -> each.tier() == Tier.RAW)
                .flatMap(each -> each.within(now, Long.MAX_VALUE).stream())
                .map(Block::span);
        return Stream.concat(blocks, logs.stream())
                .filter(span -> span.endMillis() > now)
                .mapToLong(span -> Math.ceilDiv(span.endMillis() - Math.max(now, span.startMillis()), HOUR_MILLIS))
                .sum();
    }

    private void tell(long newest, long now) {
        LOG.warn(
                "the clock says {}, and metrics in {} reach to {}: until then new ones of the same series are refused,"
                        + " since so many hours do not go for a clock that may be wrong. See that NTP keeps the"
                        + " machine's clock; if it is right now, stop Johwa and move that folder away",
                Instant.ofEpochMilli(now),
                folder,
                Instant.ofEpochMilli(newest));
        hasTold = true;
    }

    private boolean isSeen(long newest, long now) {
        return Math.abs(newest - behindSince - aheadBy) <= AHEAD.toMillis() && beforeAhead < now;
    }

    /// Finishes what an end of the program left half done. No log may be open.
    void resume(List<Span> logs) throws IOException {
        if (Files.exists(begun)) {
            cut(Long.parseLong(Files.readString(begun).strip()), logs);
        }
    }

    /// After when samples go: the moment when the clock was seen to go ahead, by as much as it was set back, since
    /// those before now are of another time too, and a counter would seem to leap after them; else now.
    private long until(long newest, long now) {
        return isSeen(newest, now) ? beforeAhead : now - 1;
    }

    /// Takes away all samples that are ahead. No log may be open.
    void run(long newest, long now, List<Span> logs) throws IOException {
        long until = until(newest, now);
        LOG.warn(
                "the clock was set back: metrics in {} reach to {}, and it is {}; those after {} go, so that new ones"
                        + " can be kept. See that NTP keeps the machine's clock",
                folder,
                Instant.ofEpochMilli(newest),
                Instant.ofEpochMilli(now),
                Instant.ofEpochMilli(until));
        Whole.writeDurably(begun, Long.toString(until).getBytes(StandardCharsets.UTF_8), "rw-r--r--");
        cut(until, logs);
    }

    private void cut(long until, List<Span> logs) throws IOException {
        for (var blocks : tiers.values()) {
            blocks.cut(until);
        }
        for (var span : logs) {
            cut(span, until);
        }
        Files.delete(begun);
        behindSince = Long.MAX_VALUE;
        aheadBy = 0;
    }

    private void cut(Span span, long until) throws IOException {
        var file = folder.resolve("head").resolve(span.name());
        if (span.startMillis() > until) {
            Files.delete(file);
        } else if (span.endMillis() > until) {
            // Beside the folder of logs: in it, every file is one.
            Head.copyUntil(until, file, folder.resolve("head.part"));
        }
    }

    /// When the newest block begins.
    Optional<Long> newest() {
        return tiers.values().stream()
                .flatMap(blocks -> blocks.newest().stream())
                .max(Long::compare);
    }
}
