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
}
