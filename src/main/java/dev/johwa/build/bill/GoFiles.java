package dev.johwa.build.bill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `go.mod`, and what Go writes into its programs (`go version -m`).
///
/// Source of the form: Go's package debug/buildinfo; programs of Go 1.18 and later.
final class GoFiles {
    private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FLAGS = 15;
    private static final int INLINE = 2;
    private static final int HEAD = 32;
    private static final int PIECE = 1 << 18;
    private static final int MOST = 1 << 20;
    private static final Pattern REQUIRE =
            Pattern.compile("\\s*(?:require\\s+)?([^\\s()\"]+\\.[^\\s()\"]*/?[^\\s()\"]*)\\s+(v[0-9][^\\s]*).*");
    private static final Pattern MODULE = Pattern.compile("(?:dep|=>)\t([^\t]+)\t([^\t]+).*");

    private GoFiles() {}

    static void module(String text, Finding finding) {
        boolean isRequired = false;
        for (var line : text.lines().toList()) {
            if (line.startsWith("require")) {
                isRequired = true;
            } else if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                isRequired = false;
            }
            var found = REQUIRE.matcher(line);
            if (isRequired && found.matches()) {
                finding.add(Component.of(Ecosystem.GO, found.group(1), found.group(2))
                        .through(line.contains("// indirect") ? Optional.empty() : Optional.of(List.of())));
            }
        }
    }

    /// A program, piece by piece in constant memory.
    static void program(InputStream bytes, Finding finding) throws IOException {
        var kept = new byte[0];
        for (var piece = bytes.readNBytes(PIECE); piece.length > 0; piece = bytes.readNBytes(PIECE)) {
            var both = joined(kept, piece);
            int at = find(both);
            if (at >= 0) {
                info(joined(Arrays.copyOfRange(both, at, both.length), bytes.readNBytes(MOST)), finding);
                return;
            }
            kept = Arrays.copyOfRange(both, Math.max(0, both.length - MAGIC.length), both.length);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var all = new ByteArrayOutputStream(first.length + second.length);
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }

    private static int find(byte[] bytes) {
        for (int at = 0; at + MAGIC.length <= bytes.length; at++) {
            if (bytes[at] == MAGIC[0] && Arrays.equals(bytes, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
                return at;
            }
        }
        return -1;
    }

    private static void info(byte[] bytes, Finding finding) {
        if (bytes.length <= HEAD || (bytes[FLAGS] & INLINE) == 0) {
            return;
        }
        var version = text(bytes, HEAD);
        var modules = text(bytes, version.end());
        finding.add(Ecosystem.GO, "stdlib", version.text().replaceFirst("^go([0-9.]+).*", "$1"));
        var last = "";
        var lastVersion = "";
        for (var line : modules.text().split("\n")) {
            var found = MODULE.matcher(line);
            boolean isReplaced = line.startsWith("=>");
            if (!last.isEmpty() && !isReplaced) {
                finding.add(Ecosystem.GO, last, lastVersion);
                last = "";
            }
            if (found.matches()) {
                last = found.group(1);
                lastVersion = found.group(2);
            }
        }
        finding.add(Ecosystem.GO, last, lastVersion);
    }

    private record Text(String text, int end) {}

    /// A length as a varint, then as many bytes.
    private static Text text(byte[] bytes, int start) {
        long length = 0;
        int at = start;
        for (int shift = 0; shift < Integer.SIZE && at < bytes.length; shift += 7) {
            int next = bytes[at++];
            length |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                break;
            }
        }
        int end = (int) Math.min(bytes.length, at + length);
        return new Text(new String(bytes, at, end - at, StandardCharsets.UTF_8), end);
    }
}
