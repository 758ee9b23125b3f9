package dev.johwa.source.detect.start;

import dev.johwa.source.detect.stack.Folder;
import java.util.Optional;

/// A start.sh at the root.
final class StartScript {
    static final String FILE = "start.sh";

    private StartScript() {}

    static Optional<Said> read(Folder folder) {
        return folder.read(FILE).filter(text -> !text.isBlank()).map(text -> {
            var said = new Said(FILE);
            said.processes.put("web", "./" + FILE);
            return said;
        });
    }
}
