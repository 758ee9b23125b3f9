package dev.johwa.source.detect.stack;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.version.Ask;
import dev.johwa.source.detect.version.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a project asks of one of its runtimes, in every file where people write that ([VersionFiles] has their order).
/// The first decides; the others are told where what is chosen does not suit them.
///
/// @param tool as [dev.johwa.source.detect.Toolchains] names it
/// @param all in the order of their weight
/// @param unread what is written and means no version
public record Asks(String tool, List<Ask> all, List<Problem> unread) {
    /// Where nothing is asked.
    public static Asks none(String tool) {
        return new Asks(tool, List.of(), List.of());
    }

    public Asks {
        all = List.copyOf(all);
        unread = List.copyOf(unread);
    }

    /// @param tool `node`, `python`, `java`, `go`, `rust`, `ruby`, `php`, `elixir`, `dotnet`, `maven`, `gradle`, …
    public static Asks of(String tool, Folder folder) {
        var asks = new Asks(tool, List.of(), List.of());
        for (var written : VersionFiles.written(tool, folder)) {
            asks = asks.and(written.file(), written.text(), written.syntax());
        }
        return asks;
    }

    /// With what a manifest says that only its own stack can read, after all the others.
    public Asks and(String file, String text, Syntax syntax) {
        var ask = Ask.of(file, text, syntax);
        if (ask.isPresent()) {
            return new Asks(tool, Stream.concat(all.stream(), ask.stream()).toList(), unread);
        }
        var more = new ArrayList<>(unread);
        more.add(
                Problem.user("detect.version-unread", "'" + cut(text) + "' is no version of " + tool + " that is known")
                        .at(Place.of(file))
                        .hint("write a number such as " + example(tool) + "; what else the project says is used"));
        return new Asks(tool, all, more);
    }

    private static String cut(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static String example(String tool) {
        return switch (tool) {
            case "node" -> "24";
            case "python" -> "3.13";
            case "java" -> "25";
            case String _ -> "1.2";
        };
    }

    /// Whether a version suits the first that asks.
    public boolean fits(String version) {
        return all.isEmpty() || all.getFirst().fits(version);
    }

    /// Those that a version does not suit.
    public List<Ask> against(String version) {
        return all.stream().filter(ask -> !ask.fits(version)).toList();
    }
}
