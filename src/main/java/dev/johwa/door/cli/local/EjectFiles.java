package dev.johwa.door.cli.local;

import dev.johwa.lib.file.Whole;
import dev.johwa.source.eject.Ejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes files below a folder; what is there and differs stays unless it is said otherwise.
///
/// @param place where they go
record EjectFiles(Path place, boolean force) {
    /// @param written what is there now as it was made
    /// @param left what was there, differs, and stayed
    /// @param own what was there, differs, and stays also when it is wanted otherwise
    record Outcome(List<Path> written, List<Path> left, List<Path> own) {}

    Outcome write(Ejection ejection) throws IOException {
        var outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var file : ejection.files().entrySet()) {
            write(file, outcome);
        }
        return outcome;
    }

    private void write(Map.Entry<Path, String> file, Outcome outcome) throws IOException {
        var path = place.resolve(file.getKey());
        var bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            var there = Files.isRegularFile(path) ? Files.readAllBytes(path) : new byte[0];
            boolean isSame = Arrays.equals(there, bytes);
            boolean isOwn = !isSame && Ejection.isOwn(file.getKey(), new String(there, StandardCharsets.UTF_8));
            if (isSame || isOwn || !force) {
                (isSame ? outcome.written() : isOwn ? outcome.own() : outcome.left()).add(file.getKey());
                return;
            }
        }
        Files.createDirectories(path.resolveSibling("."));
        Whole.write(path, bytes);
        outcome.written().add(file.getKey());
    }
}
