package dev.johwa.watch.telemetry.store;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.telemetry.Column;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Series;
import dev.johwa.watch.telemetry.Stepped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// What a query reads: prepared while nothing changes, read afterwards, by one thread. A coarse tier is what its blocks
/// have, and what finer ones have that is not in them yet.
final class Selection implements AutoCloseable {
    /// Of all series together, so that no query takes the memory of all.
    private static final int MOST = 2_000_000;

    private final Tier tier;
    private final List<Entry> entries;
    private final long from;
    private final long until;
    private final Column column;
    private final List<Block.Open> opened = new ArrayList<>();
    private final Map<Integer, List<byte[]>> heads = new HashMap<>();
    private int size;

    Selection(Store.Range range, List<Entry> entries, Column column) {
        this.tier = range.tier();
        this.entries = entries;
        this.from = range.from();
        this.until = range.until();
        this.column = column;
    }

    /// Opens what is needed, so that it may be deleted from now on.
    void prepare(Map<Tier, Blocks> tiers, Collection<Head> unfinished) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        open(Objects.requireNonNull(tiers.get(tier)).within(from, until));
        if (tier == Tier.HOUR) {
            open(Objects.requireNonNull(tiers.get(Tier.MINUTE)).within(from, until).stream()
                    .filter(block -> block.span().length() == Span.HOUR)
                    .toList());
        }
        for (var head : unfinished) {
            if (head.span().startMillis() <= until && head.span().endMillis() > from) {
                for (var entry : entries) {
                    var chunk = head.chunk(entry.id());
                    if (chunk != null) {
                        heads.computeIfAbsent(entry.id(), any -> new ArrayList<>())
                                .add(chunk);
                    }
                }
            }
        }
    }

    private void open(List<Block> blocks) throws IOException {
        for (var block : blocks) {
            opened.add(block.open());
        }
    }

    List<Series> read() {
        var found = new ArrayList<Series>();
        for (var entry : entries) {
            var samples = tier == Tier.RAW ? samples(entry) : rows(entry);
            if (samples.size() > 0) {
                found.add(new Series(entry.labels(), samples.samples()));
            }
        }
        return found;
    }

    /// Each series summed up by steps, in one pass and without keeping what was read.
    void steps(long begin, long step, int count, Consumer<Stepped> told) {
        long silence = Math.max(Stepping.SILENCE, 2 * tier.step() + 1);
        for (var entry : entries) {
            var steps = new Stepping(entry.kind(), begin, step, count, silence);
            for (var block : opened) {
                var chunk = block.chunkOf(entry.id());
                if (chunk != null && tier == Tier.RAW) {
                    steps.samples(chunk);
                } else if (chunk != null) {
                    steps.rows(chunk, entry.kind());
                }
            }
            heads.getOrDefault(entry.id(), List.of()).forEach(steps::samples);
            if (!steps.isEmpty()) {
                told.accept(steps.stepped(entry.labels()));
            }
        }
    }

    private Found samples(Entry entry) {
        var found = new Found();
        for (var block : opened) {
            var chunk = block.chunkOf(entry.id());
            if (chunk != null) {
                add(chunk, found);
            }
        }
        heads.getOrDefault(entry.id(), List.of()).forEach(chunk -> add(chunk, found));
        return found;
    }

    private void add(byte[] chunk, Found found) {
        var in = new Unpacker(chunk, 1);
        while (in.next()) {
            add(found, in.time(), column == Column.COUNT ? 1 : in.value(0));
        }
    }

    private void add(Found found, long time, double value) {
        if (time > from && time <= until) {
            if (++size > MOST) {
                throw Problem.user("query.too-large", "the query would read more than " + MOST + " samples")
                        .hint("ask for less time, or for fewer series")
                        .exception();
            }
            found.add(time, value);
        }
    }

    private Found rows(Entry entry) {
        var found = new Found();
        var reached = new Reached();
        var rows = new Coarser.Rows(entry.kind(), tier.step(), row -> take(entry, row, reached, found));
        for (var block : opened) {
            var chunk = block.chunkOf(entry.id());
            if (chunk != null) {
                rows.rows(chunk);
            }
        }
        heads.getOrDefault(entry.id(), List.of()).forEach(rows::samples);
        rows.finish();
        return found;
    }

    /// How far a counter is, as if it had never begun anew.
    private static final class Reached {
        private boolean isBegun;
        private double reached;
        private double last;

        double with(Row row) {
            reached = isBegun ? row.reached(reached, last) : row.grownFromFirst();
            isBegun = true;
            last = row.last();
            return reached;
        }
    }

    private void take(Entry entry, Row row, Reached reached, Found found) {
        if (row.time() <= from || row.time() > until) {
            return;
        }
        if (!row.has(column)) {
            throw missing(entry);
        }
        boolean isGrown = column == Column.GROWN && entry.kind() == Kind.COUNTER;
        long began = Math.floorDiv(row.time(), tier.step()) * tier.step();
        if (isGrown && !reached.isBegun && began > from && began < row.time()) {
            // How it grew within its first step is all that a series has that began there: the first errors of an app.
            add(found, began, row.first());
        }
        add(found, row.time(), isGrown ? reached.with(row) : row.figure(column));
    }

    private ProblemException missing(Entry entry) {
        return Problem.user(
                        "query.unsupported",
                        "sums and extremes of the counter " + entry.labels().metric() + " are not kept for so long")
                .hint("ask for its rate or its increase, or for the last "
                        + Tier.RAW.kept().toHours() + " hours")
                .exception();
    }

    @Override
    public void close() {
        opened.forEach(Block.Open::close);
    }
}
