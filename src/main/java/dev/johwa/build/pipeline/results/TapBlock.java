package dev.johwa.build.pipeline.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The indented lines below a test of TAP: `error: 'boom'`, and texts on lines of their own.
///
/// @param all lines of the output
/// @param at the one of the test
record TapBlock(List<String> all, int at) {
    private static final Pattern FIELD = Pattern.compile("(\\s*)(\\w+): *(.*)");
    private static final int MOST = 200;
    private static final int BEFORE = 60;

    List<String> before() {
        return all.subList(Math.max(0, at - BEFORE), at);
    }

    private List<String> below() {
        if (at + 1 >= all.size() || !all.get(at + 1).strip().equals("---")) {
            return List.of();
        }
        int end = at + 2;
        while (end < Math.min(all.size(), at + MOST) && !all.get(end).strip().equals("...")) {
            end++;
        }
        return all.subList(at + 2, end);
    }

    /// Fields stand as far in as the first one; what is further in belongs to the one above it.
    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    Optional<String> field(String name) {
        var below = below();
        return below.stream()
                .filter(line -> indent(line) == indent(below.getFirst()))
                .map(FIELD::matcher)
                .filter(field -> field.matches() && field.group(2).equals(name))
                .map(field -> field.group(3).replaceAll("^['\"]|['\"]$", ""))
                .findFirst();
    }

    /// What stands below a field.
    List<String> lines(String name) {
        var found = new ArrayList<String>();
        var below = below();
        boolean isIn = false;
        for (var line : below) {
            if (!line.isBlank() && indent(line) <= indent(below.getFirst())) {
                isIn = line.strip().startsWith(name + ":");
            } else if (isIn && !line.isBlank()) {
                found.add(line.strip());
            }
        }
        return found;
    }

    /// A field in a line, or with its lines where it says that they are its text.
    private Optional<String> text(String name) {
        return field(name)
                .map(value -> value.matches("[|>][-+]?") ? String.join("\n", lines(name)) : value)
                .filter(text -> !text.isBlank());
    }

    /// What it says of a failure, as each of those that write TAP does.
    String message() {
        var said = new ArrayList<String>();
        text("error").or(() -> text("message")).ifPresent(said::add);
        lines("details").forEach(line -> said.add(line.replaceFirst("^'(.*)': \\|-$", "$1")));
        text("diff").ifPresent(said::add);
        if (said.isEmpty() && text("expected").isPresent()) {
            said.add("expected " + text("expected").orElse("") + ", got "
                    + text("actual").orElse("something else"));
        }
        return String.join("\n", said);
    }

    /// Where it was thrown.
    Optional<String> where(Paths paths) {
        var frames = new Frames(paths, paths.folder());
        return lines("stack").stream()
                .flatMap(frame -> paths.javaScript("at " + frame.replaceFirst("^at ", "")).stream())
                .findFirst()
                .or(() -> field("at").flatMap(place -> frames.other(place + "\n" + String.join("\n", lines("at")))));
    }
}
