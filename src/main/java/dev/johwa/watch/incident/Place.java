package dev.johwa.watch.incident;

import java.util.Set;

/// Where something is wrong, and what of it: what is wrong with one place at the same time has one cause.
///
/// @param project empty: the platform's
/// @param app empty where it is of no single app
/// @param environment empty like that
/// @param side what of the place: how it serves, or what is wrong by itself
record Place(String project, String app, String environment, String side) {
    static final String SERVING = "serving";

    private static final Set<String> OF_SERVING =
            Set.of("crash", "verdict", "objective", "outside", "saturated", "vanished");

    /// By the key of a condition, whose first word is what shows it, and whose next are names.
    static Place of(String key, String project) {
        var words = key.split(":", -1);
        boolean isServing = OF_SERVING.contains(words[0]) && words.length > 2 && !words[1].isEmpty();
        if (!isServing) {
            return new Place(project, "", "", key);
        }
        var names = words[1].split("/", 2);
        return serving(names[0], names[names.length - 1], words[2]);
    }

    static Place serving(String project, String app, String environment) {
        return new Place(project, app, environment, SERVING);
    }

    boolean isServing() {
        return side.equals(SERVING);
    }

    /// `shop`, or `shop/api`.
    String name() {
        return app.equals(project) ? project : project + "/" + app;
    }
}
