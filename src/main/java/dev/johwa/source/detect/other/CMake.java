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

/// C and C++ with CMake: the first program that is not a test's.
public final class CMake implements Provider {
    private static final Needed CMAKE = Needed.packaged("cmake", "cmake");
    private static final Pattern PROJECT = Pattern.compile("(?i)\\bproject\\s*\\(\\s*\"?([\\w.-]+)");
    private static final Pattern PROGRAM = Pattern.compile("(?i)\\badd_executable\\s*\\(\\s*\"?([\\w.${}-]+)");
    private static final Pattern TESTS = Pattern.compile("(?i)enable_testing\\s*\\(|include\\s*\\(\\s*CTest");
    private static final String BUILD =
            "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build --parallel";

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        if (!folder.has("CMakeLists.txt")) {
            return Optional.empty();
        }
        var draft = new Draft("cmake", "C/C++").because("CMakeLists.txt", "a project of CMake");
        CMAKE.languageOn(toolchains, folder, draft);
        NativeProgram.compiler(toolchains, draft);
        NativeProgram.buildFolder(draft);
        var files = folder.files(name -> name.matches("(.*/)?CMakeLists\\.txt"));
        boolean hasTests = files.stream().anyMatch(name -> folder.says(name, TESTS));
        if (hasTests) {
            // A report's name is meant in the folder `build`.
            draft.test.add(new Test(
                    Draft.shell(BUILD + " && ctest --test-dir build --output-on-failure --output-junit ctest.xml"),
                    "ctest",
                    Optional.of("build/ctest.xml")));
        }
        draft.build.add(Draft.shell(BUILD));
        var program =
                files.stream().flatMap(name -> programs(folder, name).stream()).findFirst();
        if (program.isEmpty()) {
            draft.service = Service.LIBRARY;
            return Optional.of(draft);
        }
        draft.because("CMakeLists.txt", "makes the program " + program.get());
        draft.build.add(NativeProgram.copied(program.get()));
        NativeProgram.start(folder, "./bin/app", draft);
        return Optional.of(draft);
    }

    private static List<String> programs(Folder folder, String file) {
        var text = folder.read(file).orElse("");
        var project = PROJECT.matcher(folder.read("CMakeLists.txt").orElse(""));
        var name = project.find() ? project.group(1) : "";
        return PROGRAM.matcher(text)
                .results()
                .map(found -> found.group(1).replaceFirst("\\$\\{(CMAKE_)?PROJECT_NAME}", name))
                .filter(each ->
                        each.matches("[\\w.-]+") && !each.matches("(?i).*tests?|tests?[_-].*|.*(bench|example).*"))
                .toList();
    }
}
