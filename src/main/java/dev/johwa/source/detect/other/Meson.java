package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.Optional;
import java.util.regex.Pattern;

/// C and C++ with Meson: the first program that is not a test's.
public final class Meson implements Provider {
    private static final Needed MESON = Needed.packaged("meson", "meson");
    private static final Pattern PROGRAM = Pattern.compile("\\bexecutable\\(\\s*'([\\w.-]+)'");
    private static final Pattern TESTS = Pattern.compile("(?m)^\\s*test\\(");
    private static final String BUILD =
            "{ [ -d build/meson-info ] || meson setup build --buildtype=release; } && meson compile -C build";

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        if (!folder.has("meson.build")) {
            return Optional.empty();
        }
        var draft = new Draft("meson", "C/C++").because("meson.build", "a project of Meson");
        MESON.languageOn(toolchains, folder, draft);
        NativeProgram.compiler(toolchains, draft);
        NativeProgram.buildFolder(draft);
        var files = folder.files(name -> name.matches("(.*/)?meson\\.build"));
        if (files.stream().anyMatch(name -> folder.says(name, TESTS))) {
            draft.test.add(new Test(
                    Draft.shell(BUILD + " && meson test -C build --print-errorlogs"),
                    "other",
                    Optional.of("build/meson-logs/testlog.junit.xml")));
        }
        draft.build.add(Draft.shell(BUILD));
        var program = files.stream()
                .flatMap(name -> PROGRAM.matcher(folder.read(name).orElse("")).results())
                .map(found -> found.group(1))
                .filter(name -> !name.matches("(?i).*tests?|tests?[_-].*"))
                .findFirst();
        if (program.isEmpty()) {
            draft.service = Service.LIBRARY;
            return Optional.of(draft);
        }
        draft.because("meson.build", "makes the program " + program.get());
        draft.build.add(NativeProgram.copied(program.get()));
        NativeProgram.start(folder, "./bin/app", draft);
        return Optional.of(draft);
    }
}
