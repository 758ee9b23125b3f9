package dev.johwa.serve.router.proxy;

import java.util.List;
import java.util.Locale;

/// Paths below which something counts. Where two programs could read an address in two ways, it counts: who may not
/// pass `/admin` must not come there as `/x/..%2Fadmin`.
final class Below {
    static final Below ALL = new Below(List.of());

    private final List<String> paths;

    /// @param paths beginning with `/`; empty for all
    Below(List<String> paths) {
        this.paths = paths.stream().map(Below::plain).toList();
    }

    private static String plain(String path) {
        var readable = SiteFiles.path(path);
        var text = (readable == null ? path : readable).toLowerCase(Locale.ROOT);
        return text.replaceFirst("/+$", "");
    }

    /// @param uri with or without a query
    boolean contains(String uri) {
        if (paths.isEmpty()) {
            return true;
        }
        var path = SiteFiles.path(uri);
        if (path == null || isAmbiguous(path) || hasHiddenSlash(uri)) {
            return true;
        }
        var asked = path.toLowerCase(Locale.ROOT);
        return paths.stream().anyMatch(each -> asked.equals(each) || asked.startsWith(each + "/"));
    }

    private static boolean isAmbiguous(String path) {
        return path.contains("//")
                || path.contains("/.")
                || path.indexOf(';') >= 0
                || path.indexOf('%') >= 0
                || path.indexOf('\uFFFD') >= 0
                || path.chars().anyMatch(Character::isISOControl);
    }

    private static boolean hasHiddenSlash(String uri) {
        int end = uri.indexOf('?');
        return uri.substring(0, end < 0 ? uri.length() : end)
                .toLowerCase(Locale.ROOT)
                .contains("%2f");
    }
}
