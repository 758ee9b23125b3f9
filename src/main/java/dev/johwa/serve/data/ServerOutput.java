package dev.johwa.serve.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server said since it was started.
///
/// @param run folder of its output
record ServerOutput(Path run) {
    static final String NOTHING = "it said nothing";

    private static final Logger LOG = LoggerFactory.getLogger(ServerOutput.class);
    private static final long MOST = 16L << 20;
    private static final int LAST_WORDS = 5;

    private Stream<Path> files() {
        return Stream.of("out", "err").map(run::resolve).filter(Files::exists);
    }

    String lastWords() {
        var words = files().flatMap(file -> lines(file).stream()).toList();
        return words.isEmpty()
                ? NOTHING
                : String.join(" | ", words.subList(Math.max(0, words.size() - LAST_WORDS), words.size()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /// Holds it to a bound. The server appends, so that what is cut off leaves no hole.
    void hold() {
        files().forEach(file -> {
            try {
                if (Files.size(file) > MOST) {
                    Files.write(file, new byte[0]);
                }
            } catch (IOException e) {
                LOG.warn("output={} cannot be cut: {}", file, e.getMessage());
            }
        });
    }
}
