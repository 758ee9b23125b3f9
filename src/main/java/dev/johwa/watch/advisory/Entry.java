package dev.johwa.watch.advisory;

import dev.johwa.watch.advisory.version.Scheme;
import dev.johwa.watch.advisory.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one advisory says of one package, as the index keeps it.
///
/// @param aliases other ids of the same
/// @param score by CVSS; 0 where none is computed
/// @param versions that are affected and in none of the ranges
/// @param doubt why it cannot be told which versions are affected; empty where it can
record Entry(
        String id,
        List<String> aliases,
        String summary,
        Severity severity,
        double score,
        List<String> versions,
        List<Range> ranges,
        String doubt) {
    Entry {
        aliases = List.copyOf(aliases);
        versions = List.copyOf(versions);
        ranges = List.copyOf(ranges);
    }

    /// @param isSemantic whether versions in it are ordered by Semantic Versioning, whatever the ecosystem does
    record Range(boolean isSemantic, List<Step> steps) {
        Range {
            steps = List.copyOf(steps);
        }
    }

    /// An event of a range: `introduced`, `fixed`, `last_affected` or `limit`.
    record Step(String kind, String version) {}

    /// What comes of a version.
    sealed interface Outcome {
        record Safe() implements Outcome {}

        /// @param fixed versions in which it is mended, of those after this one
        record Affected(List<String> fixed) implements Outcome {}

        /// @param why it cannot be told
        record Unsure(String why) implements Outcome {}
    }

    /// The evaluation of the OSV schema, "Evaluation"; where it lacks an answer, none is made up.
    Outcome of(String version, Scheme scheme) {
        if (version.isEmpty()) {
            return new Outcome.Unsure("nothing tells its version");
        }
        if (versions.contains(version)) {
            return new Outcome.Affected(fixes(version, scheme, false));
        }
        var why = doubt;
        for (var range : ranges) {
            var outcome = of(range, version, scheme);
            if (outcome instanceof Outcome.Affected) {
                return new Outcome.Affected(fixes(version, scheme, true));
            }
            why = outcome instanceof Outcome.Unsure(var told) ? told : why;
        }
        var parsed = scheme.parse(version);
        if (parsed.isPresent()
                && versions.stream()
                        .anyMatch(each -> scheme.parse(each)
                                .filter(other -> other.compareTo(parsed.get()) == 0)
                                .isPresent())) {
            return new Outcome.Affected(fixes(version, scheme, false));
        }
        if (parsed.isEmpty() && why.isEmpty()) {
            why = noVersion(version);
        }
        return why.isEmpty() ? new Outcome.Safe() : new Outcome.Unsure(why);
    }

    private static String noVersion(String text) {
        return "'" + text + "' is no version that can be compared";
    }

    static Outcome of(Range range, String version, Scheme ofEcosystem) {
        var scheme = range.isSemantic() ? Scheme.SEMANTIC : ofEcosystem;
        var place = scheme.parse(version);
        if (place.isEmpty()) {
            return new Outcome.Unsure(noVersion(version));
        }
        var marks = new ArrayList<Mark>();
        for (var step : range.steps()) {
            var mark = Mark.of(step, scheme);
            if (mark.isEmpty()) {
                return new Outcome.Unsure("it speaks of '" + step.version() + "', which is no version there");
            }
            marks.add(mark.get());
        }
        return isWithin(marks, place.get()) ? new Outcome.Affected(List.of()) : new Outcome.Safe();
    }

    /// A step with its version, which is empty for before all, and after all.
    private record Mark(String kind, Optional<Version> version, boolean isEnd) implements Comparable<Mark> {
        static Optional<Mark> of(Step step, Scheme scheme) {
            if (step.version().equals("0") && step.kind().equals("introduced")) {
                return Optional.of(new Mark(step.kind(), Optional.empty(), false));
            }
            if (step.version().equals("*") && step.kind().equals("limit")) {
                return Optional.of(new Mark(step.kind(), Optional.empty(), true));
            }
            return scheme.parse(step.version()).map(version -> new Mark(step.kind(), Optional.of(version), false));
        }

        /// Whether a version is this one or comes after it.
        int place(Version other) {
            return version.map(other::compareTo).orElse(isEnd ? -1 : 1);
        }

        @Override
        public int compareTo(Mark other) {
            if (version.isEmpty() || other.version.isEmpty()) {
                return Integer.compare(rank(), other.rank());
            }
            return version.get().compareTo(other.version.get());
        }

        private int rank() {
            return version.isPresent() ? 1 : isEnd ? 2 : 0;
        }
    }

    private static boolean isWithin(List<Mark> marks, Version version) {
        var limits = marks.stream().filter(mark -> mark.kind().equals("limit")).toList();
        if (!limits.isEmpty() && limits.stream().noneMatch(limit -> limit.place(version) < 0)) {
            return false;
        }
        boolean isAffected = false;
        for (var mark : marks.stream().sorted().toList()) {
            int place = mark.place(version);
            isAffected = switch (mark.kind()) {
                case "introduced" -> isAffected || place >= 0;
                case "fixed" -> isAffected && place < 0;
                case "last_affected" -> isAffected && place <= 0;
                case String _ -> isAffected;
            };
        }
        return isAffected;
    }

    /// The next version in each range in which it is mended.
    ///
    /// @param isWithin whether only those ranges count that the version is in
    private List<String> fixes(String version, Scheme ofEcosystem, boolean isWithin) {
        var fixes = new ArrayList<String>();
        for (var range : ranges) {
            var scheme = range.isSemantic() ? Scheme.SEMANTIC : ofEcosystem;
            var from = scheme.parse(version);
            if (from.isPresent() && (!isWithin || of(range, version, ofEcosystem) instanceof Outcome.Affected)) {
                range.steps().stream()
                        .filter(step -> step.kind().equals("fixed"))
                        .filter(step -> scheme.parse(step.version())
                                .filter(fixed -> fixed.compareTo(from.get()) > 0)
                                .isPresent())
                        .min((one, other) -> scheme.parse(one.version())
                                .orElseThrow()
                                .compareTo(scheme.parse(other.version()).orElseThrow()))
                        .ifPresent(step -> fixes.add(step.version()));
            }
        }
        return fixes.stream().distinct().toList();
    }
}
