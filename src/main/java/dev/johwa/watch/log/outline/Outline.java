package dev.johwa.watch.log.outline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a search finds at most, in bytes of UTF-8: where the search finds something, this finds something too.
public sealed interface Outline {
    /// What is always there.
    Outline NOTHING = new Sequence(List.of());

    /// One byte of a set.
    record Bytes(BitSet set) implements Outline {
        public Bytes {
            set = (BitSet) set.clone();
        }
    }

    /// One after the other.
    record Sequence(List<Outline> parts) implements Outline {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /// One of several.
    record Choice(List<Outline> options) implements Outline {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /// The same several times.
    ///
    /// @param most [#EVER] for any number of times
    record Repeat(Outline part, int least, int most) implements Outline {
        public static final int EVER = Integer.MAX_VALUE;
        /// A larger number is any number.
        private static final int COUNTED = 32;

        public Repeat {
            most = most > COUNTED ? EVER : most;
            least = Math.min(least, COUNTED);
        }
    }

    /// A text as it is.
    static Outline text(String text, boolean ignoresCase) {
        var parts = new ArrayList<Outline>();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            parts.add(single(each, ignoresCase));
        }
        return new Sequence(parts);
    }

    private static Outline single(byte each, boolean ignoresCase) {
        var set = new BitSet();
        set.set(each & 0xFF);
        return new Bytes(ignoresCase ? bothCases(set) : set);
    }

    /// With the letters of ASCII that differ by their case only.
    static BitSet bothCases(BitSet set) {
        var both = (BitSet) set.clone();
        IntStream.rangeClosed('a', 'z')
                .filter(lower -> set.get(lower) || set.get(lower - 'a' + 'A'))
                .forEach(lower -> {
                    both.set(lower);
                    both.set(lower - 'a' + 'A');
                });
        return both;
    }

    /// How many sets of bytes it takes to write all of it down.
    default long size() {
        return switch (this) {
            case Bytes _ -> 1;
            case Sequence sequence -> sum(sequence.parts());
            case Choice choice -> sum(choice.options());
            case Repeat repeat ->
                Math.min(
                        Integer.MAX_VALUE,
                        repeat.part().size() * (repeat.most() == Repeat.EVER ? repeat.least() + 1 : repeat.most()));
        };
    }

    private static long sum(List<Outline> all) {
        return 1 + all.stream().mapToLong(Outline::size).sum();
    }

    /// The longest text that is a part of all that is found; empty where there is none worth a look.
    default Optional<String> plain() {
        return new Plain().of(this);
    }

    /// Whether it is nothing but a text.
    default boolean isPlain() {
        return switch (this) {
            case Bytes bytes -> bytes.set().cardinality() == 1;
            case Sequence sequence -> sequence.parts().stream().allMatch(Outline::isPlain);
            case Choice _, Repeat _ -> false;
        };
    }
}
