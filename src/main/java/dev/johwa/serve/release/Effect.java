package dev.johwa.serve.release;

import dev.johwa.source.git.Commit;
import java.util.List;
import java.util.Optional;

/// What going to an earlier release would change.
///
/// @param now the release that serves; empty when none does
/// @param commits those that would be gone, newest first
/// @param settings names of values that were others then
/// @param changedData whether a later release ran its release command: what that did to data stays
public record Effect(
        Release goal, Optional<Release> now, List<Commit> commits, List<String> settings, boolean changedData) {
    public Effect {
        commits = List.copyOf(commits);
        settings = List.copyOf(settings);
    }
}
