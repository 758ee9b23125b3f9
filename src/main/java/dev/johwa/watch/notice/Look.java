package dev.johwa.watch.notice;

import java.util.List;
import java.util.function.Predicate;

/// Looks at what no fact tells of: a disk, a certificate.
public interface Look {
    Kind kind();

    /// The signs that are there now; what is not among them any more is well.
    ///
    /// @param isOpen whether a condition with this key lasts: it may need more to be over than not to begin
    List<Sign> signs(Predicate<String> isOpen);

    /// Whether it saw enough to say what is there; until then nothing that lasts is over.
    default boolean isReady() {
        return true;
    }

    /// Whether that of which a condition is exists at all; of what was removed nobody is told that it is well again.
    default boolean isThere(String key) {
        return true;
    }
}
