package dev.johwa.door.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what makes servers run this program by a tool of others.
@FunctionalInterface
public interface Playbook {
    /// @param host of a server, for the list of them; null: the list is empty
    /// @param archive of the program; null: of this one
    /// @return the names of the files
    List<String> write(Session session, Path folder, @Nullable String host, @Nullable Path archive) throws IOException;
}
