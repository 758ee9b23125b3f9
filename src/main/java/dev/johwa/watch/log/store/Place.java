package dev.johwa.watch.log.store;

import dev.johwa.lib.file.Frames;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Whose lines lie together.
record Place(String app, String environment) {
    private static final int LONGEST = 150;
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-_";

    /// The name of its folder: other characters than plain ones as `%` and two digits, so that two places never share
    /// one; a very long one is cut, and its rest becomes a number.
    String folder() {
        var all = escaped(app) + "@" + escaped(environment);
        return all.length() <= LONGEST
                ? all
                : all.substring(0, LONGEST) + "#" + Frames.checksum(all.getBytes(StandardCharsets.UTF_8)) + "."
                        + all.length();
    }

    private static String escaped(String name) {
        var escaped = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(each) >= 0) {
                escaped.append((char) each);
            } else {
                escaped.append('%').append(HexFormat.of().toHexDigits(each));
            }
        }
        return escaped.toString();
    }
}
