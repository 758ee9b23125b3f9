package dev.johwa.source.compose;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.form.IdleKeys;
import dev.johwa.source.compose.load.FoundFiles;
import dev.johwa.source.compose.load.Loaded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the compose files of a project.
public final class ComposeFile {
    /// Names under which they are found, the first that is there counts.
    public static final List<String> NAMES = FoundFiles.NAMES;

    private ComposeFile() {}

    /// What is to be read.
    ///
    /// @param folder where relative names start, and where files are looked for when none is named
    /// @param files the later over the earlier; when there are none, those that `COMPOSE_FILE` names, or that are
    ///     found in the folder or above
    /// @param profiles whose services count beside those without one; when there are none, `COMPOSE_PROFILES`
    /// @param environment values of variables, before what `.env` says
    /// @param isConfined whether files outside of the project are refused, and none is looked for above
    public record Request(
            Path folder, List<Path> files, List<String> profiles, Map<String, String> environment, boolean isConfined) {
        public Request {
            folder = folder.toAbsolutePath().normalize();
            files = List.copyOf(files);
            profiles = List.copyOf(profiles);
            environment = Map.copyOf(environment);
        }

        /// The files of a folder that is not trusted: a repository.
        public static Request ofRepository(Path folder) {
            return new Request(folder, List.of(), List.of(), Map.of(), true);
        }
    }

    /// A project as it was read.
    ///
    /// @param notes warnings: variables that are not set, keys that mean nothing
    /// @param refused what a platform does not run unless its operator allows it
    /// @param idle warnings: keys that nothing here acts on
    public record Reading(
            ComposeModel model,
            ComposeProject project,
            List<Problem> notes,
            List<Problem> refused,
            List<Problem> idle) {
        public Reading {
            notes = List.copyOf(notes);
            refused = List.copyOf(refused);
            idle = List.copyOf(idle);
        }
    }

    /// The file by which a folder is a compose project.
    public static Optional<Path> find(Path folder) {
        return FoundFiles.in(folder);
    }

    /// @throws ProblemException with all that is wrong of one stage, each with file, line and column where there is
    ///     one
    public static Reading read(Request request) {
        var notes = new ArrayList<Problem>();
        var task = FoundFiles.task(
                new Loaded.Task(
                        request.folder(),
                        request.files(),
                        request.profiles(),
                        request.environment(),
                        request.isConfined()),
                notes::add);
        try {
            var loaded = Loaded.read(task, notes::add);
            var project = ComposeProject.of(task.folder(), loaded.model());
            return new Reading(
                    new ComposeModel(loaded.model()),
                    project,
                    notes.stream().distinct().toList(),
                    Forbidden.in(project, loaded.tree()),
                    IdleKeys.in(loaded.tree(), project.services().keySet()));
        } catch (StackOverflowError e) {
            throw new ProblemException(Problem.user("compose.too-deep", "the files hold values that are too deep"), e);
        }
    }
}
