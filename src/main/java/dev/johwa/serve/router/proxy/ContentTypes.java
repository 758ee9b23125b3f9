package dev.johwa.serve.router.proxy;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Types of files by the ends of their names.
final class ContentTypes {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("xml", "application/xml"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("md", "text/markdown; charset=utf-8"),
            Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("ttf", "font/ttf"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("mp3", "audio/mpeg"));

    private static final Set<String> COMPRESSIBLE = Set.of(
            "html",
            "htm",
            "css",
            "js",
            "mjs",
            "json",
            "map",
            "webmanifest",
            "xml",
            "txt",
            "md",
            "csv",
            "svg",
            "ico",
            "ttf",
            "wasm");

    private ContentTypes() {}

    static String of(String name) {
        return TYPES.getOrDefault(end(name), "application/octet-stream");
    }

    /// Whether such files become smaller; others are compressed already, or of an unknown kind.
    static boolean isCompressible(String name) {
        return COMPRESSIBLE.contains(end(name));
    }

    private static String end(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
