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
    record Outcome(List<Path> written, List<Path> left) {}

    Outcome write(Ejection ejection) throws IOException {
        var written = new ArrayList<Path>();
        var left = new ArrayList<Path>();
        for (var file : ejection.files().entrySet()) {
            (write(file) ? written : left).add(file.getKey());
        }
        return new Outcome(written, left);
    }

    private boolean write(Map.Entry<Path, String> file) throws IOException {
        var path = place.resolve(file.getKey());
        var bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !force) {
            return Files.isRegularFile(path) && Arrays.equals(Files.readAllBytes(path), bytes);
        }
        Files.createDirectories(path.resolveSibling("."));
        Whole.write(path, bytes);
        return true;
    }
}
