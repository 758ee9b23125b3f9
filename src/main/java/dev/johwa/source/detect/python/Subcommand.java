package dev.johwa.source.detect.python;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The word after a program of several commands that has it serve, as Click, Typer and argparse are told of it.
final class Subcommand {
    /// The likeliest first.
    private static final List<String> SERVES =
            List.of("serve", "server", "runserver", "http", "web", "webserver", "run", "start");

    private static final Pattern DECORATED =
            Pattern.compile("(?m)^@\\w+\\.command\\((?:(?:name\\s*=\\s*)?[\"']([\\w-]+))?"
                    + ".*+\\n(?:(?!(?:async )?def |@\\w+\\.command).*+\\n){0,80}+(?:async )?def (\\w+)");
    private static final Pattern PARSER = Pattern.compile("\\.add_parser\\(\\s*[\"']([\\w-]+)[\"']");

    private Subcommand() {}

    /// Empty where none serves; where there is one command alone, it needs no word.
    static Optional<String> serving(List<String> code) {
        var names = new LinkedHashSet<String>();
        code.forEach(text -> collect(text, names));
        return names.size() < 2
                ? Optional.empty()
                : SERVES.stream().filter(names::contains).findFirst();
    }

    private static void collect(String text, Set<String> names) {
        DECORATED
                .matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2).replace('_', '-') : found.group(1))
                .forEach(names::add);
        PARSER.matcher(text).results().map(found -> found.group(1)).forEach(names::add);
    }
}
