package dev.johwa.source.compose.text;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The short form of ports: `80`, `8080:80`, `127.0.0.1:8080:80/udp`, `3000-3005:3000-3005`.
public final class Ports {
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*");
    private static final Pattern PORT = Pattern.compile("\\d{1,20}");
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");

    private Ports() {}

    /// A port of a container and where it is published.
    ///
    /// @param host address, empty for all
    /// @param published a port, a range to choose from, or empty for any
    public record Mapped(String host, String published, int target, String protocol) {}

    /// @return one a port, in the order in which Compose writes them: by number and protocol as texts
    /// @throws ProblemException `compose.port`
    public static List<Mapped> read(String text) {
        var parts = List.of(text.split(":", -1));
        int count = parts.size();
        var container = parts.getLast().split("/", -1);
        var protocol = container.length > 1 && !container[1].isEmpty() && !container[0].isEmpty()
                ? container[1].toLowerCase(Locale.ROOT)
                : "tcp";
        var host = host(text, count > 2 ? String.join(":", parts.subList(0, count - 2)) : "");
        var target = range(text, container[0]);
        var published = count > 1 ? parts.get(count - 2) : "";
        if (!PROTOCOLS.contains(protocol)) {
            throw wrong(text, "'" + protocol + "' is none of tcp, udp, sctp");
        }
        var from = published.isEmpty() ? target : range(text, published);
        boolean isChoice = target.size() == 1 && from.size() > 1;
        if (target.size() != from.size() && !isChoice) {
            throw wrong(text, "the ranges are not of the same length");
        }
        var ports = new ArrayList<Mapped>();
        for (int i = 0; i < target.size(); i++) {
            var at = published.isEmpty() ? "" : isChoice ? from.first() + "-" + from.last() : "" + (from.first() + i);
            ports.add(new Mapped(host, at, target.first() + i, protocol));
        }
        ports.sort(Comparator.comparing(port -> port.target() + "/" + port.protocol()));
        return List.copyOf(ports);
    }

    private record Range(int first, int last) {
        int size() {
            return last - first + 1;
        }
    }

    private static Range range(String text, String ports) {
        var ends = ports.split("-", -1);
        var range = new Range(port(text, ends[0]), port(text, ends.length == 1 ? ends[0] : ends[1]));
        if (range.size() < 1) {
            throw wrong(text, "the range " + ports + " ends before it begins");
        }
        return range;
    }

    private static int port(String text, String port) {
        if (port.isEmpty()) {
            throw wrong(text, "a port is missing");
        }
        if (!PORT.matcher(port).matches() || port.length() > 9 && !port.startsWith("0")) {
            throw wrong(text, "'" + port + "' is no port");
        }
        long number = Long.parseLong(port.replaceFirst("^0+(?=.)", ""));
        if (number > 65_535) {
            throw wrong(text, port + " is above 65535");
        }
        return (int) number;
    }

    private static String host(String text, String written) {
        boolean isBracketed = written.startsWith("[") && written.endsWith("]");
        var host = isBracketed ? written.substring(1, written.length() - 1) : written;
        if (host.isEmpty() || isAddress(host) && (isBracketed || host.indexOf(':') < 0)) {
            return host;
        }
        throw wrong(text, "'" + written + "' is no address of a host");
    }

    /// Whether a text is an IPv4 or IPv6 address.
    public static boolean isAddress(String text) {
        if (IPV4.matcher(text).matches()) {
            return true;
        }
        if (!IPV6.matcher(text).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ProblemException wrong(String text, String why) {
        return Problem.user("compose.port", "'" + text + "' is no port: " + why)
                .hint("write a port such as 80, 8080:80 or 127.0.0.1:8080:80/udp")
                .exception();
    }
}
