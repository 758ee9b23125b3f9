package dev.johwa.main;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// HTTP by hand on one connection: what is sent is sent once, and an answer counts only when it is whole.
final class RawConnection {
    private static final int PATIENCE_MILLIS = 30_000;
    /// Of the first byte of a frame (RFC 6455 §5.5.1).
    private static final int CLOSE = 8;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final String host;
    private boolean over;
    private boolean talking;

    RawConnection(String address, String host) throws IOException {
        int colon = address.lastIndexOf(':');
        this.host = host;
        var port = Integer.parseInt(address.substring(colon + 1));
        socket.connect(new InetSocketAddress(address.substring(0, colon), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    byte[] get(String path, String fields) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n", new byte[0]);
        return answer();
    }

    byte[] post(String path, byte[] body) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + body.length + "\r\n\r\n", body);
        return answer();
    }

    /// Says a word on a WebSocket and waits for its echo.
    void talk(String word) throws IOException {
        if (!talking) {
            send(
                    "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                    new byte[0]);
            var head = head();
            if (!head.startsWith("http/1.1 101 ")) {
                throw new IOException(
                        "no WebSocket: " + head.lines().findFirst().orElse("nothing"));
            }
            talking = true;
        }
        var bytes = word.getBytes(StandardCharsets.UTF_8);
        var echo = echo(bytes);
        if (!new String(echo, StandardCharsets.UTF_8).endsWith(word)) {
            boolean isOver = echo.length == 0 || (echo[0] & 0x0f) == CLOSE;
            throw isOver ? new Ended() : new IOException("another word came back: " + Arrays.toString(echo));
        }
    }

    private byte[] echo(byte[] word) throws IOException {
        try {
            // A text of that length behind a mask of zeros.
            send("", new byte[] {(byte) 0x81, (byte) (0x80 | word.length), 0, 0, 0, 0});
            send("", word);
            return in.readNBytes(2 + word.length);
        } catch (SocketException e) {
            // Who closes while a word is on its way to it resets the connection: the same end, seen later.
            throw new Ended();
        }
    }

    /// Of a WebSocket that was open: the other side ended it before it answered.
    static final class Ended extends IOException {
        private static final long serialVersionUID = 1;

        Ended() {
            super("the WebSocket was ended");
        }
    }

    boolean isTalking() {
        return talking;
    }

    /// Whether the other side has closed.
    boolean hasEnded() throws IOException {
        socket.setSoTimeout(1);
        try {
            in.mark(1);
            if (in.read() < 0) {
                return true;
            }
            in.reset();
            // A word that nobody asked for: it says goodbye.
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /// Whether the answer was the last one here.
    boolean isOver() {
        return over;
    }

    private void send(String head, byte[] body) throws IOException {
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(body);
        out.write(all.toByteArray());
    }

    private String head() throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed after " + text.length() + " bytes of a head");
            }
            text.append((char) next);
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }

    private byte[] answer() throws IOException {
        var head = head();
        var length = field(head, "content-length");
        var body = length == null ? chunked() : in.readNBytes(Integer.parseInt(length));
        over = head.contains("\r\nconnection: close\r\n");
        if (!head.startsWith("http/1.1 200 ")) {
            throw new IOException(
                    head.lines().findFirst().orElse("") + ": " + new String(body, StandardCharsets.UTF_8));
        }
        if (length != null && body.length != Integer.parseInt(length)) {
            throw new EOFException("closed after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private static @Nullable String field(String head, String name) {
        return head.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    private byte[] chunked() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            var chunk = in.readNBytes(size);
            if (chunk.length != size) {
                throw new EOFException("closed in a chunk");
            }
            body.writeBytes(chunk);
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed in a chunk");
            }
            text.append((char) next);
        }
        return text.toString().strip();
    }

    static void close(@Nullable RawConnection connection) {
        try {
            if (connection != null) {
                connection.socket.close();
            }
        } catch (IOException e) {
            // It is closed.
        }
    }
}
