package dev.johwa.source.dockerfile.ignore;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import dev.johwa.lib.text.CleanPath;
import dev.johwa.source.dockerfile.syntax.Runes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The patterns of an ignore file, in order: the last that fits a path decides.
///
/// @param problems errors: patterns that no builder takes; warnings: patterns that none takes once it looks at them
public record IgnoreRules(List<IgnorePattern> patterns, List<Problem> problems) {
    /// Go's scanner holds no longer line.
    private static final int LONGEST = 64 * 1024;

    public IgnoreRules {
        patterns = List.copyOf(patterns);
        problems = List.copyOf(problems);
    }

    /// Ignores nothing.
    public static IgnoreRules none() {
        return new IgnoreRules(List.of(), List.of());
    }

    /// @param name under which problems name the file
    public static IgnoreRules read(String name, byte[] content) {
        var raw = new String(content, StandardCharsets.ISO_8859_1);
        var patterns = new ArrayList<IgnorePattern>();
        var problems = new ArrayList<Problem>();
        var lines = raw.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            var line = i == 0 && lines[i].startsWith("\u00EF\u00BB\u00BF") ? lines[i].substring(3) : lines[i];
            if (lines[i].length() >= LONGEST) {
                problems.add(Problem.user("dockerignore.line-length", "the line is longer than 65535 bytes")
                        .at(new Place(name, i + 1, 1)));
                break;
            }
            var pattern = line.startsWith("#") ? "" : Runes.trim(line);
            if (!pattern.isEmpty()) {
                add(cleaned(pattern), new Place(name, i + 1, line.indexOf(pattern) + 1), patterns, problems);
            }
        }
        return new IgnoreRules(patterns, problems);
    }

    private static String cleaned(String line) {
        boolean isException = line.startsWith("!");
        var pattern = isException ? Runes.trim(line.substring(1)) : line;
        if (!pattern.isEmpty()) {
            pattern = CleanPath.of(pattern);
            pattern = pattern.length() > 1 && pattern.startsWith("/") ? pattern.substring(1) : pattern;
        }
        return (isException ? "!" : "") + pattern;
    }

    private static void add(String text, Place place, List<IgnorePattern> patterns, List<Problem> problems) {
        try {
            // Once more, as the matcher does it: with the mark of an exception before it.
            var pattern = CleanPath.of(Runes.trim(text));
            boolean isException = pattern.startsWith("!");
            if (pattern.equals("!")) {
                throw new BadPattern("a lone ! takes nothing back", "write !PATH");
            }
            var read = IgnorePattern.of(isException ? pattern.substring(1) : pattern, isException, place);
            patterns.add(read);
            read.flaw().map(flaw -> flaw.as(Severity.WARNING)).ifPresent(problems::add);
        } catch (BadPattern e) {
            problems.add(e.problem(text, place));
        }
    }

    /// Whether nothing in an ignored folder can be taken back, so that nobody need look into it.
    ///
    /// @param folder raw, without a slash behind it
    public boolean isClosed(String folder) {
        if (patterns.stream().anyMatch(pattern -> pattern.isException() && pattern.reachesAnywhere())) {
            return false;
        }
        return patterns.stream()
                .filter(IgnorePattern::isException)
                .noneMatch(pattern -> (pattern.withoutTrailingStars() + "/").startsWith(folder + "/"));
    }

    /// What fitted a folder, for what lies in it.
    ///
    /// @param matched by pattern; empty above all
    /// @param flaw of a pattern that had to be looked at: then there is no answer
    public record Match(boolean isIgnored, List<Boolean> matched, Optional<Problem> flaw) {
        public static final Match TOP = new Match(false, List.of(), Optional.empty());
    }

    /// Whether a path is ignored.
    ///
    /// @param path raw, relative
    /// @param parent what was said of the folder it lies in
    public Match match(String path, Match parent) {
        var matched = new ArrayList<Boolean>();
        boolean isIgnored = false;
        Optional<Problem> flaw = Optional.empty();
        for (int i = 0; i < patterns.size(); i++) {
            var pattern = patterns.get(i);
            boolean fits = !parent.matched().isEmpty() && parent.matched().get(i);
            if (!fits && pattern.isException() == isIgnored) {
                fits = pattern.fits(path);
                flaw = flaw.or(pattern::flaw);
            }
            matched.add(fits);
            isIgnored = fits ? !pattern.isException() : isIgnored;
        }
        return new Match(isIgnored, matched, flaw);
    }
}
