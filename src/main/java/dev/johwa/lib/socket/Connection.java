package dev.johwa.lib.socket;

import dev.johwa.lib.clock.Clock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/// A connection that somebody opened to us. Read and written by one thread.
public final class Connection {
    private static final int BUFFER = 64 << 10;
    private static final long NEVER = Long.MAX_VALUE;

    private final Socket socket;
    private final Clock clock;
    private final InputStream input;
    private final OutputStream output;
    private volatile long deadline = NEVER;

    Connection(Socket socket, Clock clock) throws IOException {
        this.socket = socket;
        this.clock = clock;
        this.input = new BufferedInputStream(socket.getInputStream(), BUFFER);
        this.output = socket.getOutputStream();
    }

    /// What the other side sends; supports [InputStream#mark].
    public InputStream input() {
        return input;
    }

    /// What it gets, not buffered.
    public OutputStream output() {
        return output;
    }

    /// Address and port of the other side.
    public String peer() {
        var address = (InetSocketAddress) socket.getRemoteSocketAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /// From now on, what is read and written must be over so soon; else the connection is closed.
    public void within(Duration time) {
        deadline = clock.ticks() + time.toNanos();
    }

    /// From now on it may take as long as it likes. One whose other side is gone is noticed by the system.
    public void patiently() {
        deadline = NEVER;
    }

    boolean isLate() {
        long until = deadline;
        return until != NEVER && clock.ticks() - until > 0;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which was wanted.
        }
    }
}
