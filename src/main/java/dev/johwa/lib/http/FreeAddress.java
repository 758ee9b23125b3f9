package dev.johwa.lib.http;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/// Whether a server could listen somewhere, asked before anything starts that would have to be ended again.
public final class FreeAddress {
    private FreeAddress() {}

    /// Whether a program could listen there now.
    public static boolean isFree(InetSocketAddress address) {
        return whyNot(address).isEmpty();
    }

    /// @param option of the command line that chose the address
    /// @throws dev.johwa.lib.problem.ProblemException with code `address.taken` when nobody may listen there now
    public static void require(InetSocketAddress address, String option) {
        whyNot(address).ifPresent(why -> {
            var place = address.getHostString() + ":" + address.getPort();
            throw Problem.resource("address.taken", "nothing can listen on " + place + ": " + why)
                    .hint("choose another address with " + option)
                    .exception();
        });
    }

    private static Optional<String> whyNot(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
