package dev.johwa.watch.log.store;

import dev.johwa.watch.log.outline.Outline;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/// Which [Grams] a block has that holds what is looked for.
sealed interface Condition {
    /// @param has whether a block has the bit of a place
    boolean holds(IntPredicate has);

    /// All of several; of none, any block.
    record All(List<Condition> conditions) implements Condition {
        @Override
        public boolean holds(IntPredicate has) {
            return conditions.stream().allMatch(each -> each.holds(has));
        }
    }

    /// One of several.
    record Any(List<Condition> conditions) implements Condition {
        @Override
        public boolean holds(IntPredicate has) {
            return conditions.stream().anyMatch(each -> each.holds(has));
        }
    }

    /// Three bytes that follow each other.
    record Gram(int place) implements Condition {
        @Override
        public boolean holds(IntPredicate has) {
            return has.test(place);
        }
    }

    static Condition of(Outline outline) {
        var walk = new Walk();
        walk.add(outline);
        return new All(List.copyOf(walk.all));
    }

    /// Whether it says nothing.
    default boolean isEmpty() {
        return this instanceof All(var conditions) && conditions.isEmpty();
    }

    /// Over what follows each other for certain.
    final class Walk {
        /// Of more, one is nearly always there.
        private static final int MOST_OPTIONS = 128;

        private final List<Condition> all = new ArrayList<>();
        private final List<BitSet> run = new ArrayList<>();

        private void add(Outline outline) {
            switch (outline) {
                case Outline.Bytes bytes -> {
                    run.add(lower(bytes.set()));
                    gram();
                }
                case Outline.Sequence sequence -> sequence.parts().forEach(this::add);
                case Outline.Choice choice -> {
                    run.clear();
                    var options = choice.options().stream().map(Condition::of).toList();
                    if (options.stream().noneMatch(Condition::isEmpty)) {
                        all.add(new Any(options));
                    }
                }
                case Outline.Repeat repeat -> repeated(repeat);
            }
        }

        private void repeated(Outline.Repeat repeat) {
            int sure = Math.min(repeat.least(), Grams.WIDTH);
            for (int i = 0; i < sure; i++) {
                add(repeat.part());
            }
            if (repeat.most() != sure) {
                run.clear();
                // The last one stands before what follows.
                if (sure > 0 && repeat.part() instanceof Outline.Bytes) {
                    add(repeat.part());
                }
            }
        }

        private static BitSet lower(BitSet set) {
            var lower = new BitSet();
            set.stream().map(each -> Grams.lower((byte) each)).forEach(lower::set);
            return lower;
        }

        /// Of the last three.
        private void gram() {
            if (run.size() < Grams.WIDTH) {
                return;
            }
            var last = run.subList(run.size() - Grams.WIDTH, run.size());
            long count = last.stream().mapToLong(BitSet::cardinality).reduce(1, (one, other) -> one * other);
            if (count > MOST_OPTIONS) {
                return;
            }
            var options = last.get(0).stream()
                    .boxed()
                    .flatMap(first -> last.get(1).stream()
                            .mapToObj(second -> last.get(2).stream().mapToObj(third -> gram(first, second, third))))
                    .flatMap(grams -> grams)
                    .toList();
            all.add(options.size() == 1 ? options.getFirst() : new Any(options));
        }

        private static Condition gram(int first, int second, int third) {
            return new Gram(Grams.place(first << 16 | second << 8 | third));
        }
    }
}
