package dev.johwa.build.image;

import dev.johwa.lib.text.RawNames;
import java.util.List;

/// Which paths of a folder belong to a layer; paths are relative with `/`, byte by byte ([RawNames]).
///
/// @param within only what lies below this path, and the folders that lead to it; empty for all
/// @param without neither these paths nor what lies below them
record Selection(String within, List<String> without) {
    static Selection only(String folder, List<String> without) {
        return new Selection(
                RawNames.ofText(folder), without.stream().map(RawNames::ofText).toList());
    }

    static Selection without(List<String> paths) {
        return only("", paths);
    }

    boolean has(String path) {
        boolean inside = within.isEmpty() || isBelow(path, within) || isBelow(within, path);
        return inside && without.stream().noneMatch(excluded -> isBelow(path, excluded));
    }

    private static boolean isBelow(String path, String folder) {
        return path.startsWith(folder) && (path.length() == folder.length() || path.charAt(folder.length()) == '/');
    }
}
