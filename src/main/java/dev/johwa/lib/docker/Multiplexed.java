package dev.johwa.lib.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Output and errors in one stream: frames, each of a head of eight bytes (kind, three zeros, length, the highest byte
/// first) and its bytes. Format: the part on attaching in the Engine API's reference.
final class Multiplexed {
    private static final int HEAD = 8;
    private static final int ERRORS = 2;
    private static final int LARGEST = 8 << 20;

    private Multiplexed() {}

    /// Takes what a frame holds.
    @FunctionalInterface
    interface Taker {
        void take(boolean isError, byte[] bytes) throws IOException;
    }

    /// Reads frames until nothing more comes.
    static void read(InputStream from, Taker taker) throws IOException {
        while (true) {
            var head = from.readNBytes(HEAD);
            if (head.length == 0) {
                return;
            }
            if (head.length < HEAD || head[1] != 0 || head[2] != 0 || head[3] != 0) {
                throw new IOException("its output is not in frames");
            }
            int length = ByteBuffer.wrap(head).getInt(4);
            if (length < 0 || length > LARGEST) {
                throw new IOException("a frame of its output says that it has " + length + " bytes");
            }
            var bytes = from.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("its output broke off");
            }
            taker.take(head[0] == ERRORS, bytes);
        }
    }
}
