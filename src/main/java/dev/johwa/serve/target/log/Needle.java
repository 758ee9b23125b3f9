package dev.johwa.serve.target.log;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Bytes that every wanted line contains, so that all others need not become text to be passed over.
public final class Needle {
    private final byte[] bytes;
    /// A character for each byte: the machine looks through those many at a time.
    private final String letters;

    private Needle(byte[] bytes) {
        this.bytes = bytes;
        this.letters = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Empty where a line may contain the text only once it is told: what hides secrets writes `*`, and bytes that are
    /// no UTF-8 become a character of their own.
    public static Optional<Needle> of(String text) {
        boolean mayBeWritten = text.chars().anyMatch(each -> each == '*' || each == '\uFFFD' || each == '\r');
        return text.isEmpty() || mayBeWritten
                ? Optional.empty()
                : Optional.of(new Needle(text.getBytes(StandardCharsets.UTF_8)));
    }

    boolean isIn(byte[] block, int end) {
        return new String(block, 0, end, StandardCharsets.ISO_8859_1).contains(letters);
    }

    /// Where it begins for the last time before an end, or -1.
    int lastIn(byte[] block, int end) {
        byte first = bytes[0];
        for (int i = end - bytes.length; i >= 0; i--) {
            if (block[i] == first && isAt(block, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(byte[] block, int start) {
        for (int i = 1; i < bytes.length; i++) {
            if (block[start + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
