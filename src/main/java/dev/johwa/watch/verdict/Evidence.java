package dev.johwa.watch.verdict;

import dev.johwa.serve.release.AppEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is known of a release beside its answers. May be slow: it is asked now and then.
public interface Evidence {
    /// Nothing is known.
    Evidence NONE = new Evidence() {
        @Override
        public Map<String, List<Long>> memory(AppEnvironment where, int release, Instant from, Instant until) {
            return Map.of();
        }

        @Override
        public List<Said> lines(AppEnvironment where, int release, Instant from, Instant until) {
            return List.of();
        }

        @Override
        public List<Minute> counted(AppEnvironment where, int release, String metric, Instant from, Instant until) {
            return List.of();
        }
    };

    /// The least bytes that the instances of each of its processes (`web`, `worker`) had in each three minutes, in the
    /// mean of them, oldest first.
    Map<String, List<Long>> memory(AppEnvironment where, int release, Instant from, Instant until);

    /// Its newest lines that may be of errors, at most some thousands, oldest first. However much else it says, it
    /// takes no room from them.
    List<Said> lines(AppEnvironment where, int release, Instant from, Instant until);

    /// What it counted of its business beside the requests that it answered, of each minute with requests.
    ///
    /// @param metric that has it
    List<Minute> counted(AppEnvironment where, int release, String metric, Instant from, Instant until);

    /// Some minute.
    record Minute(double requests, double counted) {}

    /// @param stream `out`, `err`
    /// @param level of its fields; empty where it has none
    record Said(String text, String stream, String level) {
        /// What a line says that tells of an error.
        public static final Pattern BAD = Pattern.compile(
                "\\b(?:error|fatal|critical|severe|panic|traceback)\\b|\\w(?:Error|Exception)\\b",
                Pattern.CASE_INSENSITIVE);
        /// What one says that tells of none, though it goes to the stream for errors.
        public static final Pattern HARMLESS =
                Pattern.compile("\\b(?:trace|debug|info|notice|warn|warning)\\b", Pattern.CASE_INSENSITIVE);
        /// Levels of errors.
        public static final List<String> BAD_LEVELS =
                List.of("error", "fatal", "critical", "severe", "alert", "emergency");

        boolean isError() {
            return Signatures.isError(text, stream, level);
        }
    }
}
