package dev.johwa.source.detect;

import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.start.StartFiles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a detection came about.
///
/// @param asked every provider in its order
public record Explanation(List<Asked> asked, Optional<Detection> detection) {
    /// Who says what starts, the strongest first.
    public static final String ORDER_OF_STARTS = StartFiles.ORDER;

    private static final int SHOWN = 4;

    /// @param provider its short name
    /// @param why it was chosen, or why not
    public record Asked(String provider, boolean chosen, String why) {
        static Asked of(
                Class<?> provider, Optional<Draft> draft, Map<String, Boolean> lookedFor, Optional<Draft> before) {
            if (draft.isEmpty()) {
                return new Asked(name(provider), false, missing(lookedFor));
            }
            var why = draft.get().evidence.stream()
                    .findFirst()
                    .map(each -> each.file() + ": " + each.why())
                    .orElse("it knows the folder");
            return before.map(first -> new Asked(
                            draft.get().provider,
                            false,
                            "would do (" + why + "), but " + first.provider + " comes first"))
                    .orElseGet(() -> new Asked(draft.get().provider, true, why));
        }

        /// `NodeJs` is `node-js`.
        private static String name(Class<?> provider) {
            return provider.getSimpleName()
                    .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                    .toLowerCase(Locale.ROOT);
        }

        private static String missing(Map<String, Boolean> lookedFor) {
            var there = names(lookedFor, true);
            var none = names(lookedFor, false);
            if (there.isEmpty()) {
                return none.isEmpty() ? "nothing of it is there" : "no " + none;
            }
            return there + (none.isEmpty() ? " alone does not tell" : " alone does not tell; no " + none);
        }

        private static String names(Map<String, Boolean> lookedFor, boolean isThere) {
            var names = lookedFor.entrySet().stream()
                    .filter(entry -> entry.getValue() == isThere)
                    .map(Map.Entry::getKey)
                    .toList();
            var more = names.size() > SHOWN ? ", … (" + names.size() + ")" : "";
            return names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
        }
    }
}
