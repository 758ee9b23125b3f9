package dev.johwa.source.git;

import dev.johwa.lib.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Locks of refs that a control plane held when it was killed: nobody would give them back, and nobody could push to
/// those refs any more.
final class StaleLocks {
    private static final Logger LOG = LoggerFactory.getLogger(StaleLocks.class);
    private static final String NAMES = "*.lock";

    private StaleLocks() {}

    /// To be called before this process changes anything there. A git that an earlier one started and that works still
    /// keeps its locks: it gives them back itself.
    static void remove(Path repository) throws IOException {
        var locks = new ArrayList<Path>();
        try (var beside = Files.newDirectoryStream(repository, NAMES)) {
            beside.forEach(locks::add);
        }
        locks.addAll(below(repository.resolve("refs")));
        if (locks.isEmpty() || Programs.worksIn(repository)) {
            return;
        }
        for (var lock : locks) {
            Files.deleteIfExists(lock);
            LOG.info("removed {}: who held it was killed", lock);
        }
    }

    private static List<Path> below(Path refs) throws IOException {
        try (var all = Files.find(
                refs,
                Integer.MAX_VALUE,
                (path, attributes) ->
                        attributes.isRegularFile() && path.toString().endsWith(".lock"))) {
            return all.toList();
        }
    }
}
