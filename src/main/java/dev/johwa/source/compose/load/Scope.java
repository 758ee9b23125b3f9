package dev.johwa.source.compose.load;

import java.nio.file.Path;
import java.util.Map;

/// From where files that name each other are read.
///
/// @param folder absolute: what `include` and `extends` name starts here
/// @param base where paths of the files start: absolute, or relative to that of the file that includes them
/// @param environment of references to variables
record Scope(Path folder, String base, Map<String, String> environment) {
    /// How to reach a path from the folder; of a file, its folder.
    String baseOf(Path path, boolean isFolder) {
        var target = isFolder ? path : path.getParent() == null ? path : path.getParent();
        return text(folder.relativize(target));
    }

    private static String text(Path relative) {
        return relative.toString().isEmpty() ? "." : relative.toString();
    }
}
