package dev.johwa.source.detect.version;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Choices of conditions that hold together, on versions of numbers. A preview is in a range only when a condition
/// names a preview.
///
/// @param choices one of which must hold; an empty one always does
record Bounds(List<List<Bound>> choices) implements Range {
    static final Bounds ANY = new Bounds(List.of(List.of()));
    private static final Pattern OPEN_END = Pattern.compile("(?:\\.[xX*]){1,2}$");

    enum Relation {
        LESS,
        AT_MOST,
        EQUAL,
        OTHER,
        AT_LEAST,
        MORE,
        STARTS,
        STARTS_OTHERWISE
    }

    record Bound(Relation relation, PlainVersion version) {
        boolean holds(PlainVersion have) {
            return switch (relation) {
                case LESS -> have.compareTo(version) < 0;
                case AT_MOST -> have.compareTo(version) <= 0;
                case EQUAL -> have.compareTo(version) == 0;
                case OTHER -> have.compareTo(version) != 0;
                case AT_LEAST -> have.compareTo(version) >= 0;
                case MORE -> have.compareTo(version) > 0;
                case STARTS -> have.startsWith(version);
                case STARTS_OTHERWISE -> !have.startsWith(version);
            };
        }
    }

    Bounds {
        choices = choices.stream().map(List::copyOf).toList();
    }

    static Bounds of(Bound... all) {
        return new Bounds(List.of(List.of(all)));
    }

    /// A version or the start of one, whose end may be written as open: `18`, `18.x`, `18.2.*`.
    static Optional<Range> pin(String text) {
        return PlainVersion.of(OPEN_END.matcher(text).replaceFirst(""))
                .map(version -> of(new Bound(Relation.STARTS, version)));
    }

    static Optional<Range> least(String text) {
        return PlainVersion.of(text).map(version -> of(new Bound(Relation.AT_LEAST, version)));
    }

    @Override
    public boolean holds(String version) {
        return PlainVersion.of(version)
                .filter(have -> choices.stream().anyMatch(all -> holds(all, have)))
                .isPresent();
    }

    private static boolean holds(List<Bound> all, PlainVersion have) {
        boolean isMeant = !have.isPreview()
                || all.stream().anyMatch(bound -> bound.version().isPreview());
        return isMeant && all.stream().allMatch(bound -> bound.holds(have));
    }
}
