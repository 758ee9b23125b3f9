package dev.johwa.serve.router.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One end of a connection that speaks HTTP/2 frame by frame, for tests: fields go out as they are given, whatever they
/// hold.
final class FrameWire implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;

    FrameWire(Wire wire) throws IOException {
        socket = wire.socket;
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /// @param fields each as `name` and `value`
    record Field(String name, String value) {}

    /// Sends a head.
    FrameWire head(int stream, boolean isLast, List<Field> fields) throws IOException {
        var block = new ByteArrayOutputStream();
        for (var field : fields) {
            // Literal, with a name of its own, and not remembered (RFC 7541 §6.2.2).
            block.write(0);
            text(field.name(), block);
            text(field.value(), block);
        }
        frame(HEADERS, END_HEADERS | (isLast ? END_STREAM : 0), stream, block.toByteArray());
        return this;
    }

    private static void text(String text, ByteArrayOutputStream block) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    FrameWire data(int stream, boolean isLast, String text) throws IOException {
        frame(DATA, isLast ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    FrameWire reset(int stream) throws IOException {
        frame(RESET, 0, stream, new byte[] {0, 0, 0, 8});
        return this;
    }

    private void frame(int kind, int flags, int stream, byte[] content) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(
                new byte[] {(byte) (content.length >> 16), (byte) (content.length >> 8), (byte) content.length});
        frame.writeBytes(new byte[] {(byte) kind, (byte) flags, 0, 0, (byte) (stream >> 8), (byte) stream});
        frame.writeBytes(content);
        socket.getOutputStream().write(frame.toByteArray());
        socket.getOutputStream().flush();
    }

    /// How a stream ended: `answer`, `reset`, or `gone` with the whole connection.
    String outcome(int stream) throws IOException {
        try {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int kind = in.readUnsignedByte();
                in.readUnsignedByte();
                int of = in.readInt();
                in.readNBytes(length);
                if (kind == GO_AWAY) {
                    return "gone";
                }
                if (of == stream && (kind == HEADERS || kind == RESET)) {
                    return kind == HEADERS ? "answer" : "reset";
                }
            }
        } catch (java.io.EOFException | SocketException e) {
            return "gone";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
