package dev.johwa.lib.http;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Whether a server could listen somewhere, asked before anything starts that would have to be ended again.
public final class FreeAddress {
    private FreeAddress() {}

    /// @param option of the command line that chose the address
    /// @throws dev.johwa.lib.problem.ProblemException with code `address.taken` when nobody may listen there now
    public static void require(InetSocketAddress address, String option) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            var place = address.getHostString() + ":" + address.getPort();
            throw Problem.resource("address.taken", "nothing can listen on " + place + ": " + e.getMessage())
                    .hint("choose another address with " + option)
                    .exception();
        }
    }
}
