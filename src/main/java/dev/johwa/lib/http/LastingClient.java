package dev.johwa.lib.http;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/// A client that is made anew where it has ended by itself: Java's ends for ever when the machine has no thread for it
/// at one moment. Its work is done by virtual threads, which need none of the machine. Safe for use by many threads.
final class LastingClient implements AutoCloseable {
    private final HttpClient.Builder builder;
    private HttpClient client;
    private boolean isClosed;

    LastingClient(HttpClient.Builder builder) {
        this(builder, Executors.newVirtualThreadPerTaskExecutor());
    }

    LastingClient(HttpClient.Builder builder, Executor executor) {
        this.builder = builder.executor(executor);
        this.client = builder.build();
    }

    /// One that can be asked, unless this is closed.
    synchronized HttpClient get() {
        if (client.isTerminated() && !isClosed) {
            client = builder.build();
        }
        return client;
    }

    /// Lets nobody wait any longer.
    void shutdownNow() {
        end().shutdownNow();
    }

    /// Returns when what is asked has its answer.
    @Override
    public void close() {
        end().close();
    }

    private synchronized HttpClient end() {
        isClosed = true;
        return client;
    }
}
