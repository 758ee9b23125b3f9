package dev.johwa.source.git;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/// Branches of a repository that move only when what they would become has passed: kept in its configuration.
final class Protection {
    private static final String SECTION = "johwa";

    private final Repository repository;

    Protection(Repository repository) {
        this.repository = repository;
    }

    void set(String branch, boolean isProtected) {
        if (!Repository.isValidRefName(Constants.R_HEADS + branch)) {
            throw Problem.user("branch.name", "'" + branch + "' is no name of a branch")
                    .exception();
        }
        try {
            var config = repository.getConfig();
            if (isProtected) {
                config.setBoolean(SECTION, branch, "protected", true);
            } else {
                config.unsetSection(SECTION, branch);
            }
            config.save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean holds(String branch) {
        return repository.getConfig().getBoolean(SECTION, branch, "protected", false);
    }

    List<String> branches() {
        return repository.getConfig().getSubsections(SECTION).stream()
                .filter(this::holds)
                .sorted()
                .toList();
    }
}
