package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What tox installs for the tests of a project, besides the project.
final class Tox {
    private static final Pattern SECTION = Pattern.compile("(?ms)^\\[testenv]\\s*$(.*?)(?=^\\[|\\z)");
    private static final Pattern DEPS = Pattern.compile("(?m)^deps[ \\t]*=(.*(?:\\R[ \\t]+.*|\\R(?=[ \\t]*\\R))*+)");
    /// Of one kind of environment only (`py27: mock`), or what another line of the file says.
    private static final Pattern SPECIAL = Pattern.compile("[\\w{},!-]+:\\s.*|.*[{}].*|[#-].*|[./].*|");

    private static final Pattern FILE = Pattern.compile("(?:-r|--requirement)[\\s=]*\\{toxinidir}/(\\S+)");

    private Tox() {}

    /// The requirements files that it installs and that are here.
    static List<String> files(Folder folder) {
        return lines(folder)
                .flatMap(line -> FILE.matcher(line).results().map(found -> found.group(1)))
                .filter(folder::has)
                .distinct()
                .toList();
    }

    /// Requirements in pip's words; empty where it names none for all environments.
    static List<String> deps(Folder folder) {
        return lines(folder)
                .filter(line -> !SPECIAL.matcher(line).matches())
                .distinct()
                .toList();
    }

    private static Stream<String> lines(Folder folder) {
        return Stream.of(folder.read("tox.ini").orElse(""))
                .flatMap(text -> SECTION.matcher(text).results())
                .flatMap(section -> DEPS.matcher(section.group(1)).results())
                .flatMap(deps -> deps.group(1).lines())
                .map(line -> line.replaceFirst("\\s#.*", "").strip());
    }
}
