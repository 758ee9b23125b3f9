package dev.johwa.build.pipeline;

import java.util.Optional;

/// Whether the machine has room for one more run now. Implemented by a later room; asked again and again while runs
/// wait, so it answers at once.
@FunctionalInterface
public interface Headroom {
    /// There is always room.
    Headroom PLENTY = going -> Optional.empty();

    /// @param going how many runs go on
    /// @return what is missing, for a person; empty when there is room
    Optional<String> lack(int going);
}
