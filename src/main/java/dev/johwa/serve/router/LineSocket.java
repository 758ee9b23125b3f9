package dev.johwa.serve.router;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Lines of text both ways over a unix socket. One thread reads; many may write.
final class LineSocket implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader reader;
    private final OutputStream out;

    LineSocket(SocketChannel channel) {
        this.channel = channel;
        this.reader = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8), 1 << 16);
        this.out = Channels.newOutputStream(channel);
    }

    static LineSocket connect(Path path) throws IOException {
        return new LineSocket(SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    /// The next line; empty at the end.
    Optional<String> read() throws IOException {
        return Optional.ofNullable(reader.readLine());
    }

    void write(String line) throws IOException {
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }
}
