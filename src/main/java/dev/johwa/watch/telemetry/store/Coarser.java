package dev.johwa.watch.telemetry.store;

import dev.johwa.watch.telemetry.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Makes rows of samples, longer rows of rows, and one block of several.
final class Coarser {
    private Coarser() {}

    /// Joins values of a series that come in order to rows of a step.
    static final class Rows {
        private final Kind kind;
        private final long step;
        private final Consumer<Row> done;
        private Row row;
        private long slot = Long.MIN_VALUE;

        Rows(Kind kind, long step, Consumer<Row> done) {
            this.kind = kind;
            this.step = step;
            this.done = done;
            this.row = new Row(kind);
        }

        void samples(byte[] chunk) {
            var in = new Unpacker(chunk, 1);
            while (in.next()) {
                enter(in.time());
                row.add(in.time(), in.value(0));
            }
        }

        void rows(byte[] chunk) {
            var in = new Unpacker(chunk, Row.COLUMNS);
            while (in.next()) {
                enter(in.time());
                row.add(Row.read(kind, in));
            }
        }

        private void enter(long time) {
            long its = Math.floorDiv(time, step);
            if (its != slot) {
                finish();
                slot = its;
            }
        }

        void finish() {
            if (!row.isEmpty()) {
                done.accept(row);
                row = new Row(kind);
            }
        }
    }

    /// @param chunks of one series, in order
    static byte[] rows(Kind kind, long step, List<byte[]> chunks, boolean areRows) {
        var packer = new Packer(Row.COLUMNS);
        var rows = new Rows(kind, step, row -> row.write(packer));
        chunks.forEach(areRows ? rows::rows : rows::samples);
        rows.finish();
        return packer.bytes();
    }

    /// What of a chunk is not after a moment.
    static byte[] until(long until, byte[] chunk, int columns) {
        var in = new Unpacker(chunk, columns);
        var packer = new Packer(columns);
        var values = new double[columns];
        while (in.next()) {
            if (in.time() <= until) {
                Arrays.setAll(values, in::value);
                packer.add(in.time(), values);
            }
        }
        return packer.bytes();
    }

    /// Writes what several blocks of rows have, by rows of this step.
    static void merge(List<Block> blocks, BlockWriter to, long step, IntFunction<Kind> kinds) throws IOException {
        var open = new ArrayList<Block.Open>();
        try {
            for (var block : blocks) {
                open.add(block.open());
            }
            var at = new int[open.size()];
            for (int id = lowest(open, at); id != Integer.MAX_VALUE; id = lowest(open, at)) {
                var chunks = new ArrayList<byte[]>();
                for (int i = 0; i < at.length; i++) {
                    if (at[i] < open.get(i).count() && open.get(i).id(at[i]) == id) {
                        chunks.add(open.get(i).chunk(at[i]++));
                    }
                }
                to.add(id, rows(kinds.apply(id), step, chunks, true));
            }
        } finally {
            open.forEach(Block.Open::close);
        }
    }

    private static int lowest(List<Block.Open> open, int[] at) {
        int lowest = Integer.MAX_VALUE;
        for (int i = 0; i < at.length; i++) {
            if (at[i] < open.get(i).count()) {
                lowest = Math.min(lowest, open.get(i).id(at[i]));
            }
        }
        return lowest;
    }
}
