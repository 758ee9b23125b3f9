package dev.johwa.door.api;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// A piece of what an attached command says: one byte for its kind, four for the length, highest first, and the bytes.
///
/// @param bytes of `ENDED` an [Attach.Ended] as JSON
public record Frame(Kind kind, byte[] bytes) {
    private static final int LARGEST = 1 << 20;

    /// What it is.
    public enum Kind {
        OUT('o'),
        ERR('e'),
        /// Nothing: the server is still there.
        BEAT('b'),
        ENDED('x');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    public void write(OutputStream out) throws IOException {
        var data = new DataOutputStream(out);
        data.writeByte(kind.letter);
        data.writeInt(bytes.length);
        data.write(bytes);
        data.flush();
    }

    /// The next one; empty at the end.
    public static Optional<Frame> read(InputStream in) throws IOException {
        int letter = in.read();
        if (letter < 0) {
            return Optional.empty();
        }
        for (var kind : Kind.values()) {
            if (kind.letter == letter) {
                var data = new DataInputStream(in);
                int length = data.readInt();
                if (length < 0 || length > LARGEST) {
                    throw new IOException("a piece of " + length + " bytes");
                }
                var bytes = in.readNBytes(length);
                if (bytes.length < length) {
                    throw new EOFException("the last piece is cut off");
                }
                return Optional.of(new Frame(kind, bytes));
            }
        }
        throw new IOException("a piece of no kind: " + letter);
    }
}
