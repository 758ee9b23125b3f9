package dev.johwa.lib.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
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

    /// Whether only this machine reaches what listens there.
    ///
    /// @param address `host:port`
    public static boolean isLoopback(String address) {
        var host = address.substring(0, address.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /// Whether a host is one that the world does not reach: this machine, or one of a local network. Names are judged
    /// by themselves; nobody is asked.
    public static boolean isPrivate(String host) {
        if (host.equals("localhost") || host.matches(".*\\.(localhost|local|internal|test)")) {
            return true;
        }
        var plain = host.replaceAll("[\\[\\]]", "");
        boolean isNumber = plain.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
        return isNumber && InsideAddresses.isReserved(plain);
    }
}
