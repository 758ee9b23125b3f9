package dev.johwa.build.pipeline;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.Forbidden;
import dev.johwa.source.detect.Applications.Application;
import dev.johwa.source.detect.ComposeApps;
import dev.johwa.source.detect.ComposeApps.Composed;
import dev.johwa.source.detect.ComposeApps.Where;
import dev.johwa.source.detect.Detector;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Whether the compose file of a repository is what runs. Where the folder is known without it, the file may be there
/// for those only who develop: it decides when it builds an image, serves people and mounts no sources, and this server
/// can run it. What serves as a process stays one; what came from a compose file does so until the file is gone. Used
/// by one thread.
final class ComposeChoice {
    private static final String INSTEAD = "; `apps` in johwa.yaml names what is to run";

    private final Detector detector;
    private final Supplier<Optional<Problem>> trouble;
    private final Where where;
    private final Consumer<String> told;

    /// @param trouble why nothing can run in containers here
    /// @param told hears why it is not used
    ComposeChoice(Detector detector, Supplier<Optional<Problem>> trouble, Where where, Consumer<String> told) {
        this.detector = detector;
        this.trouble = trouble;
        this.where = where;
        this.told = told;
    }

    /// What serves of the project, or is to serve it.
    ///
    /// @param target where it runs, or where johwa.yaml says that it runs
    /// @param isComposed whether it came from a compose file
    record Serving(Optional<String> target, boolean isComposed) {}

    /// @param others what the folder is without it
    /// @throws ProblemException when it is what runs, and it is wrong, refused, or cannot run here
    Optional<List<Application>> choose(List<Application> others, Serving serving) {
        var name = ComposeApps.file(where.repository());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (serving.target().filter("process"::equals).isPresent()) {
            return none(name.get(), "the project runs as processes here");
        }
        boolean mayBeOther = !others.isEmpty() && !serving.isComposed();
        Composed composed;
        try {
            composed = ComposeApps.look(detector, where);
        } catch (ProblemException e) {
            if (!mayBeOther || isRefused(e)) {
                throw e;
            }
            return none(name.get(), e.problem().message());
        }
        if (!composed.decides(mayBeOther)) {
            var why = composed.isForDevelopment()
                    ? "it mounts the sources, as files to develop with do"
                    : "it builds nothing that people visit";
            return none(name.get(), why);
        }
        composed.requireAllowed();
        var away = trouble.get();
        if (away.isPresent() && mayBeOther) {
            return none(name.get(), away.get().message());
        }
        away.ifPresent(problem -> refuse(problem, name.get()));
        tell(composed, name.get());
        return Optional.of(composed.apps());
    }

    private static boolean isRefused(ProblemException e) {
        return e.problems().stream().anyMatch(problem -> problem.code().startsWith(Forbidden.CODE));
    }

    private static void refuse(Problem trouble, String name) {
        throw Problem.resource(trouble.code(), name + " runs in containers, and " + trouble.message())
                .hint(Optional.ofNullable(trouble.hint()).orElse("look at the engine")
                        + "; or `target: process` in johwa.yaml runs the project without " + name)
                .exception();
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
