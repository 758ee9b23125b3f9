package dev.johwa.lib.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A part of a long line that may be told, and the bytes that must wait for what is beside them.
///
/// @param text whole characters, cut where nothing to be hidden is cut
public record Piece(String text, byte[] rest) {
    /// So much may wait; who has a longer secret gets it cut.
    private static final int MOST_WAITING = 32 << 10;

    /// Of a line whose end is not known yet; what waits is its end.
    public static Piece ofBeginning(byte[] line, Cut cut) {
        int whole = wholeBefore(line);
        var text = new String(line, 0, whole, StandardCharsets.UTF_8);
        int end = cut.end(text);
        int bytes = text.substring(end).getBytes(StandardCharsets.UTF_8).length;
        return bytes > MOST_WAITING || hasStrangers(text.substring(end))
                ? new Piece(text, Arrays.copyOfRange(line, whole, line.length))
                : new Piece(text.substring(0, end), Arrays.copyOfRange(line, whole - bytes, line.length));
    }

    /// Of a line whose beginning is not known yet; what waits is its beginning.
    public static Piece ofEnd(byte[] line, Cut cut) {
        int whole = wholeAfter(line);
        var text = new String(line, whole, line.length - whole, StandardCharsets.UTF_8);
        int start = cut.start(text);
        int bytes = text.substring(0, start).getBytes(StandardCharsets.UTF_8).length;
        return bytes > MOST_WAITING || hasStrangers(text.substring(0, start))
                ? new Piece(text, Arrays.copyOf(line, whole))
                : new Piece(text.substring(start), Arrays.copyOf(line, whole + bytes));
    }

    /// Bytes that are no UTF-8 became other characters, whose bytes cannot be counted.
    private static boolean hasStrangers(String text) {
        return text.indexOf('\ufffd') >= 0;
    }

    /// Where the last character ends that is there with all its bytes.
    private static int wholeBefore(byte[] line) {
        int start = line.length - 1;
        while (start > 0 && start > line.length - 4 && isContinuation(line[start])) {
            start--;
        }
        boolean isWhole = start + length(line[start]) <= line.length;
        return isWhole || start == 0 ? line.length : start;
    }

    private static int wholeAfter(byte[] line) {
        int start = 0;
        while (start < Math.min(3, line.length - 1) && isContinuation(line[start])) {
            start++;
        }
        return start;
    }

    private static boolean isContinuation(byte each) {
        return (each & 0xc0) == 0x80;
    }

    private static int length(byte first) {
        return (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : (first & 0xf8) == 0xf0 ? 4 : 1;
    }
}
