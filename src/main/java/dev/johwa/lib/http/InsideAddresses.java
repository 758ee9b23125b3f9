package dev.johwa.lib.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Addresses that the world does not reach and this machine does: itself, its networks, the service of a cloud that
/// gives out its credentials. Nothing that a person who is no owner may have the server call.
public final class InsideAddresses {
    private static final List<AddressRange> RESERVED = AddressRange.all(List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3",
            "::/128",
            "::1/128",
            "64:ff9b:1::/48",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8"));
    /// Services of clouds for their machines, in the midst of what else is everybody's.
    private static final List<AddressRange> OF_CLOUDS = AddressRange.all(List.of("168.63.129.16"));
    /// Ways to write an address of version 4 as one of version 6.
    private static final List<Form> FORMS = List.of(
            new Form("::/96", 12, 0),
            new Form("::ffff:0:0:0/96", 12, 0),
            new Form("64:ff9b::/96", 12, 0),
            new Form("2002::/16", 2, 0),
            new Form("2001::/32", 12, 0xff));

    private InsideAddresses() {}

    /// @param at where the other address begins
    /// @param turned with what each of its bytes is mixed
    private record Form(List<AddressRange> range, int at, int turned) {
        private Form(String range, int at, int turned) {
            this(AddressRange.all(List.of(range)), at, turned);
        }

        private Optional<String> within(String number, byte[] bytes) {
            if (!AddressRange.contain(range, number)) {
                return Optional.empty();
            }
            var inner = new byte[4];
            IntStream.range(0, inner.length).forEach(i -> inner[i] = (byte) (bytes[at + i] ^ turned));
            return Optional.of(InsideAddresses.number(inner));
        }
    }

    /// The first of a host's addresses that is such a one.
    ///
    /// @param numbers as a [HostLookup] gives them
    public static Optional<String> among(List<String> numbers) {
        return numbers.stream().filter(InsideAddresses::isInside).findFirst();
    }

    /// Whether an address is such a one; what is no address is.
    public static boolean isInside(String number) {
        return isReserved(number) || isThisMachine(number);
    }

    /// Whether it leads to this machine itself and nowhere else.
    public static boolean isThisMachine(String number) {
        return read(number)
                .filter(address -> address.isLoopbackAddress()
                        || address.isAnyLocalAddress()
                        || OwnAddresses.all().contains(address.getHostAddress()))
                .isPresent();
    }

    /// Whether it is by its number none of the world; what is no address is.
    static boolean isReserved(String number) {
        var read = read(number);
        if (read.isEmpty()) {
            return true;
        }
        var plain = read.get().getHostAddress();
        return AddressRange.contain(RESERVED, plain)
                || AddressRange.contain(OF_CLOUDS, plain)
                || FORMS.stream()
                        .flatMap(form -> form.within(plain, read.get().getAddress()).stream())
                        .anyMatch(InsideAddresses::isInside);
    }

    /// Whether a host is written as an address: there is nothing to look up.
    public static boolean isNumber(String host) {
        return read(host).isPresent();
    }

    /// A zone says by which link it is reached, and a form within version 6 is read as what it means.
    private static Optional<InetAddress> read(String number) {
        try {
            return Optional.of(InetAddress.ofLiteral(number.replaceAll("%.*|[\\[\\]]", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String number(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(Arrays.toString(bytes), e);
        }
    }
}
