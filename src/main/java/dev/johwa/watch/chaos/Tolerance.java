package dev.johwa.watch.chaos;

import dev.johwa.lib.text.Watched;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a probe of the hypothesis may say, by the rules of Chaos Toolkit: a number and a list are compared with the
/// status of an answer or of a program, which is all of it that a plain value says anything about.
sealed interface Tolerance {
    /// @param value what the probe gave: an answer, how a program ended, or a plain value
    /// @throws World.Failed when that cannot be told
    boolean holds(@Nullable Object value);

    /// A number, a text, or true or false.
    record Exactly(Object wanted) implements Tolerance {
        @Override
        public boolean holds(@Nullable Object value) {
            boolean isNumber = wanted instanceof Number;
            return same(wanted, isNumber ? status(value) : value);
        }
    }

    /// One of these; of a plain value, where there are two, between them.
    record Among(List<Object> wanted) implements Tolerance {
        public Among {
            wanted = List.copyOf(wanted);
        }

        @Override
        public boolean holds(@Nullable Object value) {
            boolean isAnswer = value instanceof Map<?, ?> map && map.containsKey("status");
            if (!isAnswer && wanted.size() == 2 && number(value).isPresent()) {
                return new Range(Optional.empty(), wanted.getFirst(), wanted.getLast()).holds(value);
            }
            var seen = status(value);
            return wanted.stream().anyMatch(each -> same(each, seen));
        }
    }

    /// @param target part of the answer, such as `body` or `stdout`
    record Matching(Optional<String> target, Pattern pattern) implements Tolerance {
        @Override
        public boolean holds(@Nullable Object value) {
            return part(target, value) instanceof String text && find(text);
        }

        private boolean find(String text) {
            try {
                return pattern.matcher(new Watched(text, this::endless)).find();
            } catch (StackOverflowError e) {
                throw endless();
            }
        }

        private World.Failed endless() {
            return new World.Failed("the pattern '" + pattern + "' takes too long, or goes too deep");
        }
    }

    record Range(Optional<String> target, Object least, Object most) implements Tolerance {
        @Override
        public boolean holds(@Nullable Object value) {
            var seen = number(part(target, value));
            var from = number(least);
            var to = number(most);
            return seen.isPresent()
                    && from.isPresent()
                    && to.isPresent()
                    && seen.get().compareTo(from.get()) >= 0
                    && seen.get().compareTo(to.get()) <= 0;
        }
    }

    /// @param count how many are to be found; empty: any
    /// @param expect what is to be found; empty: anything
    record AtPath(Optional<String> target, JsonPath path, Optional<Integer> count, Optional<List<Object>> expect)
            implements Tolerance {
        @Override
        public boolean holds(@Nullable Object value) {
            var found = path.in(JsonPath.parsed(part(target, value)));
            if (expect.isPresent()) {
                return sameAll(expect.get(), found);
            }
            return count.map(wanted -> found.size() == wanted).orElse(!found.isEmpty());
        }

        private static boolean sameAll(List<Object> wanted, List<Object> found) {
            boolean isSame = wanted.size() == found.size();
            for (int i = 0; isSame && i < wanted.size(); i++) {
                isSame = same(wanted.get(i), found.get(i));
            }
            return isSame;
        }
    }

    private static @Nullable Object status(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.containsKey("status") ? map.get("status") : value;
    }

    private static @Nullable Object part(Optional<String> target, @Nullable Object value) {
        return target.isPresent() && value instanceof Map<?, ?> map && map.containsKey(target.get())
                ? map.get(target.get())
                : value;
    }

    /// Python's equality: true is 1.
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        var first = one instanceof String ? Optional.<BigDecimal>empty() : number(one);
        var second = other instanceof String ? Optional.<BigDecimal>empty() : number(other);
        return first.isPresent() && second.isPresent()
                ? first.get().compareTo(second.get()) == 0
                : Objects.equals(one, other);
    }

    private static Optional<BigDecimal> number(@Nullable Object value) {
        return switch (value) {
            case Boolean is -> Optional.of(is ? BigDecimal.ONE : BigDecimal.ZERO);
            case Number number -> Optional.of(new BigDecimal(number.toString()));
            case String text
            when text.strip().matches("[-+]?\\d{1,30}(\\.\\d{0,30})?([eE][-+]?\\d{1,3})?") ->
                Optional.of(new BigDecimal(text.strip()));
            case null, default -> Optional.empty();
        };
    }
}
