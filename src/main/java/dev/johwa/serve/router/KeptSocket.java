package dev.johwa.serve.router;

import dev.johwa.serve.router.EdgeSettings.Opening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A listening socket that the control plane keeps for its edges: from whoever started us, from an edge that runs, or
/// bound here; offered to every edge that starts.
final class KeptSocket implements AutoCloseable {
    private final Opening opening;
    private final Path offer;
    private Optional<ListeningSocket> socket;
    private @Nullable SocketHandOver handOver;

    /// @param offer where edges take it
    KeptSocket(Opening opening, Path offer) {
        this.opening = opening;
        this.offer = offer;
        this.socket = ListeningSocket.adopt(opening.given());
    }

    /// Whether an edge that answers there answers where it should.
    boolean isAt(@Nullable String address) {
        if (address == null) {
            return false;
        }
        var wanted = socket.map(ListeningSocket::address).orElse(opening.listen());
        return wanted.getPort() == 0 || address.equals(text(wanted));
    }

    /// @param from where an edge gives it that runs
    /// @param taker who may ask for it
    void open(Optional<Path> from, EdgeAccount taker) {
        var taken = socket.or(() -> from.flatMap(place -> ListeningSocket.adopt(SocketHandOver.take(place))));
        var kept = taken.orElseGet(() -> ListeningSocket.bind(opening.listen()));
        socket = Optional.of(kept);
        handOver = new SocketHandOver(offer, kept::descriptor);
        try {
            taker.give(offer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    @Override
    public void close() {
        var offered = handOver;
        if (offered != null) {
            offered.close();
        }
        socket.ifPresent(ListeningSocket::close);
    }
}
