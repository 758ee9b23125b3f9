package dev.johwa.watch.log.outline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes an [Automaton]: first states that each wait for one byte of a set, then, of all that may be waited for at a
/// time, one state.
final class States {
    private static final int MOST = 60_000;
    private static final int ALL_BYTES = 256;
    private static final int FOUND = -1;

    /// A step: to one of two without a byte where it has no set.
    private record Step(Optional<BitSet> set, int next, int other) {}

    private final List<Step> steps = new ArrayList<>();
    private final int[] kinds = new int[ALL_BYTES];
    private final List<Integer> examples = new ArrayList<>();
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final List<BitSet> waiting = new ArrayList<>();
    private final BitSet begin = new BitSet();

    private States() {}

    /// Of the first part of an outline where the whole is too large.
    static Optional<Automaton> automaton(Outline outline) {
        var part = outline;
        while (true) {
            var automaton = new States().of(part);
            if (automaton.isPresent() || !(part instanceof Outline.Sequence sequence)) {
                return automaton;
            }
            if (sequence.parts().isEmpty()) {
                return automaton;
            }
            part = new Outline.Sequence(
                    sequence.parts().subList(0, sequence.parts().size() / 2));
        }
    }

    private Optional<Automaton> of(Outline outline) {
        int start = add(outline, FOUND);
        if (start == FOUND || !reach(start, begin)) {
            return Optional.empty();
        }
        int count = kinds();
        number(begin);
        var table = new ArrayList<int[]>();
        for (int i = 0; i < waiting.size(); i++) {
            if (i * count > MOST) {
                return Optional.empty();
            }
            var row = new int[count];
            for (int kind = 0; kind < count; kind++) {
                row[kind] = after(waiting.get(i), examples.get(kind));
            }
            table.add(row);
        }
        var all = table.stream()
                .flatMapToInt(Arrays::stream)
                .map(state -> state == FOUND ? FOUND : state * count)
                .toArray();
        boolean isOfOneLine = steps.stream()
                .noneMatch(step -> step.set().filter(set -> set.get('\n')).isPresent());
        return Optional.of(new Automaton(kinds, all, isOfOneLine));
    }

    /// @return the number of the step that begins it
    private int add(Outline outline, int next) {
        return switch (outline) {
            case Outline.Bytes bytes -> step(new Step(Optional.of(bytes.set()), next, next));
            case Outline.Sequence sequence -> {
                int start = next;
                for (var part : sequence.parts().reversed()) {
                    start = add(part, start);
                }
                yield start;
            }
            case Outline.Choice choice -> {
                int start = add(choice.options().getFirst(), next);
                for (var option : choice.options().subList(1, choice.options().size())) {
                    start = either(add(option, next), start);
                }
                yield start;
            }
            case Outline.Repeat repeat -> repeated(repeat, next);
        };
    }

    private int repeated(Outline.Repeat repeat, int next) {
        int start = next;
        if (repeat.most() == Outline.Repeat.EVER) {
            start = either(next, next);
            steps.set(start, new Step(Optional.empty(), add(repeat.part(), start), next));
        } else {
            for (int i = repeat.least(); i < repeat.most(); i++) {
                start = either(add(repeat.part(), start), next);
            }
        }
        for (int i = 0; i < repeat.least(); i++) {
            start = add(repeat.part(), start);
        }
        return start;
    }

    private int either(int one, int other) {
        return step(new Step(Optional.empty(), one, other));
    }

    private int step(Step step) {
        steps.add(step);
        return steps.size() - 1;
    }

    /// Adds what is waited for from a step on.
    ///
    /// @return false where nothing more is needed
    private boolean reach(int step, BitSet all) {
        if (step == FOUND) {
            return false;
        }
        if (all.get(step)) {
            return true;
        }
        all.set(step);
        var here = steps.get(step);
        return here.set().isPresent() || reach(here.next(), all) && reach(here.other(), all);
    }

    /// Bytes that are in the same sets are of one kind.
    ///
    /// @return how many kinds there are
    private int kinds() {
        var known = new HashMap<BitSet, Integer>();
        for (int each = 0; each < ALL_BYTES; each++) {
            var sets = new BitSet();
            for (int i = 0; i < steps.size(); i++) {
                int wanted = each;
                sets.set(i, steps.get(i).set().filter(set -> set.get(wanted)).isPresent());
            }
            Integer kind = known.putIfAbsent(sets, known.size());
            if (kind == null) {
                examples.add(each);
            }
            kinds[each] = kind == null ? examples.size() - 1 : kind;
        }
        return examples.size();
    }

    private int number(BitSet all) {
        return numbers.computeIfAbsent(all, fresh -> {
            waiting.add(fresh);
            return waiting.size() - 1;
        });
    }

    private int after(BitSet all, int each) {
        var next = (BitSet) begin.clone();
        for (int i = all.nextSetBit(0); i >= 0; i = all.nextSetBit(i + 1)) {
            var step = steps.get(i);
            if (step.set().filter(set -> set.get(each)).isPresent() && !reach(step.next(), next)) {
                return FOUND;
            }
        }
        return number(next);
    }
}
