package dev.johwa.build.pipeline;

import dev.johwa.source.git.OnPush;
import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Push;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts runs and tells of them. Safe for use by many threads.
public final class Pipelines implements OnPush {

    @Override
    public Optional<String> pushed(Push push, Progress progress) {
        return start(push, progress);
    }

    /// Starts what the push asks for and tells how it goes, until it is over.
    ///
    /// @return why protected branches must not move, or empty
    public Optional<String> start(Push push, Progress progress) {
        throw new UnsupportedOperationException();
    }

    /// Newest first; of one project or of all.
    public List<Run> list(Optional<String> project, int limit) {
        throw new UnsupportedOperationException();
    }

    public Optional<Run> find(String project, int number) {
        throw new UnsupportedOperationException();
    }

    /// The log of a run, oldest line first: `13:07:22.123 test | …`. Close it.
    public Stream<String> log(String project, int number) {
        throw new UnsupportedOperationException();
    }

    /// Tells the lines of a run from the first on, until it is over.
    public Run watch(String project, int number, Progress progress) {
        throw new UnsupportedOperationException();
    }

    /// Runs the same commit again as a new attempt, in the background.
    public Run rerun(String project, int number, String by) {
        throw new UnsupportedOperationException();
    }

    /// @return whether it was still going on
    public boolean cancel(String project, int number, String by) {
        throw new UnsupportedOperationException();
    }
}
