package dev.johwa.serve.router.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// One end of a connection that speaks HTTP byte by byte, for tests: nothing is mended, nothing is hidden.
final class Wire implements AutoCloseable {
    final Socket socket;
    private final InputStream in;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        // A backend waits as long for what a test says next, which on a busy machine is later.
        socket.setSoTimeout(100_000);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire to(InetSocketAddress address) throws IOException {
        return new Wire(new Socket(address.getAddress(), address.getPort()));
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// A head and its body.
    record Message(String head, String body) {
        int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        Optional<String> field(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    /// A head up to the empty line; empty at the end of the stream.
    String head() throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return text.toString();
            }
            text.append((char) b);
        }
        return text.toString();
    }

    /// A request or an answer with its body, as its head tells; an answer without length goes to the end.
    Message message() throws IOException {
        var head = head();
        if (head.isEmpty()) {
            throw new IOException("the stream ended before a head");
        }
        var message = new Message(head, "");
        boolean isAnswer = head.startsWith("HTTP/");
        if (message.field("Transfer-Encoding").isPresent()) {
            return new Message(head, chunks());
        }
        var length = message.field("Content-Length");
        if (length.isPresent()) {
            return new Message(head, text(Integer.parseInt(length.get())));
        }
        boolean isBodyless = !isAnswer || message.status() < 200 || message.status() == 204 || message.status() == 304;
        return new Message(head, isBodyless ? "" : rest());
    }

    private String chunks() throws IOException {
        var all = new StringBuilder();
        while (true) {
            var chunk = chunk();
            if (chunk.isEmpty()) {
                return all.toString();
            }
            all.append(chunk);
        }
    }

    /// One chunk; empty for the last, whose trailers are thrown away.
    String chunk() throws IOException {
        int size = Integer.parseInt(line().split(";")[0].strip(), 16);
        if (size == 0) {
            while (!line().isEmpty()) {
                // trailers
            }
            return "";
        }
        var text = text(size);
        line();
        return text;
    }

    String line() throws IOException {
        var text = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            text.append((char) b);
        }
        return text.toString().replace("\r", "");
    }

    String text(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    String rest() throws IOException {
        var all = new ByteArrayOutputStream();
        in.transferTo(all);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    int read() throws IOException {
        return in.read();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
