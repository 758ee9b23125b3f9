package dev.johwa.source.eject;

import java.util.List;
import java.util.Map;

/// What makes an app with public images and tools; commands are lines of a shell.
///
/// @param base image in which it is installed, built and tested
/// @param last image in which it runs
/// @param manifests files that decide what is installed, relative to its folder
/// @param install what gets its dependencies
/// @param trim what takes away those that only builds and tests need
/// @param environment while it runs
/// @param runs what is needed to run, relative to its folder; empty: all of it
/// @param setUp the actions that bring its tools to a runner of GitHub
record Recipe(
        String base,
        String last,
        List<String> manifests,
        List<String> install,
        List<String> build,
        List<String> test,
        List<String> trim,
        Map<String, String> environment,
        List<String> runs,
        List<Action> setUp) {
    Recipe {
        manifests = List.copyOf(manifests);
        install = List.copyOf(install);
        build = List.copyOf(build);
        test = List.copyOf(test);
        trim = List.copyOf(trim);
        runs = List.copyOf(runs);
        setUp = List.copyOf(setUp);
    }

    /// Whether its dependencies lie in `/venv`, beside the app.
    boolean hasItsOwnFolder() {
        return environment.getOrDefault("PATH", "").startsWith("/venv/");
    }

    /// @param uses `actions/setup-node@v4`
    /// @param with in the order in which they are written
    record Action(String uses, Map<String, String> with) {}
}
