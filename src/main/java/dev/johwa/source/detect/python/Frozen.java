package dev.johwa.source.detect.python;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A line of a requirements file that was true on the machine of its author only, as `pip freeze` writes such, and what
/// pip is given in its stead.
///
/// @param line counted from 1
/// @param name of the package, as the line writes it
/// @param instead what is asked for here; empty where the line is left out
record Frozen(String file, int line, String name, Kind kind, String instead) {
    /// What is wrong with it.
    enum Kind {
        WINDOWS,
        MACOS,
        /// Written by the pip of Debian and Ubuntu, of which no registry knows.
        NO_PACKAGE,
        /// The folder in which conda built the package. What conda has, PyPI has under the same name.
        CONDA,
        /// Another folder. Whatever has that name in a registry may be somebody else's, so it is not asked for.
        ELSEWHERE
    }

    private static final Set<String> FOR_WINDOWS = Set.of(
            "pypiwin32",
            "pywin32",
            "pywinpty",
            "tensorflow-intel",
            "twisted-iocpsupport",
            "windows-curses",
            "winrt-runtime",
            "winsdk");
    private static final Pattern FOR_MACOS = Pattern.compile("pyobjc(-.*)?|tensorflow-metal");
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)(\\[[^]]*])?\\s*(.*)");
    /// `@ file:` with a path from the root of a machine, and conditions after it.
    private static final Pattern AT =
            Pattern.compile("@\\s*file:(?://[^/\\s$]*)?(/[^\\s;$]*)\\s*+(;[^#\\\\]*+)?(?:[#\\\\].*)?");
    private static final Pattern OF_CONDA = Pattern.compile(".*/[\\w.+-]+_\\d+/work(?:[/#].*)?");

    /// @param text of the line
    static Optional<Frozen> of(String file, int line, String text) {
        var named = NAMED.matcher(text);
        if (!named.matches()) {
            return Optional.empty();
        }
        var name = named.group(1);
        var rest = named.group(3);
        var system = system(Requirements.plain(name), rest);
        if (system.isPresent()) {
            return Optional.of(new Frozen(file, line, name, system.get(), ""));
        }
        var at = AT.matcher(rest);
        if (!at.matches()) {
            return Optional.empty();
        }
        boolean isBuilt = OF_CONDA.matcher(at.group(1)).matches();
        var extras = named.group(2) == null ? "" : named.group(2);
        var condition = at.group(2) == null ? "" : " " + at.group(2).strip();
        return Optional.of(
                isBuilt
                        ? new Frozen(file, line, name, Kind.CONDA, name + extras + condition)
                        : new Frozen(file, line, name, Kind.ELSEWHERE, text));
    }

    /// @param rest of the line, where a condition says on which systems it counts
    private static Optional<Kind> system(String name, String rest) {
        if (name.equals("pkg-resources")) {
            return Optional.of(Kind.NO_PACKAGE);
        }
        if (rest.contains(";")) {
            return Optional.empty();
        }
        if (FOR_WINDOWS.contains(name)) {
            return Optional.of(Kind.WINDOWS);
        }
        return FOR_MACOS.matcher(name).matches() ? Optional.of(Kind.MACOS) : Optional.empty();
    }

    /// Whether pip can do nothing with the line as it is, and something with what it is given instead.
    boolean isReplaced() {
        return kind != Kind.ELSEWHERE;
    }

    /// What is told of it.
    ///
    /// @param like it: all of its kind in its file, of which those that conda built are told together
    Problem problem(List<Frozen> like) {
        var told = switch (kind) {
            case WINDOWS -> only("Windows", "win32");
            case MACOS -> only("macOS", "darwin");
            case NO_PACKAGE ->
                problem(
                        name + " is no package: the pip of Debian and Ubuntu writes it by mistake, and it is left out",
                        "take the line away");
            case CONDA ->
                problem(
                        (like.size() == 1
                                        ? name + " is"
                                        : name + " and " + (like.size() - 1) + " more, to line "
                                                + like.getLast().line() + ", are")
                                + " asked for where conda built it, which is a folder of another machine; the newest that"
                                + " fits is installed",
                        "write " + name + "==VERSION: `pip list --format=freeze > requirements.txt` writes all so");
            case ELSEWHERE ->
                problem(
                        name + " is asked for in a folder of its author's machine, which is not here",
                        "write " + name + "==VERSION where a registry has it, else commit it and write ./FOLDER");
        };
        return told.at(new Place(file, line, 0));
    }

    private Problem only(String system, String platform) {
        return problem(
                name + " is for " + system + " only, and is left out",
                "add to the line: ; sys_platform == '" + platform + "'");
    }

    private static Problem problem(String message, String hint) {
        return Problem.user("detect.frozen", message).hint(hint);
    }
}
