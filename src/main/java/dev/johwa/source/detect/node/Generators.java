package dev.johwa.source.detect.node;

import static dev.johwa.source.detect.node.FrameworkFolders.eleventy;
import static dev.johwa.source.detect.node.Frameworks.pages;

import dev.johwa.source.detect.node.Frameworks.Found;
import dev.johwa.source.detect.stack.Draft;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Makers of sites that people install on their own machine: the project has their configuration, and its manifest
/// does not name them.
final class Generators {
    private static final Pattern ANY = Pattern.compile("");
    private static final Pattern WINTERSMITH = Pattern.compile("\"(?:locals|plugins|views|templates|contents)\"\\s*:");

    private static final List<Generator> ALL = List.of(
            new Generator(
                    "Eleventy",
                    "@11ty/eleventy",
                    "3.1.8",
                    "eleventy",
                    List.of(".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"),
                    ANY,
                    List.of(),
                    project -> eleventy(project)),
            new Generator(
                    "Wintersmith",
                    "wintersmith",
                    "2.5.0",
                    "wintersmith build",
                    List.of("config.json"),
                    WINTERSMITH,
                    List.of("contents", "templates"),
                    _ -> pages("build", false)));

    private Generators() {}

    /// @param build words that make the pages
    /// @param configurations one of them is there, and says what it is known by
    /// @param folders all of them are there
    private record Generator(
            String name,
            String packageName,
            String version,
            String build,
            List<String> configurations,
            Pattern says,
            List<String> folders,
            Function<NodeProject, Optional<Outcome>> outcome) {
        private boolean isOf(NodeProject project) {
            var folder = project.folder();
            return configurations.stream().anyMatch(file -> folder.says(file, says))
                    && folder.folders(".").containsAll(folders);
        }

        private Optional<Found> found(NodeProject project) {
            return outcome.apply(project)
                    .map(made -> new Found(
                            new Frameworks.Framework(name, packageName, List.of(build.split(" ")), "", outcome), made));
        }
    }

    static Optional<Found> find(NodeProject project) {
        boolean hasOwn = project.manifest().script("build").isPresent()
                || project.manifest().script("start").isPresent();
        return hasOwn
                ? Optional.empty()
                : ALL.stream()
                        .filter(each -> each.isOf(project))
                        .flatMap(each -> each.found(project).stream())
                        .findFirst();
    }

    /// The maker itself, beside the packages, where the manifest lacks it.
    static void bring(Found found, NodeProject project, Draft draft) {
        ALL.stream()
                .filter(each -> each.packageName().equals(found.framework().packageName()))
                .filter(each -> !project.uses(each.packageName()))
                .findFirst()
                .ifPresent(each -> Installation.bringGenerator(
                        each.build().split(" ")[0], each.packageName() + "@" + each.version(), project, draft));
    }
}
