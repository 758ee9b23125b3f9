package dev.johwa.lib.http;

import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/// A client that is made when it is first needed, and anew where it has ended by itself: Java's ends for ever when the
/// machine has no thread for it at one moment. Its work is done by virtual threads, which need none of the machine.
/// Safe for use by many threads.
final class LastingClient implements AutoCloseable {
    private final HttpClient.Builder builder;
    private Optional<HttpClient> client = Optional.empty();
    private boolean isClosed;

    LastingClient(HttpClient.Builder builder) {
        this(builder, Executors.newVirtualThreadPerTaskExecutor());
    }

    LastingClient(HttpClient.Builder builder, Executor executor) {
        this.builder = builder.executor(executor);
    }

    /// One that can be asked, unless this is closed.
    synchronized HttpClient get() {
        var known = client.filter(made -> isClosed || !made.isTerminated());
        if (known.isPresent()) {
            return known.get();
        }
        var made = builder.build();
        if (isClosed) {
            made.shutdownNow();
        }
        client = Optional.of(made);
        return made;
    }

    /// Lets nobody wait any longer.
    void shutdownNow() {
        end().ifPresent(HttpClient::shutdownNow);
    }

    /// Returns when what is asked has its answer.
    @Override
    public void close() {
        end().ifPresent(HttpClient::close);
    }

    private synchronized Optional<HttpClient> end() {
        isClosed = true;
        return client;
    }
}
