package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Folder;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where in a build of Gradle a folder lies: it is the root of one, or a project that is built from a root further up,
/// since only that knows the projects beside it.
///
/// @param top the folder of the root
/// @param module of the folder in it, `.` for the root itself
record GradleSeat(GradleBuild build, Folder top, String module) {
    /// Empty where no file of Gradle's lies in the folder.
    static Optional<GradleSeat> of(Folder folder) {
        return above(folder).or(() -> GradleBuild.read(folder).map(build -> new GradleSeat(build, folder, ".")));
    }

    /// One that has settings itself is a root of its own.
    private static Optional<GradleSeat> above(Folder folder) {
        return folder.repository()
                .filter(_ -> !GradleBuild.hasSettings(folder))
                .flatMap(top -> GradleBuild.read(top)
                        .filter(build -> build.in(folder.place()).isPresent())
                        .map(build -> new GradleSeat(build, top, folder.place())));
    }

    boolean isMember() {
        return !module.equals(".");
    }

    /// The projects that say how it is built, its own first; the root is among them where it has a build file.
    List<GradleModule> modules() {
        if (!isMember()) {
            return build.modules();
        }
        var modules = new LinkedHashSet<>(needed());
        build.in(".").ifPresent(modules::add);
        return List.copyOf(modules);
    }

    /// The projects that are built with it, as its dependencies name them, and itself.
    List<GradleModule> needed() {
        return isMember() ? build.needed(build.in(module).orElseThrow()) : build.modules();
    }

    /// Those among which something starts, as seen from the folder.
    List<GradleModule> candidates() {
        return isMember() ? Stream.of(build.in(module).orElseThrow().atHome()).toList() : build.modules();
    }

    /// The file that says that it is one, as seen from the folder.
    String file() {
        return isMember() ? candidates().getFirst().file() : build.file();
    }

    /// A path of the root's, as seen from the folder.
    String seen(String path) {
        return isMember() ? Path.of(module).relativize(Path.of(path)).toString() : path;
    }

    /// The way up to the root: empty, or `../../`.
    String up() {
        return isMember() ? "../".repeat(module.split("/").length) : "";
    }
}
