package dev.johwa.build.pipeline;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.util.List;
import java.util.Optional;

/// Takes what passed to where it goes. Implemented by a later room; called from the thread of a run.
public interface Delivery {
    /// Brings it live; returns when that is decided. Once the switch has begun, a cancel changes nothing.
    Delivered deliver(Passed passed, Progress progress, Cancel cancel);

    /// The branch is gone: its preview goes too, and no environment.
    void branchDeleted(String project, String branch, Progress progress);

    /// What serves there now, for a person: `release 13`; empty when nothing does.
    Optional<String> serving(String project, String app, String environment);

    /// The same, when what serves there is this artifact.
    Optional<String> serving(String project, String app, String environment, Digest artifact);

    /// The same, when what serves there is just this, by the same settings.
    Optional<String> unchanged(Passed passed);

    /// Where what serves there runs, or, in a preview that has nothing yet, what serves in production: `process`,
    /// `docker`; empty when nothing does.
    Optional<String> target(String project, String app, String environment);

    /// Whether what serves there, or in production, came from a compose file: the app of the project's name, or any
    /// where there is none.
    boolean isComposed(String project, String environment);

    /// Apps of the project that serve there and are none of these.
    List<Left> left(String project, String environment, List<String> apps);

    /// @param name as commands take it: `shop`, `shop/api`
    record Left(String name, String url) {}

    /// @param live whether it serves now
    /// @param text for a person: the address, or why it is not live
    /// @param advice the cause and what would mend it, a line each; empty when nobody knows
    record Delivered(boolean live, String text, List<String> advice) {}
}
