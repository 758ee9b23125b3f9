package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Versions;
import java.util.Comparator;
import java.util.Optional;

/// Chooses the JDK.
final class JavaRuntime {
    private JavaRuntime() {}

    /// The oldest that is new enough: what the project was made for, rather than what came long after. Where nothing is
    /// asked for, the newest.
    ///
    /// @param asked what the build file says
    static void choose(Folder folder, Toolchains toolchains, Draft draft, Optional<Draft.Ask> asked) {
        var ask = asked.or(() -> written(folder));
        var here = toolchains.find("java").stream()
                .sorted(Comparator.comparing(Tool::version, Versions.ORDER))
                .toList();
        draft.runtime(ask.isPresent() ? here : here.reversed(), ask)
                .ifPresent(
                        tool -> draft.environment.put("JAVA_HOME", tool.home().toString()));
    }

    /// Of a number as build files write it: `17`, `1.8`.
    static Optional<Draft.Ask> ask(String file, String number) {
        return Optional.of(number.strip().replaceFirst("^1\\.", ""))
                .filter(plain -> plain.matches("\\d+(\\.\\d+)*"))
                .map(plain -> new Draft.Ask(file, ">=" + plain));
    }

    private static Optional<Draft.Ask> written(Folder folder) {
        return folder.read(".java-version").flatMap(text -> ask(".java-version", text));
    }
}
