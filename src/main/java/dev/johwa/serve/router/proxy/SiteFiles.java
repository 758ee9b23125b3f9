package dev.johwa.serve.router.proxy;

import dev.johwa.lib.http.AcceptedCodings;
import dev.johwa.lib.site.SiteRules;
import dev.johwa.serve.router.RoutingTable;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the file that an address of a site means. Never leaves the folder, be it by dots or by links, and never sees
/// names that begin with a dot but `.well-known`, nor the files that say how the site is served.
final class SiteFiles {
    private static final Set<String> TOLD_TO_US =
            Set.of(SiteRules.REDIRECTS, SiteRules.HEADERS, "Staticfile", "Staticfile.auth", "johwa.yaml");

    private final Path root;
    private final boolean fallback;

    SiteFiles(RoutingTable.Files site) {
        this.root = Path.of(site.folder());
        this.fallback = site.fallback();
    }

    /// What an address means.
    sealed interface Found {
        /// A file, with the status of an answer that shows it.
        record Page(SiteFile file, int status) implements Found {
            /// With the status that a rule of the site gives it, where it is there.
            Page as(Visit visit) {
                return status == 200 ? new Page(file, visit.status()) : this;
            }
        }

        /// A folder, which is read with a slash at its end.
        record Folder() implements Found {}

        record Nothing() implements Found {}
    }

    /// The path of an address without its query, decoded; null when it is not readable.
    static @Nullable String path(String uri) {
        int end = uri.indexOf('?');
        var raw = end < 0 ? uri : uri.substring(0, end);
        try {
            var decoded =
                    raw.indexOf('%') < 0 ? raw : URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
            boolean isReadable = decoded.startsWith("/") && decoded.indexOf('\0') < 0 && decoded.indexOf('\\') < 0;
            return isReadable ? decoded : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// @param isNavigation whether a person goes there, to whom an application of one page answers everywhere
    Found find(String path, boolean isNavigation) throws IOException {
        var place = root.resolve(path.replaceFirst("^/+", "")).normalize();
        boolean isFolder = path.endsWith("/");
        if (!isFolder && isVisible(place) && Files.isDirectory(place)) {
            return new Found.Folder();
        }
        var file = file(isFolder ? place.resolve("index.html") : place);
        if (file == null && !isFolder) {
            file = file(place.resolveSibling(place.getFileName() + ".html"));
        }
        if (file == null && fallback && isNavigation && !hasExtension(path)) {
            file = file(root.resolve("index.html"));
        }
        if (file != null) {
            return new Found.Page(file, 200);
        }
        var missing = file(root.resolve("404.html"));
        return missing == null ? new Found.Nothing() : new Found.Page(missing, 404);
    }

    private static boolean hasExtension(String path) {
        return path.substring(path.lastIndexOf('/') + 1).matches(".+\\.[A-Za-z0-9]{1,6}") && !path.endsWith(".html");
    }

    /// @return null when that is no file, or none that may be seen
    @Nullable
    SiteFile file(Path place) throws IOException {
        if (!isVisible(place) || !Files.isRegularFile(place)) {
            return null;
        }
        var real = place.toRealPath();
        if (!real.startsWith(root.toRealPath())) {
            return null;
        }
        var read = Files.readAttributes(real, BasicFileAttributes.class);
        var name = "/" + root.relativize(place);
        return new SiteFile(real, name, read.size(), read.lastModifiedTime().toMillis());
    }

    /// The same file compressed by whoever built the site, in a file beside it.
    SiteFile.@Nullable Copy sibling(SiteFile file, AcceptedCodings accepted) throws IOException {
        var brotli = accepted.brotli() ? file(root.resolve(file.name().substring(1) + ".br")) : null;
        if (brotli != null) {
            return new SiteFile.Copy(brotli.file(), brotli.size(), "br");
        }
        var gzip = accepted.gzip() ? file(root.resolve(file.name().substring(1) + ".gz")) : null;
        return gzip == null ? null : new SiteFile.Copy(gzip.file(), gzip.size(), "gzip");
    }

    private boolean isVisible(Path place) {
        if (!place.startsWith(root)) {
            return false;
        }
        var below = root.relativize(place);
        if (TOLD_TO_US.contains(below.toString())) {
            return false;
        }
        for (var part : below) {
            var name = part.toString();
            if (name.startsWith(".") && !name.equals(".well-known")) {
                return false;
            }
        }
        return true;
    }
}
