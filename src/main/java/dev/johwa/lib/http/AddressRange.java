package dev.johwa.lib.http;

import dev.johwa.lib.problem.Problem;
import java.net.InetAddress;
import java.util.List;

/// A range of addresses of the network: `10.0.0.0/8`, `2001:db8::/32`, or one address. Names are never looked up.
public final class AddressRange {
    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /// @throws dev.johwa.lib.problem.ProblemException `address.range` when it is none
    public static AddressRange of(String text) {
        try {
            int slash = text.indexOf('/');
            var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            int most = network.length * Byte.SIZE;
            int bits = slash < 0 ? most : Integer.parseInt(text, slash + 1, text.length(), 10);
            if (bits >= 0 && bits <= most) {
                return new AddressRange(network, bits);
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw Problem.user("address.range", "'" + text + "' is no range of addresses")
                .hint("write 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32")
                .exception();
    }

    public static List<AddressRange> all(List<String> texts) {
        return texts.stream().map(AddressRange::of).toList();
    }

    /// @param address in numbers; what is none is in no range
    public static boolean contain(List<AddressRange> ranges, String address) {
        if (ranges.isEmpty()) {
            return false;
        }
        try {
            var bytes = InetAddress.ofLiteral(address).getAddress();
            for (var range : ranges) {
                if (range.contains(bytes)) {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (address[whole] ^ network[whole]) >> (Byte.SIZE - rest) == 0;
    }
}
