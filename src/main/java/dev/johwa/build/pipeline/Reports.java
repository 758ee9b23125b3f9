package dev.johwa.build.pipeline;

import dev.johwa.lib.file.Search;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Reports of tests that an earlier run left in half-finished work: a test that is gone would still count.
final class Reports {
    private static final Search SEARCH = new Search(Set.of("node_modules"), Integer.MAX_VALUE, Integer.MAX_VALUE);

    private Reports() {}

    /// @param glob below the folder, as a detection names them
    static void forget(Path folder, String glob) throws IOException {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        for (var old : SEARCH.find(folder, (file, attributes) -> matcher.matches(file))) {
            Files.deleteIfExists(old);
        }
    }
}
