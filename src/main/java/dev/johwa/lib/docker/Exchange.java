package dev.johwa.lib.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// One call over a connection of its own. The answer is read by Jetty's parser as its bytes come; after a switch of
/// protocols (101) the connection is the caller's, both ways. Read by one thread; anyone may close it, which ends a
/// wait in it.
final class Exchange implements AutoCloseable {
    private static final int SWITCHED = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int LARGEST_HEAD = 64 << 10;
    private static final int PIECE = 16 << 10;

    private final SocketChannel channel;
    private final HttpParser parser = new HttpParser(new Ear(), LARGEST_HEAD, HttpCompliance.RFC7230);
    private final ByteBuffer buffer = ByteBuffer.allocate(PIECE).flip();
    private final Map<String, String> fields = new HashMap<>();
    private final CompletableFuture<Void> alarm = new CompletableFuture<>();
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private int status;
    private boolean hasHead;
    private boolean isOver;
    private @Nullable String broken;
    private volatile boolean isLate;
    private volatile boolean isDeaf;
    private volatile @Nullable Exception unsent;

    private Exchange(SocketChannel channel) {
        this.channel = channel;
    }

    /// Connects; from now on the limit runs.
    static Exchange connect(Path socket, Duration limit) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        var exchange = new Exchange(channel);
        var _ = exchange.alarm
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, late) -> {
                    if (late instanceof TimeoutException) {
                        exchange.isLate = true;
                        exchange.close();
                    }
                });
        return exchange;
    }

    /// Its limit was over before its work.
    static final class LateException extends IOException {
        private static final long serialVersionUID = 1;

        LateException(IOException cause) {
            super("no answer in time", cause);
        }
    }

    /// What was to be sent could not be made.
    static final class UnsentException extends IOException {
        private static final long serialVersionUID = 1;

        UnsentException(Exception cause) {
            super("what was sent broke off: " + cause.getMessage(), cause);
        }
    }

    private IOException explained(IOException failure) {
        var broke = unsent;
        if (broke != null) {
            return new UnsentException(broke);
        }
        return isLate ? new LateException(failure) : failure;
    }

    void send(String head) throws IOException {
        write(ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8)));
    }

    /// Sends content in chunks (RFC 9112 §7.1) while the answer is read; the end of it only when all of it was written.
    void send(Content content) {
        Thread.ofVirtual().name("engine's upload").start(() -> {
            try {
                var out = new Chunks();
                content.write(out);
                out.finish();
            } catch (IOException | RuntimeException e) {
                if (!isDeaf) {
                    unsent = e;
                    close();
                }
            }
        });
    }

    private void write(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            // It may have answered already, and reads no more.
            isDeaf = true;
            throw explained(e);
        }
    }

    /// Reads on until the head of the answer is there.
    int status() throws IOException {
        while (!hasHead) {
            advance();
        }
        return status;
    }

    boolean isSwitched() throws IOException {
        return status() == SWITCHED;
    }

    /// A field of the head, which has been read.
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
    }

    /// What the answer holds; closing it closes the connection.
    InputStream body() {
        return new Body();
    }

    private int readMore() throws IOException {
        buffer.compact();
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            throw explained(e);
        } finally {
            buffer.flip();
        }
    }

    private void advance() throws IOException {
        if (!parser.parseNext(buffer) && !isOver) {
            if (readMore() < 0) {
                parser.atEOF();
                parser.parseNext(buffer);
                isOver = true;
                if (!hasHead) {
                    throw new EOFException("the connection was closed without an answer");
                }
            }
        }
        if (broken != null) {
            throw new IOException(broken);
        }
    }

    /// All that comes after the switch.
    InputStream in() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (buffer.hasRemaining()) {
                    int count = Math.min(length, buffer.remaining());
                    buffer.get(bytes, offset, count);
                    return count;
                }
                try {
                    return channel.read(ByteBuffer.wrap(bytes, offset, length));
                } catch (ClosedChannelException e) {
                    return -1;
                }
            }

            @Override
            public void close() {
                Exchange.this.close();
            }
        };
    }

    /// What is written goes to the other side; closing tells it that nothing more comes.
    OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                Exchange.this.write(ByteBuffer.wrap(bytes, offset, length));
            }

            @Override
            public void close() throws IOException {
                if (channel.isOpen()) {
                    channel.shutdownOutput();
                }
            }
        };
    }

    /// From now on nothing is waited for: a stream that ends when its work does.
    void withoutLimit() {
        alarm.complete(null);
    }

    @Override
    public void close() {
        alarm.complete(null);
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    private final class Body extends InputStream {
        @Override
        public int read() throws IOException {
            return more() ? piece.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int count = Math.min(length, piece.remaining());
            piece.get(bytes, offset, count);
            return count;
        }

        private boolean more() throws IOException {
            while (!piece.hasRemaining() && !isOver) {
                advance();
            }
            return piece.hasRemaining();
        }

        @Override
        public void close() {
            Exchange.this.close();
        }
    }

    private final class Chunks extends OutputStream {
        private final ByteBuffer held = ByteBuffer.allocate(64 << 10);

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                int count = Math.min(held.remaining(), length - done);
                held.put(bytes, offset + done, count);
                done += count;
                if (!held.hasRemaining()) {
                    flush();
                }
            }
        }

        @Override
        public void flush() throws IOException {
            if (held.position() > 0) {
                send(Integer.toHexString(held.position()) + "\r\n");
                Exchange.this.write(held.flip());
                held.clear();
                send("\r\n");
            }
        }

        void finish() throws IOException {
            flush();
            send("0\r\n\r\n");
        }
    }

    private final class Ear implements HttpParser.ResponseHandler {
        @Override
        public void startResponse(HttpVersion version, int code, String reason) {
            status = code;
        }

        @Override
        public void parsedHeader(HttpField field) {
            var value = field.getValue();
            fields.put(field.getName().toLowerCase(Locale.ROOT), value == null ? "" : value);
        }

        @Override
        public boolean headerComplete() {
            hasHead = true;
            isOver = status == SWITCHED || status == NO_CONTENT || status == NOT_MODIFIED;
            return true;
        }

        @Override
        public boolean content(ByteBuffer bytes) {
            piece = bytes;
            return true;
        }

        @Override
        public boolean contentComplete() {
            return false;
        }

        @Override
        public boolean messageComplete() {
            isOver = true;
            return true;
        }

        @Override
        public void earlyEOF() {
            broken = "the connection was closed in the middle of an answer";
        }

        @Override
        public void badMessage(HttpException failure) {
            broken = "its answer is no HTTP: " + failure.getReason();
        }
    }
}
