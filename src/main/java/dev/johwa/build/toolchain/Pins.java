package dev.johwa.build.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which digest each version had when it was first fetched, a line each; nothing is ever taken out but a line that was
/// cut off while it was written, which says nothing. Not safe for use by many threads.
record Pins(Path file) {
    private static final int WORDS = 3;

    Optional<String> of(String tool, String version) throws IOException {
        var start = tool + " " + version + " ";
        return whole().stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst();
    }

    /// The lines that were written to their end.
    private List<String> whole() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        var text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.split(" ", -1).length == WORDS)
                .toList();
    }

    void add(String tool, String version, String digest) throws IOException {
        heal();
        var line = tool + " " + version + " " + digest + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
    }

    /// Else the next line would be added to half of one.
    private void heal() throws IOException {
        var healed = whole().stream().map(line -> line + "\n").collect(Collectors.joining());
        if (!Files.exists(file) || healed.equals(Files.readString(file))) {
            return;
        }
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                fresh,
                healed,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.DSYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
