package dev.johwa.door.web.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The words of pages in one language: `key = There {0|is one run|are {0} runs}`. `{0}` stands for the first value,
/// `{0|one|many}` for what fits when it is 1 or another number.
public final class Texts {
    /// Words of pages, and of those that show what apps did to their users.
    private static final List<String> FILES = List.of("texts", "watch");

    private static final Pattern CHOICE = Pattern.compile("\\{(\\d)\\|([^|{}]*)\\|((?:[^{}]|\\{\\d})*)}");
    private static final Pattern VALUE = Pattern.compile("\\{(\\d)}");

    private final String language;
    private final Map<String, String> words;

    Texts(String language, Map<String, String> words) {
        this.language = language;
        this.words = Map.copyOf(words);
    }

    static Texts read(String language) {
        var properties = new Properties();
        FILES.forEach(file -> load(properties, file + "-" + language + ".properties"));
        return new Texts(
                language,
                properties.stringPropertyNames().stream()
                        .collect(Collectors.toMap(key -> key, properties::getProperty)));
    }

    private static void load(Properties properties, String file) {
        try (var input = Texts.class.getResourceAsStream(file)) {
            if (input == null) {
                throw new IllegalStateException("no words in " + file);
            }
            properties.load(new InputStreamReader(input, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `en` or `ko`.
    public String language() {
        return language;
    }

    /// The words under a key, with values in their places.
    ///
    /// @throws IllegalStateException when there are none: a bug
    public String say(String key, Object... values) {
        var pattern = words.get(key);
        if (pattern == null) {
            throw new IllegalStateException("no words for '" + key + "' in " + language);
        }
        var chosen = CHOICE.matcher(pattern).replaceAll(found -> Matcher.quoteReplacement(choice(found, values)));
        return VALUE.matcher(chosen).replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
    }

    /// Whether there are words under a key.
    public boolean has(String key) {
        return words.containsKey(key);
    }

    Map<String, String> words() {
        return words;
    }

    private static String choice(MatchResult found, Object... values) {
        return value(found, values).equals("1") ? found.group(2) : found.group(3);
    }

    private static String value(MatchResult found, Object... values) {
        int index = Integer.parseInt(found.group(1));
        return index < values.length ? String.valueOf(values[index]) : "";
    }
}
