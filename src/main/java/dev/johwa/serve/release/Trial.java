package dev.johwa.serve.release;

import dev.johwa.source.config.Written;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// An experiment that a line below `verify:` names: `johwa chaos run FILE`, which is played here, and by no program.
///
/// @param file its path in the repository
/// @param text what it says
/// @param inProduction whether the line says that production is meant too
/// @param by who asks for it
public record Trial(String file, String text, boolean inProduction, String by) {
    private static final Pattern LINE =
            Pattern.compile("johwa chaos run (?<file>[\\w./@+-]+)(?<production> --production)?");

    /// What a line names.
    record Named(String file, boolean inProduction) {}

    static Optional<Named> named(List<String> command) {
        var line = LINE.matcher(Written.command(command).strip());
        return line.matches()
                ? Optional.of(new Named(line.group("file"), line.group("production") != null))
                : Optional.empty();
    }
}
