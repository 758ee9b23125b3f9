package dev.johwa.lib.text;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Names of files byte by byte, whatever the machine's language settings: a character stands for a byte (ISO 8859-1).
///
/// A [Path] keeps the bytes that the system gave, but its text does not; its URI does, so names that are not plain
/// ASCII take that way.
public final class RawNames {
    private RawNames() {}

    /// The bytes of a text that people wrote.
    public static String ofText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// For people.
    public static String text(String raw) {
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// The bytes of a relative path, such as a file's name or the target of a symbolic link; also of an absolute one.
    public static String of(Path path) {
        var text = path.toString();
        if (isPlain(text)) {
            return text;
        }
        var whole = Path.of("/").resolve(path).toUri().getRawPath();
        var trimmed = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        return decode(path.isAbsolute() ? trimmed : trimmed.substring(1));
    }

    /// The path with these bytes.
    public static Path path(String raw) {
        if (isPlain(raw)) {
            return Path.of(raw);
        }
        boolean absolute = raw.startsWith("/");
        var whole = Path.of(URI.create("file://" + (absolute ? "" : "/") + encode(raw)));
        return absolute ? whole : whole.subpath(0, whole.getNameCount());
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(character -> character < 128);
    }

    private static String decode(String encoded) {
        var raw = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                raw.append((char) Integer.parseInt(encoded, i + 1, i + 3, 16));
                i += 2;
            } else {
                raw.append(encoded.charAt(i));
            }
        }
        return raw.toString();
    }

    private static String encode(String raw) {
        var encoded = new StringBuilder(raw.length() * 3);
        for (int i = 0; i < raw.length(); i++) {
            char character = raw.charAt(i);
            boolean safe = character < 128 && (Character.isLetterOrDigit(character) || "/._-".indexOf(character) >= 0);
            encoded.append(safe ? String.valueOf(character) : "%%%02X".formatted((int) character));
        }
        return encoded.toString();
    }
}
