package dev.johwa.source.git;

import dev.johwa.source.git.Repositories.Branch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/// Reads where branches are.
final class Heads {
    private Heads() {}

    /// Of a repository that nobody works with; nothing of it stays open.
    static List<Branch> of(Path folder) {
        try (var brief = BareRepository.look(folder)) {
            return of(brief);
        }
    }

    static List<Branch> of(Repository repository) {
        try {
            return repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                    .filter(ref -> ref.getObjectId() != null)
                    .map(ref -> new Branch(
                            ref.getName().substring(Constants.R_HEADS.length()),
                            ref.getObjectId().name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
