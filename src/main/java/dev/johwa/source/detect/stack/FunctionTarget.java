package dev.johwa.source.detect.stack;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The function that a project names as the one to serve, where its code does not name the framework that serves it: in
/// project.toml, as Cloud Native Buildpacks read it (both forms of its schema).
public final class FunctionTarget {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w.$-]*");

    private FunctionTarget() {}

    /// A name as code may have it, or empty.
    public static Optional<String> of(Folder folder) {
        var project = folder.toml("project.toml");
        return Stream.of("build.env", "io.buildpacks.build.env")
                .flatMap(table -> project.items(table).stream())
                .filter(each -> each.text("name")
                        .filter("GOOGLE_FUNCTION_TARGET"::equals)
                        .isPresent())
                .flatMap(each -> each.text("value").stream())
                .filter(name -> NAME.matcher(name).matches())
                .findFirst();
    }
}
