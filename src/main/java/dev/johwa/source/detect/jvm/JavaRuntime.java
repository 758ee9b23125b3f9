package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.version.Ask;
import dev.johwa.source.detect.version.PlainVersion;
import dev.johwa.source.detect.version.Syntax;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Chooses the JDK.
final class JavaRuntime {
    private JavaRuntime() {}

    /// The oldest that is new enough: what the project was made for, rather than what came long after. Where nothing is
    /// asked for, the newest.
    ///
    /// @param asked what the build file says, after what version files say
    static void choose(Folder folder, Toolchains toolchains, Draft draft, List<Ask> asked) {
        choose(folder, toolchains, draft, asked, version -> true);
    }

    /// The same among those on which the build tool runs, where one of them fits what is asked.
    static void choose(Folder folder, Toolchains toolchains, Draft draft, List<Ask> asked, Predicate<String> runsTool) {
        var asks = Asks.of("java", folder);
        for (var ask : asked) {
            asks = asks.and(ask.file(), ask.text(), ask.syntax());
        }
        var here = toolchains.find("java").stream()
                .sorted(Comparator.comparing(Tool::version, PlainVersion.ORDER))
                .toList();
        var ask = asks.all().stream().findFirst();
        var fitting =
                here.stream().filter(tool -> runsTool.test(tool.version())).toList();
        if (fitting.stream()
                .anyMatch(tool -> ask.filter(each -> !each.fits(tool.version())).isEmpty())) {
            here = fitting;
        }
        draft.runtime(asks.all().isEmpty() ? here.reversed() : here, asks)
                .ifPresent(
                        tool -> draft.environment.put("JAVA_HOME", tool.home().toString()));
    }

    /// Of a number as build files write it: `17`, `1.8`.
    static Optional<Ask> ask(String file, String number) {
        return Ask.of(file, number.strip(), Syntax.JAVA_LEAST);
    }
}
