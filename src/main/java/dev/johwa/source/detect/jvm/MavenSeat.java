package dev.johwa.source.detect.jvm;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.stack.Folder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where in a Maven project a folder lies: it is the root of one, or a module that is built from a root further up,
/// since only that knows the modules beside it.
///
/// @param top the folder of the root
/// @param module of the folder in it, `.` for the root itself
record MavenSeat(Reactor reactor, Folder top, String module) {
    /// Empty where there is no pom.xml.
    static Optional<MavenSeat> of(Folder folder) {
        var member = folder.has("pom.xml") ? above(folder) : Optional.<MavenSeat>empty();
        return member.or(() -> Reactor.read(folder).map(reactor -> new MavenSeat(reactor, folder, ".")));
    }

    /// One that has modules itself is a root of its own.
    private static Optional<MavenSeat> above(Folder folder) {
        try {
            return folder.repository()
                    .flatMap(top -> Reactor.read(top)
                            .filter(reactor -> Optional.ofNullable(
                                            reactor.poms().get(folder.place()))
                                    .filter(pom -> pom.modules().isEmpty())
                                    .isPresent())
                            .map(reactor -> new MavenSeat(reactor, top, folder.place())));
        } catch (ProblemException e) {
            // Told where the root itself is looked at.
            return Optional.empty();
        }
    }

    boolean isMember() {
        return !module.equals(".");
    }

    /// The poms that say how it is built, its own first.
    List<Pom> poms() {
        if (!isMember()) {
            return reactor.all();
        }
        var needed = new ArrayList<>(reactor.needed(reactor.in(module)));
        needed.add(reactor.root());
        return List.copyOf(needed);
    }

    /// Those among which something starts, as seen from the folder.
    List<Pom> candidates() {
        return isMember() ? List.of(reactor.in(module).at(".")) : reactor.all();
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
