package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/// What Maven says of sources that do not compile: `[ERROR] FILE:[9,53] ';' expected`.
final class MavenOutput {
    private static final Pattern COMPILE =
            Pattern.compile("\\[ERROR] (\\S+\\.(?:java|kt|scala|groovy)):\\[?(\\d+)[,:]\\d+]? (.*)");

    private MavenOutput() {}

    /// Each once, though Maven says it twice.
    static List<Failure> compileErrors(List<String> lines, Paths paths) {
        var errors = new LinkedHashSet<Failure>();
        for (var line : lines) {
            var error = COMPILE.matcher(line);
            if (error.matches()) {
                var file = paths.relative(error.group(1));
                errors.add(new Failure(
                        file.replaceFirst(".*/", "") + " does not compile",
                        error.group(3),
                        file + ":" + error.group(2)));
            }
        }
        return List.copyOf(errors);
    }
}
