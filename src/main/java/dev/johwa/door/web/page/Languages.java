package dev.johwa.door.web.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The languages that pages speak. Words are read when somebody first asks for them.
public final class Languages {
    public static final List<String> ALL = List.of("en", "ko");

    private final Map<String, Texts> read = new ConcurrentHashMap<>();

    /// What a person chose, else what their browser asks for, else English.
    ///
    /// @param accepted the header `Accept-Language`
    public Texts of(Optional<String> chosen, Optional<String> accepted) {
        return read.computeIfAbsent(
                chosen.filter(ALL::contains)
                        .or(() -> accepted.flatMap(Languages::asked))
                        .orElse("en"),
                Texts::read);
    }

    private static Optional<String> asked(String accepted) {
        try {
            var ranges = Locale.LanguageRange.parse(accepted);
            return Optional.ofNullable(Locale.lookupTag(ranges, ALL));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
