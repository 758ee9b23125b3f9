package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// C and C++ with Make: what `make` makes, by the name that the Makefile gives it.
public final class Make implements Provider {
    private static final Needed MAKE = Needed.packaged("make", "build-essential");
    private static final List<String> FILES = List.of("Makefile", "makefile", "GNUmakefile");
    private static final Pattern NAMED = Pattern.compile(
            "(?mi)^(?:TARGET|PROGRAM|PROG|BIN|BINARY|EXE|EXEC|EXECUTABLE|OUT|NAME)\\s*[:?]?=\\s*([\\w./-]+)\\s*$");
    private static final Pattern FIRST = Pattern.compile("(?m)^all:\\s*([\\w./-]+)");
    private static final Pattern TARGET = Pattern.compile("(?m)^(test|check):");
    private static final Pattern RUN = Pattern.compile("(?m)^run:");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var file = folder.first(FILES);
        if (file.isEmpty() || NativeProgram.sources(folder).isEmpty()) {
            return Optional.empty();
        }
        var text = folder.read(file.get()).orElse("");
        var draft = new Draft("make", "C/C++").because(file.get(), "builds the sources beside it");
        MAKE.languageOn(toolchains, folder, draft);
        NativeProgram.compiler(toolchains, draft);
        if (folder.has("configure")) {
            draft.install.add(List.of("sh", "./configure"));
        }
        var target = TARGET.matcher(text);
        if (target.find()) {
            draft.test.add(new Test(List.of("make", target.group(1)), "other", Optional.empty()));
        }
        draft.build.add(List.of("make"));
        start(folder, text, draft);
        return Optional.of(draft);
    }

    private static void start(Folder folder, String text, Draft draft) {
        var named = NAMED.matcher(text);
        var first = FIRST.matcher(text);
        if (named.find() || first.find()) {
            var name = named.reset().find() ? named.group(1) : first.group(1);
            NativeProgram.start(folder, name.startsWith("/") ? name : "./" + name, draft);
        } else if (RUN.matcher(text).find()) {
            draft.starts(List.of("make", "run"), true, true);
        } else {
            draft.service = Service.LIBRARY;
            draft.warn(
                    "detect.no-program",
                    "the Makefile does not say what its program is called",
                    "name it with `start` in johwa.yaml, or TARGET = NAME in the Makefile");
        }
    }
}
