package dev.johwa.build.pipeline;

import dev.johwa.build.base.Base;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Another system than that of this machine, on which steps run.
///
/// @param root its files, read-only
/// @param source the project's files, seen as `/app`
/// @param home of the steps: what tools keep there fits this system alone
/// @param environment values that it sets
record Ground(Path root, Path source, Path home, Map<String, String> environment) {
    static Ground of(Base base, Path root, Path place) {
        var values = new HashMap<>(base.environment());
        values.put("PATH", base.path());
        return new Ground(root, place.resolve("source"), place.resolve("home"), values);
    }

    /// Of the values that tools of this machine need, those that mean something elsewhere: no places of its runtimes.
    static Map<String, String> portable(Map<String, String> values) {
        var kept = new HashMap<>(values);
        kept.remove("PATH");
        kept.values().removeIf(value -> value.startsWith("/"));
        return kept;
    }

    /// Folders of the project in which its programs lie come first, as absolute ones.
    ///
    /// @param own the PATH that the tools of this machine need
    /// @param folder of the app, absolute
    static String path(String own, Path folder, String ofBase) {
        var places = new ArrayList<String>();
        for (var each : own.split(":")) {
            if (!each.isEmpty() && !each.startsWith("/")) {
                places.add(folder.resolve(each).normalize().toString());
            }
        }
        places.addAll(List.of(ofBase.split(":")));
        return String.join(":", places);
    }
}
