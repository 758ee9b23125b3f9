package dev.johwa.serve.backup;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A line to a server of this machine that breaks after so many bytes, and stays broken until it is mended.
final class CutLine implements AutoCloseable {
    private final ServerSocket listening;
    private final int goal;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    CutLine(int goal) throws IOException {
        this.goal = goal;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /// Counted in both directions.
    void breakAfter(long bytes) {
        left.set(bytes);
    }

    void mend() {
        left.set(Long.MAX_VALUE);
    }

    boolean isBroken() {
        return left.get() <= 0;
    }

    private void accept() {
        try {
            while (true) {
                var from = listening.accept();
                open.add(from);
                if (isBroken()) {
                    drop(from);
                    continue;
                }
                var to = new Socket();
                open.add(to);
                to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), goal));
                Thread.startVirtualThread(() -> pass(from, to));
                Thread.startVirtualThread(() -> pass(to, from));
            }
        } catch (IOException e) {
            // Closed, at the end of the test.
        }
    }

    private void pass(Socket from, Socket to) {
        var buffer = new byte[8 << 10];
        try (InputStream in = from.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (left.addAndGet(-read) <= 0) {
                    break;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The other end has gone.
        }
        drop(from);
        drop(to);
    }

    private void drop(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // Gone already.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(this::drop);
    }
}
