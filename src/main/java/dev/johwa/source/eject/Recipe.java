package dev.johwa.source.eject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is needed to build, test and run an app anywhere; filled by the class of its language, used by one thread.
final class Recipe {
    /// The image that builds, and the one that runs; equal where one does both.
    String builder = "";

    String base = "";

    /// Values that building needs.
    final Map<String, String> environment = new LinkedHashMap<>();

    /// Tools that the builder lacks: lines for a shell.
    final List<String> tools = new ArrayList<>();

    /// The instructions that copy what decides the dependencies: `package.json package-lock.json ./`.
    final List<String> manifests = new ArrayList<>();

    /// Lines for a shell.
    List<String> install = new ArrayList<>();

    /// What is installed after the sources are there.
    final List<String> afterSources = new ArrayList<>();

    List<String> build = new ArrayList<>();
    List<String> test = new ArrayList<>();

    /// What only the tests need.
    final List<String> testTools = new ArrayList<>();

    final Map<String, String> testEnvironment = new LinkedHashMap<>();

    /// What makes the result smaller.
    final List<String> prune = new ArrayList<>();

    /// What the running image takes: source and place, below the folder of the app; empty: all of it.
    final Map<String, String> taken = new LinkedHashMap<>();

    /// Folders outside the app's that come along.
    final List<String> alongside = new ArrayList<>();

    final Map<String, String> runEnvironment = new LinkedHashMap<>();

    int port;
    Optional<List<String>> check = Optional.empty();

    /// Processes by name, each the words of its command.
    final Map<String, List<String>> processes = new LinkedHashMap<>();

    /// The folder below the app's in which they start; empty for its own.
    String at = "";

    /// The steps that bring the language on GitHub.
    final List<Step> steps = new ArrayList<>();

    /// The process that a request reaches, else the first.
    static Optional<Map.Entry<String, List<String>>> first(Map<String, List<String>> processes) {
        return processes.entrySet().stream()
                .filter(each -> each.getKey().equals("web"))
                .findFirst()
                .or(() -> processes.entrySet().stream().findFirst());
    }

    /// A step of a workflow: an action with its inputs, or a line for a shell.
    record Step(String uses, String line, Map<String, String> with) {
        static Step of(String uses, String... with) {
            var inputs = new LinkedHashMap<String, String>();
            for (int i = 0; i < with.length; i += 2) {
                inputs.put(with[i], with[i + 1]);
            }
            return new Step(uses, "", inputs);
        }

        static Step line(String line) {
            return new Step("", line, Map.of());
        }
    }
}
