package dev.johwa.source.detect.stack;

import java.util.List;

/// Patterns for folders, as workspaces write them: `*` any letters of a name, `?` one, `**` any folders.
public final class Globs {
    private final List<List<String>> globs;

    public Globs(List<String> globs) {
        this.globs = globs.stream()
                .map(glob -> names(glob.strip().replaceFirst("^\\./", "")))
                .toList();
    }

    private static List<String> names(String path) {
        return List.of(path.split("/"));
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return globs.isEmpty();
    }

    /// Whether one of them is this path.
    public boolean match(String path) {
        var names = names(path);
        return globs.stream().anyMatch(glob -> matches(glob, names));
    }

    private static boolean matches(List<String> glob, List<String> names) {
        int at = 0;
        while (at < glob.size() && !glob.get(at).equals("**")) {
            if (at >= names.size() || !matches(glob.get(at), names.get(at))) {
                return false;
            }
            at++;
        }
        if (at == glob.size()) {
            return at == names.size();
        }
        var rest = glob.subList(at + 1, glob.size());
        // What follows the last `**` is the end; one in between is taken as the last.
        int end = rest.lastIndexOf("**");
        var last = rest.subList(end + 1, rest.size());
        return names.size() >= at + last.size()
                && matches(last, names.subList(names.size() - last.size(), names.size()));
    }

    /// Goes back to the last `*` only, so that no pattern takes long.
    private static boolean matches(String glob, String name) {
        int at = 0;
        int star = -1;
        int tried = 0;
        int i = 0;
        while (i < name.length()) {
            if (at < glob.length() && (glob.charAt(at) == '?' || glob.charAt(at) == name.charAt(i))) {
                at++;
                i++;
            } else if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                tried = i;
            } else if (star >= 0) {
                at = star + 1;
                i = ++tried;
            } else {
                return false;
            }
        }
        return glob.substring(at).chars().allMatch(letter -> letter == '*');
    }
}
