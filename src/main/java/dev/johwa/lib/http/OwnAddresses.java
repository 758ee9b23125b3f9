package dev.johwa.lib.http;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/// Addresses of this machine.
public final class OwnAddresses {
    private OwnAddresses() {}

    /// In numbers, without zones of links; those of a link alone are left out.
    public static List<String> all() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                    .distinct()
                    .toList();
        } catch (SocketException e) {
            return List.of("127.0.0.1");
        }
    }
}
