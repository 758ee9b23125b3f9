package dev.johwa.door.web.page;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.text.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// Style, script and mark of all pages. Their addresses carry a hash of what they are, so browsers keep them for ever
/// and never have an old one.
public final class Assets {
    public static final String FOLDER = "/-/assets/";
    private static final Map<String, String> TYPES = Map.of(
            "app.css", "text/css; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "mark.svg", "image/svg+xml");

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    /// @param file name with its hash: `app.1a2b3c4d5e6f.css`
    /// @param packed by gzip
    public record Asset(String file, String type, String text, byte[] packed) {}

    /// Where browsers find it.
    String address(String name) {
        return FOLDER + asset(name).file();
    }

    /// By its name with hash.
    public Optional<Asset> find(String file) {
        return TYPES.keySet().stream()
                .map(this::asset)
                .filter(asset -> asset.file().equals(file))
                .findFirst();
    }

    private Asset asset(String name) {
        return read.computeIfAbsent(name, Assets::read);
    }

    /// Without indents and remarks, which are for who reads the source: on a phone they are a part of each first page.
    private static String plain(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !isRemark(line))
                .collect(Collectors.joining("\n"));
    }

    private static boolean isRemark(String line) {
        return line.startsWith("//") || line.startsWith("/*") && line.indexOf("*/") == line.length() - 2;
    }

    private static Asset read(String name) {
        var text = plain(Resource.text(Assets.class, name));
        int dot = name.lastIndexOf('.');
        var file = name.substring(0, dot) + "." + Digest.of(text).shortened() + name.substring(dot);
        return new Asset(file, TYPES.getOrDefault(name, "application/octet-stream"), text, packed(text));
    }

    private static byte[] packed(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
