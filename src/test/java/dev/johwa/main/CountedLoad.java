package dev.johwa.main;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Asks for one host all the time until it is closed: on connections that are kept, on new ones, and with bodies.
/// Nothing is asked twice, so that what is lost is seen.
public final class CountedLoad implements AutoCloseable {
    private static final String BODY = "x".repeat(8_000);

    private final String address;
    private final int port;
    private final int status;
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isOver;

    /// @param status of each answer that is none lost
    public CountedLoad(String address, int port, String host, int status) {
        this.address = address;
        this.port = port;
        this.status = status;
        var get = "GET / HTTP/1.1\r\nHost: " + host + "\r\n";
        ask(get + "\r\n");
        ask(get + "Connection: close\r\n\r\n");
        ask("POST / HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY);
    }

    private void ask(String request) {
        var bytes = request.getBytes(StandardCharsets.US_ASCII);
        threads.add(Thread.ofVirtual().start(() -> {
            while (!isOver) {
                askOnOneConnection(bytes);
            }
        }));
    }

    private void askOnOneConnection(byte[] request) {
        try (var socket = new Socket(address, port)) {
            socket.setSoTimeout(60_000);
            boolean isOpen = true;
            while (isOpen && !isOver) {
                socket.getOutputStream().write(request);
                isOpen = !head(socket).contains("connection: close");
                answered.incrementAndGet();
                Thread.sleep(5);
            }
        } catch (IOException e) {
            lost.add(e.toString());
            LockSupport.parkNanos(5_000_000);
        } catch (InterruptedException e) {
            isOver = true;
        }
    }

    /// Reads an answer to its end.
    private String head(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("it ended after '" + head + "'");
            }
            head.append((char) next);
        }
        var text = head.toString().toLowerCase(Locale.ROOT);
        if (!text.startsWith("http/1.1 " + status + " ")) {
            throw new IOException("it says " + text.lines().findFirst().orElse(""));
        }
        int length = Integer.parseInt(text.replaceFirst("(?s).*content-length: (\\d+).*", "$1"));
        if (in.readNBytes(length).length < length) {
            throw new IOException("it ended within a body");
        }
        return text;
    }

    public int answered() {
        return answered.get();
    }

    public List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public void close() throws InterruptedException {
        isOver = true;
        for (var each : threads) {
            each.join();
        }
    }
}
