package dev.johwa.source.detect.stack;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Missing;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.version.Ask;
import dev.johwa.source.detect.version.PlainVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which of the runtimes at hand a project gets, and why.
///
/// @param tool nothing when there is none at all
/// @param missing what would suit better and is not here
/// @param why in one line, with the file that decided; empty when nothing is asked
record Choice(Optional<Tool> tool, Optional<Missing> missing, Optional<String> why, List<Problem> warnings) {
    /// The first that suits all that is asked, else the first that suits what weighs most; where none does, the
    /// nearest.
    ///
    /// @param here in the order in which they are liked
    static Choice of(String language, List<Tool> here, Asks asks) {
        var warnings = new ArrayList<>(asks.unread());
        var ask = asks.all().stream().findFirst();
        var missing = ask.map(each -> new Missing(asks.tool(), each.file(), each.text(), each.syntax()));
        if (here.isEmpty()) {
            warnings.add(none(language, ask));
            return new Choice(Optional.empty(), missing, Optional.empty(), warnings);
        }
        if (ask.isEmpty()) {
            return new Choice(Optional.of(here.getFirst()), Optional.empty(), Optional.empty(), warnings);
        }
        var fitting = here.stream().filter(tool -> asks.fits(tool.version())).toList();
        if (fitting.isEmpty()) {
            var near = nearest(here, ask.get());
            warnings.add(unfit(language, here, ask.get(), near));
            return new Choice(Optional.of(near), missing, Optional.empty(), warnings);
        }
        var chosen = fitting.stream()
                .filter(tool -> asks.against(tool.version()).isEmpty())
                .findFirst()
                .orElse(fitting.getFirst());
        asks.against(chosen.version())
                .forEach(other -> warnings.add(contradiction(language, ask.get(), other, chosen)));
        var why = "asks for " + language + " " + ask.get().words() + ": " + chosen.version() + " from " + chosen.home();
        return new Choice(Optional.of(chosen), Optional.empty(), Optional.of(why), warnings);
    }

    private static Problem none(String language, Optional<Ask> ask) {
        var wanted = ask.map(each -> ", and " + each.file() + " asks for " + each.words())
                .orElse("");
        return Problem.user(Detection.NO_RUNTIME, "there is no " + language + " on this machine" + wanted)
                .hint("install " + language);
    }

    private static Problem unfit(String language, List<Tool> here, Ask ask, Tool near) {
        var versions = here.stream().map(Tool::version).distinct().collect(Collectors.joining(", "));
        return Problem.user(
                        "detect.version",
                        ask.file() + " asks for " + language + " " + ask.words() + "; " + near.version()
                                + " is used, as here are only " + versions)
                .hint("install that version on the server, or ask for one that is there");
    }

    private static Problem contradiction(String language, Ask first, Ask other, Tool chosen) {
        return Problem.user(
                        "detect.versions-differ",
                        other.file() + " asks for " + language + " " + other.words() + " and " + first.file() + " for "
                                + first.words() + "; " + chosen.version() + " is used")
                .hint("let both say the same");
    }

    /// Of the same line of versions, or of all, the next one above what is asked; the newest where there is none.
    private static Tool nearest(List<Tool> here, Ask ask) {
        var line = Ask.of(ask.file(), ask.text().replaceFirst("\\.\\d+$", ""), ask.syntax());
        var alike = here.stream()
                .filter(tool -> line.isPresent() && line.get().fits(tool.version()))
                .toList();
        var byAge = (alike.isEmpty() ? here : alike)
                .stream()
                        .sorted(Comparator.comparing(Tool::version, PlainVersion.ORDER))
                        .toList();
        return byAge.stream()
                .filter(tool -> PlainVersion.of(ask.text()).isPresent()
                        && PlainVersion.ORDER.compare(tool.version(), ask.text()) >= 0)
                .findFirst()
                .orElse(byAge.getLast());
    }
}
