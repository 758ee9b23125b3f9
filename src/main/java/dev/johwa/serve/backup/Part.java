package dev.johwa.serve.backup;

import java.util.Set;

/// A file or folder of the data folder that goes into backups.
///
/// @param path relative to the data folder
/// @param change how its files change
/// @param without names directly below it that stay out
public record Part(String path, Change change, Set<String> without) {

    public Part(String path, Change change) {
        this(path, change, Set.of());
    }

    /// How files change while they are copied.
    public enum Change {
        /// Not at all: a name and a size stand for the same bytes for ever.
        NEVER,
        /// They are replaced as a whole, or grow at their end.
        WHOLE,
        /// By programs that write in them as they please: copied again until none changed meanwhile.
        FREELY
    }
}
