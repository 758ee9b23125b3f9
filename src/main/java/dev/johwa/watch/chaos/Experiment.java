package dev.johwa.watch.chaos;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a file of Chaos Toolkit says.
///
/// @param hypothesis what is to hold before and after; empty: it only explores
/// @param configuration values by name, which `${name}` stands for
/// @param written the file as plain values, for the journal
record Experiment(
        String title,
        Optional<Hypothesis> hypothesis,
        List<Activity> method,
        List<Activity> rollbacks,
        Map<String, Setting> configuration,
        Map<String, Object> written) {
    Experiment {
        method = List.copyOf(method);
        rollbacks = List.copyOf(rollbacks);
        configuration = Map.copyOf(configuration);
    }

    record Hypothesis(String title, List<Activity> probes) {
        Hypothesis {
            probes = List.copyOf(probes);
        }
    }

    /// One thing that is done or asked.
    ///
    /// @param type `probe` or `action`
    /// @param tolerance what a probe of the hypothesis may say
    /// @param pauseBefore seconds, as a number or by a name of the configuration; null for none
    /// @param background whether the next begins at once
    record Activity(
            String name,
            String type,
            Provider provider,
            Optional<Tolerance> tolerance,
            Optional<Object> pauseBefore,
            Optional<Object> pauseAfter,
            boolean background,
            Map<String, Object> written) {}

    /// How it is done.
    sealed interface Provider {
        /// @param arguments of the query, or the body of other methods
        /// @param timeout in seconds; empty: ours
        record Http(
                String url,
                String method,
                Map<String, Object> headers,
                Optional<Object> arguments,
                Optional<Object> timeout)
                implements Provider {}

        /// @param arguments a list of words, a text for a shell, or a map of names and values
        record Program(String path, Optional<Object> arguments, Optional<Object> timeout) implements Provider {}
    }

    /// A value of the configuration.
    sealed interface Setting {
        record Inline(Object value) implements Setting {}

        /// @param type `str`, `int`, `float`, `bool`, `json`
        record FromEnvironment(String key, Optional<Object> other, String type) implements Setting {}
    }
}
