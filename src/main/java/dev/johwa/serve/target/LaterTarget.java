package dev.johwa.serve.target;

import dev.johwa.lib.file.Whole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A target that is made when somebody wants it. That it ever was is written down before, so that a later control plane
/// knows whether it has to look there for instances. Safe for use by many threads.
final class LaterTarget {
    private final String name;
    private final Path mark;
    private final String note;
    private final Supplier<Target> making;
    private @Nullable Target made;

    /// @param name of the target
    /// @param mark file that says that it was used
    /// @param note what the file holds
    LaterTarget(String name, Path mark, String note, Supplier<Target> making) {
        this.name = name;
        this.mark = mark;
        this.note = note;
        this.making = making;
    }

    String name() {
        return name;
    }

    /// The target, now that something is to run there.
    synchronized Target take() {
        var target = made;
        if (target == null) {
            try {
                Files.createDirectories(mark.toAbsolutePath().getParent());
                Whole.write(mark, note.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            target = making.get();
            made = target;
        }
        return target;
    }

    /// The same where anything may be there.
    Optional<Target> used() {
        return Files.exists(mark) ? Optional.of(take()) : Optional.empty();
    }
}
