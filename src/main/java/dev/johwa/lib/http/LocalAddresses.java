package dev.johwa.lib.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Addresses that lead to this machine alone or to what stands right beside it, such as the service of a cloud that
/// gives out its credentials: nothing that a person who is no owner may have the server call.
public final class LocalAddresses {
    /// Of clouds, outside the range of links.
    private static final Set<String> OF_CLOUDS = Set.of("100.100.100.200", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

    private LocalAddresses() {}

    /// The first address of a name that is such a one. The machine remembers for a while what it found, so who connects
    /// at once after this reaches what was looked at.
    public static Optional<String> among(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host.replaceAll("[\\[\\]]", "")))
                    .filter(LocalAddresses::isLocal)
                    .map(InetAddress::getHostAddress)
                    .findFirst();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || OF_CLOUDS.contains(address.getHostAddress());
    }
}
