package dev.johwa.source.compose.text;

import dev.johwa.lib.text.CleanPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Paths as texts, cleaned without a look at the disk.
public final class GoPath {
    private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:[/\\\\].*|\\\\\\\\.*", Pattern.DOTALL);

    private GoPath() {}

    public static boolean isAbsolute(String path) {
        return path.startsWith("/");
    }

    /// `C:\data` or `\\host\share`, which stay as they are.
    public static boolean isWindows(String path) {
        return WINDOWS.matcher(path).matches();
    }

    public static String join(String base, String path) {
        if (base.isEmpty()) {
            return path.isEmpty() ? "" : CleanPath.of(path);
        }
        return CleanPath.of(path.isEmpty() ? base : base + "/" + path);
    }

    /// The path without its last part.
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return CleanPath.of(path.substring(0, slash + 1));
    }

    /// A home folder for a `~` at the beginning.
    ///
    /// @param home null when there is none, then the path stays as it is
    public static String expanded(String path, @Nullable String home) {
        return path.startsWith("~") && home != null ? join(home, path.substring(1)) : path;
    }

    /// How to reach a path from a folder, both of the same kind: absolute or relative.
    public static String relative(String folder, String path) {
        var from = parts(folder);
        var to = parts(path);
        int same = 0;
        while (same < from.size() && same < to.size() && from.get(same).equals(to.get(same))) {
            same++;
        }
        var parts = new ArrayList<String>();
        for (int i = same; i < from.size(); i++) {
            parts.add("..");
        }
        parts.addAll(to.subList(same, to.size()));
        return parts.isEmpty() ? "." : String.join("/", parts);
    }

    private static List<String> parts(String path) {
        return Arrays.stream(CleanPath.of(path).split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
    }
}
