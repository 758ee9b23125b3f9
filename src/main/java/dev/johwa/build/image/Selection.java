package dev.johwa.build.image;

import java.util.List;

/// Which paths of a folder belong to a layer; paths are relative with `/`.
///
/// @param within only what lies below this path; empty for all
/// @param without neither these paths nor what lies below them
record Selection(String within, List<String> without) {
    static Selection only(String folder, List<String> without) {
        return new Selection(folder, List.copyOf(without));
    }

    static Selection without(List<String> paths) {
        return new Selection("", List.copyOf(paths));
    }

    boolean has(String path) {
        boolean inside = within.isEmpty() || isBelow(path, within) || isBelow(within, path);
        return inside && without.stream().noneMatch(excluded -> isBelow(path, excluded));
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
