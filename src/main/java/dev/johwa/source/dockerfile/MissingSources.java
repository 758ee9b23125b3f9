package dev.johwa.source.dockerfile;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import dev.johwa.lib.text.CleanPath;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.stage.Copying;
import dev.johwa.source.dockerfile.stage.Stages;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Looks for what COPY and ADD name among the files that a build is given. Names with wildcards and variables are not
/// looked for.
final class MissingSources {
    private final Stages stages;
    private final Path folder;
    private final Set<String> given = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private MissingSources(Stages stages, Path folder, BuildContext context) {
        this.stages = stages;
        this.folder = folder;
        context.folders().forEach(each -> given.add(RawNames.of(each)));
        for (var file : context.files()) {
            var raw = RawNames.of(file);
            // Builders bring the folders of what they bring.
            for (int end = raw.length(); end > 0 && given.add(raw.substring(0, end)); ) {
                end = raw.lastIndexOf('/', end - 1);
            }
        }
    }

    static List<Problem> of(Stages stages, Path folder, BuildContext context) {
        if (context.hasErrors()) {
            return List.of();
        }
        var missing = new MissingSources(stages, folder, context);
        stages.all().stream()
                .flatMap(stage -> stage.instructions().stream())
                .filter(Instruction.Copy.class::isInstance)
                .map(Instruction.Copy.class::cast)
                .filter(copy -> copy.from().isEmpty())
                .forEach(copy -> copy.sources().forEach(source -> missing.look(copy, source)));
        return missing.problems;
    }

    private void look(Instruction.Copy copy, String source) {
        if (source.isEmpty() || source.chars().anyMatch(letter -> "*?[]$\\\"'`".indexOf(letter) >= 0)) {
            return;
        }
        var path = CleanPath.of("/" + source).substring(1);
        if (path.isEmpty() || given.contains(path) || isBelowLink(path) || Copying.isRemote(source)) {
            return;
        }
        boolean isThere = isThere(path);
        var text = RawNames.text(source);
        problems.add(Problem.user(
                        "dockerfile.missing-source",
                        isThere ? "'" + text + "' is ignored: the build is not given it" : "there is no '" + text + "'")
                .as(Severity.WARNING)
                .at(stages.lines().of(copy, source))
                .hint(
                        isThere
                                ? "take it back in .dockerignore: !" + RawNames.text(path)
                                : "name a file of the repository, or make it in an earlier stage"));
    }

    private boolean isThere(String path) {
        return path.indexOf('\0') < 0 && Files.exists(folder.resolve(RawNames.path(path)), LinkOption.NOFOLLOW_LINKS);
    }

    /// What lies behind a link is for the builder to find.
    private boolean isBelowLink(String path) {
        for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            var parent = path.substring(0, end);
            if (parent.indexOf('\0') < 0 && Files.isSymbolicLink(folder.resolve(RawNames.path(parent)))) {
                return true;
            }
        }
        return false;
    }
}
