package dev.johwa.serve.router.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Follows WebSocket frames (RFC 6455 §5.2) as they pass, to know where one ends: only there a frame of ours may come.
final class Frames {
    private static final byte[] GOING_AWAY = {(byte) 0x88, 2, 0x03, (byte) 0xE9};

    private final byte[] head = new byte[14];
    private int read;
    private long left;

    /// A close frame with status 1001, as a server sends it.
    static ByteBuf goingAway() {
        return Unpooled.wrappedBuffer(GOING_AWAY);
    }

    void pass(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (left > 0) {
                int skipped = (int) Math.min(left, end - at);
                left -= skipped;
                at += skipped;
            } else {
                head[read++] = bytes.getByte(at++);
                if (read >= 2 && read == headLength()) {
                    left = payloadLength();
                    read = 0;
                }
            }
        }
    }

    boolean isBetweenFrames() {
        return left == 0 && read == 0;
    }

    private int headLength() {
        int length = head[1] & 0x7f;
        int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
        return 2 + extended + ((head[1] & 0x80) != 0 ? 4 : 0);
    }

    private long payloadLength() {
        int length = head[1] & 0x7f;
        if (length < 126) {
            return length;
        }
        long long64 = 0;
        for (int i = 0; i < (length == 126 ? 2 : 8); i++) {
            long64 = long64 << 8 | head[2 + i] & 0xff;
        }
        return Math.max(0, long64);
    }
}
