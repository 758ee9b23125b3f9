package dev.johwa.source.eject;

import dev.johwa.source.detect.Detection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which version of a language is meant: what a file asks for and was not here, else what is used.
final class Versions {
    private static final Pattern NUMBER = Pattern.compile("(\\d+)(?:\\.(\\d+))?");

    private Versions() {}

    /// @param parts how many numbers name a version: 1 for Node.js and Java, 2 for Python and Go
    static String of(Detection detection, int parts, String otherwise) {
        return Stream.concat(detection.missing().stream().map(Detection.Missing::text), detection.version().stream())
                .map(text -> number(text, parts))
                .filter(number -> !number.isEmpty())
                .findFirst()
                .orElse(otherwise);
    }

    private static String number(String text, int parts) {
        var found = NUMBER.matcher(text);
        if (!found.find()) {
            return "";
        }
        return Stream.of(found.group(1), found.group(2))
                .limit(parts)
                .filter(each -> each != null)
                .collect(Collectors.joining("."));
    }
}
