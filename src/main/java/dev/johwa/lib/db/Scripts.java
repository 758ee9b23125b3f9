package dev.johwa.lib.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The migrations as they lie on the class path, oldest first: numbered SQL files, and a file `index` that names them.
record Scripts(List<String> folders) {
    /// @param name of its file, `V7__releases.sql`
    record Script(String name, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        String version() {
            return name.replaceFirst("^V(\\d+)__.*", "$1");
        }
    }

    List<Script> all() {
        return folders.stream()
                .flatMap(folder -> new String(resource(folder + "/index"), StandardCharsets.UTF_8)
                        .lines()
                        .map(name -> new Script(name, resource(folder + "/" + name))))
                .toList();
    }

    private static byte[] resource(String path) {
        try (var input = Scripts.class.getClassLoader().getResourceAsStream(path)) {
            if (input == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
