package dev.johwa.source.migrate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// What a platform's file may say, as a table: paths (`*` for names that people choose, `x-*` for those that begin so,
/// `#` for members of lists) and what is done with each.
final class Rules {
    /// What is done with a value.
    interface Rule {
        void tell(Entry entry, Sheet sheet);
    }

    private final Map<List<String>, Rule> rules = new LinkedHashMap<>();
    private BiFunction<Entry, Sheet, Sheet> whose = (entry, sheet) -> sheet;

    /// Rules whose values are told on another sheet, by where they stand.
    Rules under(BiFunction<Entry, Sheet, Sheet> sheets) {
        this.whose = sheets;
        return this;
    }

    Rules on(String path, Rule rule) {
        rules.put(List.of(path.split("\\.")), rule);
        return this;
    }

    /// Several paths that need nothing here.
    Rules noNeed(String why, String... paths) {
        Arrays.stream(paths).forEach(path -> on(path, (entry, sheet) -> sheet.noNeed(entry, why)));
        return this;
    }

    /// Several paths that nothing here does yet.
    Rules notYet(String why, String... paths) {
        Arrays.stream(paths).forEach(path -> on(path, (entry, sheet) -> sheet.notYet(entry, why)));
        return this;
    }

    /// Tells every value of a file.
    void tell(Entry top, Sheet sheet) {
        for (var entry : top.inner()) {
            var rule = namedBelow(entry) ? Optional.<Rule>empty() : find(entry.path());
            var goesOn = rules.keySet().stream().anyMatch(pattern -> begins(pattern, entry.path()));
            if (rule.isPresent()) {
                rule.get().tell(entry, whose.apply(entry, sheet));
            } else if (goesOn && entry.text().isEmpty()) {
                tell(entry, sheet);
            } else {
                sheet.unknown(entry, names(top.path()));
            }
        }
    }

    /// Whether something in it is known by name, while it itself is known by a wildcard at most.
    private boolean namedBelow(Entry entry) {
        var path = entry.path();
        int last = path.size() - 1;
        return entry.text().isEmpty()
                && rules.keySet().stream()
                        .noneMatch(pattern -> pattern.size() == path.size() && names(pattern, path, last))
                && rules.keySet().stream()
                        .anyMatch(pattern -> pattern.size() > path.size() && names(pattern, path, last));
    }

    /// Whether a path fits so far, and its last part is the one that the pattern names.
    private static boolean names(List<String> pattern, List<String> path, int last) {
        return pattern.get(last).equals(path.get(last)) && begins(pattern, path);
    }

    /// Names before wildcards.
    private Optional<Rule> find(List<String> path) {
        return Optional.ofNullable(rules.get(path))
                .or(() -> rules.entrySet().stream()
                        .filter(each -> each.getKey().size() == path.size() && begins(each.getKey(), path))
                        .findFirst()
                        .map(Map.Entry::getValue));
    }

    private static boolean begins(List<String> pattern, List<String> path) {
        if (pattern.size() < path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!fits(pattern.get(i), path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(name);
    }

    private List<String> names(List<String> above) {
        return rules.keySet().stream()
                .filter(pattern -> pattern.size() > above.size() && begins(pattern, above))
                .map(pattern -> pattern.get(above.size()))
                .filter(name -> !name.endsWith("*") && !name.equals("#"))
                .distinct()
                .toList();
    }
}
