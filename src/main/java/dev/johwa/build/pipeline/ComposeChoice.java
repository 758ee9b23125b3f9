package dev.johwa.build.pipeline;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.Applications.Application;
import dev.johwa.source.detect.ComposeApps;
import dev.johwa.source.detect.ComposeApps.Composed;
import dev.johwa.source.detect.ComposeApps.Where;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Whether the compose file of a repository is what runs. Where the folder is known without it, the file may be there
/// for those only who develop: it decides when it builds an image, serves people and mounts no sources, when it is
/// right, and when this server can run it; what serves as a process stays one. Used by one thread.
final class ComposeChoice {
    private static final String INSTEAD = "; `apps` in johwa.yaml names what is to run";

    private final Rooms rooms;
    private final Where where;
    private final Consumer<String> told;

    /// @param told hears why it is not used
    ComposeChoice(Rooms rooms, Where where, Consumer<String> told) {
        this.rooms = rooms;
        this.where = where;
        this.told = told;
    }

    /// @param others what the folder is without it
    /// @param target where what serves of the project runs, or where johwa.yaml says that it runs
    /// @throws ProblemException when nothing else is known, and it cannot be used
    Optional<List<Application>> choose(List<Application> others, Optional<String> target) {
        var name = ComposeApps.file(where.repository());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (target.filter("process"::equals).isPresent()) {
            return none(name.get(), "the project runs as processes here");
        }
        try {
            var composed = ComposeApps.read(rooms.detector(), where);
            if (!composed.decides(!others.isEmpty())) {
                var why = composed.isForDevelopment()
                        ? "it mounts the sources, as files to develop with do"
                        : "it builds nothing that people visit";
                return none(name.get(), why);
            }
            rooms.builds().trouble().ifPresent(trouble -> {
                throw Problem.resource(trouble.code(), name.get() + " runs in containers, and " + trouble.message())
                        .hint(Optional.ofNullable(trouble.hint()).orElse("look at the engine"))
                        .exception();
            });
            tell(composed, name.get());
            return Optional.of(composed.apps());
        } catch (ProblemException e) {
            if (others.isEmpty()) {
                throw e;
            }
            return none(name.get(), e.problem().message());
        }
    }

    private void tell(Composed composed, String name) {
        told.accept("  compose   " + name + ": " + composed.apps().size()
                + (composed.apps().size() == 1 ? " service" : " services"));
        composed.notes().forEach(note -> told.accept("            " + note.text()));
    }

    private Optional<List<Application>> none(String name, String why) {
        told.accept("  note      " + name + " is not used: " + why + INSTEAD);
        return Optional.empty();
    }
}
