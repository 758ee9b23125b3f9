package dev.johwa.source.compose.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known by patterns of paths, such as `services.*.ports`.
///
/// @param <T> what a pattern stands for
public final class Patterns<T> {
    private static final String ANY = "*";

    private final Map<String, List<Pattern<T>>> byLast = new HashMap<>();

    private record Pattern<T>(String[] keys, T value) {}

    public Patterns<T> add(String pattern, T value) {
        var keys = pattern.split("\\.");
        byLast.computeIfAbsent(keys[keys.length - 1], _ -> new ArrayList<>()).add(new Pattern<>(keys, value));
        return this;
    }

    /// The same below several prefixes.
    public Patterns<T> add(List<String> prefixes, String rest, T value) {
        prefixes.forEach(prefix -> add(prefix + rest, value));
        return this;
    }

    public @Nullable T find(TreePath path) {
        var exact = find(path, byLast.getOrDefault(path.last(), List.of()));
        return exact != null ? exact : find(path, byLast.getOrDefault(ANY, List.of()));
    }

    private @Nullable T find(TreePath path, List<Pattern<T>> patterns) {
        for (var pattern : patterns) {
            if (path.matches(pattern.keys)) {
                return pattern.value;
            }
        }
        return null;
    }
}
