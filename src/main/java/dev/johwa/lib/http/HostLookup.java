package dev.johwa.lib.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Addresses of names, as this machine finds them.
@FunctionalInterface
public interface HostLookup {
    /// In numbers; empty when there is no such name.
    List<String> addresses(String name);

    /// By the resolver of this machine.
    static List<String> byMachine(String name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
