package dev.johwa.lib.text;

import java.util.ArrayDeque;

/// Paths in the shortest form, as Go's `path.Clean` writes them.
public final class CleanPath {
    private CleanPath() {}

    /// Without `.`, empty parts and `..` that have something before them; `.` when nothing is left.
    public static String of(String path) {
        boolean isAbsolute = path.startsWith("/");
        var parts = new ArrayDeque<String>();
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            var part = path.substring(start, end);
            start = end + 1;
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            boolean isUp = part.equals("..");
            if (isUp && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!isUp || !isAbsolute) {
                parts.addLast(part);
            }
        }
        var cleaned = (isAbsolute ? "/" : "") + String.join("/", parts);
        return cleaned.isEmpty() ? "." : cleaned;
    }
}
