package dev.johwa.source.git;

import java.util.Optional;

/// Hears of pushes. Called after the objects are stored: for protected branches before the ref moves, and what is
/// answered refuses it; for all others after it moved. Returns when there is nothing more to tell the pusher; the
/// client may have gone meanwhile, which changes nothing.
@FunctionalInterface
public interface OnPush {
    /// @return why the update of protected branches is refused, or empty
    Optional<String> pushed(Push push, Progress progress);
}
