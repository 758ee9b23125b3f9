package dev.johwa.source.host;

import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.http.InsideAddresses;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.List;

/// To which hosts we go for somebody. Into the server and its networks only owners of the platform look: everybody else
/// would use it to see what they do not reach themselves.
///
/// @param anywhere whether an owner said so
record Reach(HostLookup lookup, boolean anywhere) {
    static final String CLOSED = "connect.address-not-permitted";

    /// Where a host is, looked up now. Who calls it goes to these addresses and looks up nothing more: whoever owns
    /// the name could answer otherwise the next time.
    ///
    /// @throws ProblemException `connect.host` or `connect.address-not-permitted`
    List<String> addresses(String host) {
        var addresses = lookup.addresses(host);
        if (addresses.isEmpty()) {
            throw Problem.external("connect.host", "there is no host " + host + ", as the server finds it")
                    .hint("look at its spelling, and at the name servers of the server")
                    .exception();
        }
        InsideAddresses.among(addresses).filter(_ -> !anywhere).ifPresent(inside -> {
            throw Problem.user(CLOSED, host + " is " + inside + ", which only the server itself and its networks reach")
                    .hint("an owner of the platform may connect it")
                    .exception();
        });
        return addresses;
    }

    /// Whether what is said to it stays on this machine.
    boolean staysHere(String host) {
        var addresses = lookup.addresses(host);
        return !addresses.isEmpty() && addresses.stream().allMatch(InsideAddresses::isThisMachine);
    }
}
