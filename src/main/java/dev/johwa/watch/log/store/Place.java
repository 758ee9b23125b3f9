package dev.johwa.watch.log.store;

import dev.johwa.lib.file.Frames;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.log.LogKind;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Whose lines lie together.
record Place(String app, String environment, LogKind kind) {
    private static final int LONGEST = 150;
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-_";

    static Place of(LogLine line) {
        return new Place(line.app(), line.environment(), LogKind.of(line.source()));
    }

    /// Where a search looks for lines of a kind: runs are those of a project.
    static Place of(LogSearch search, LogKind kind) {
        return kind == LogKind.BUILD
                ? new Place(AppEnvironment.projectOf(search.app()), AppEnvironment.PRODUCTION, kind)
                : new Place(search.app(), search.environment(), kind);
    }

    /// The name of its folder: other characters than plain ones as `%` and two digits, so that two places never share
    /// one; a very long one is cut, and its rest becomes a number.
    String folder() {
        var all = escaped(app) + "@" + escaped(environment) + (kind == LogKind.APP ? "" : "~" + kind.word());
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
