package dev.johwa.watch.alert;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Figures;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Which apps there are, as far as looks at them must know.
///
/// @param figures what runs now
/// @param all that there are
/// @param isPreview of which nobody is told
public record WatchedApps(
        Supplier<Figures> figures, Supplier<List<AppEnvironment>> all, Predicate<AppEnvironment> isPreview) {
    /// Whether one is there of which people are told.
    boolean isWatched(AppEnvironment where) {
        return !isPreview.test(where);
    }

    /// Whether the app of a condition is there still.
    ///
    /// @param key of a condition, as [#key] begins it
    boolean isThere(String word, String key) {
        return all.get().stream().anyMatch(where -> key.startsWith(key(word, where)));
    }

    /// How keys of conditions of an app begin.
    static String key(String word, AppEnvironment where) {
        return word + ":" + where.name() + ":" + where.environment() + ":";
    }
}
