package dev.johwa.build.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Which digest each version had when it was first fetched, a line each; nothing is ever taken out. Not safe for use by
/// many threads.
record Pins(Path file) {
    Optional<String> of(String tool, String version) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var start = tool + " " + version + " ";
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst();
    }

    void add(String tool, String version, String digest) throws IOException {
        var line = tool + " " + version + " " + digest + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
    }
}
