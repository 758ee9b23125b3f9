package dev.johwa.serve.backup;

import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pieces of files as the last backup found them, so that files that did not change are not read again. Lost, it
/// is made again.
final class Known {
    private final Path file;
    private final Map<String, Seen> before;
    private final Map<String, Seen> now = new HashMap<>();

    private Known(Path file, Map<String, Seen> before) {
        this.file = file;
        this.before = before;
    }

    /// @param mark of the file as it was
    record Seen(String mark, long size, List<String> chunks) {}

    record All(Map<String, Seen> files) {}

    static Known read(Path file) {
        if (!Files.exists(file)) {
            return new Known(file, Map.of());
        }
        try {
            var bytes = Gzip.open(Files.readAllBytes(file));
            return new Known(
                    file, bytes.map(text -> Json.read(text, All.class).files()).orElse(Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ProblemException e) {
            return new Known(file, Map.of());
        }
    }

    /// What the file holds when it is as it was.
    Optional<Seen> of(String path, String mark) {
        return Optional.ofNullable(now.getOrDefault(path, before.get(path)))
                .filter(seen -> seen.mark().equals(mark));
    }

    void remember(String path, Seen seen) {
        now.put(path, seen);
    }

    void save() {
        try {
            Whole.write(file, Gzip.make(Json.bytes(new All(now))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
