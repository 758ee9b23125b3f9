package dev.johwa.source.dockerfile;

import dev.johwa.source.dockerfile.ImageDescription.Healthcheck;
import dev.johwa.source.dockerfile.ImageDescription.Port;
import dev.johwa.source.dockerfile.ImageDescription.WebPort;
import dev.johwa.source.dockerfile.stage.Image;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which of the ports of an image visitors are led to, and why: the one that its health check asks, else that of the
/// variable PORT, else the only one, else one that programs of the web usually take, else the first. Ports of other
/// protocols are never meant.
public final class WebPorts {
    private static final Pattern ASKED = Pattern.compile(
            "http://(?:localhost|127\\.0\\.0\\.1|\\[::1]|0\\.0\\.0\\.0)(?::(\\d{1,5}))?(/[^\\s\"'|;&)]*)?");

    /// The most usual first.
    private static final List<Integer> USUAL = List.of(80, 8080, 3000, 8000, 5000, 8888, 4000, 8081, 9000, 3001);

    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            Map.entry(22, "SSH"),
            Map.entry(25, "SMTP"),
            Map.entry(53, "DNS"),
            Map.entry(443, "TLS"),
            Map.entry(1433, "SQL Server"),
            Map.entry(1883, "MQTT"),
            Map.entry(2181, "ZooKeeper"),
            Map.entry(3306, "MySQL"),
            Map.entry(5432, "PostgreSQL"),
            Map.entry(5672, "AMQP"),
            Map.entry(6379, "Redis"),
            Map.entry(8443, "TLS"),
            Map.entry(9092, "Kafka"),
            Map.entry(9229, "Node.js's debugger"),
            Map.entry(5005, "Java's debugger"),
            Map.entry(11211, "memcached"),
            Map.entry(27017, "MongoDB"));

    private WebPorts() {}

    /// The one of an image that is there, which says nothing but its ports; empty when none of them is of the web.
    ///
    /// @param ports of TCP
    public static OptionalInt usual(List<Integer> ports) {
        var possible = possible(ports.stream());
        return Stream.concat(USUAL.stream().filter(possible::contains), possible.stream())
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private static List<Integer> possible(Stream<Integer> ports) {
        return ports.filter(port -> port > 0 && !OTHERS.containsKey(port))
                .distinct()
                .toList();
    }

    static Optional<WebPort> choose(Image image) {
        var ports = possible(image.ports().stream()
                .filter(port -> port.protocol().equals("tcp"))
                .map(Port::number));
        if (ports.isEmpty()) {
            return Optional.empty();
        }
        var asked = image.healthcheck().flatMap(WebPorts::asked);
        var check = asked.filter(each -> ports.contains(each.number()));
        if (check.isPresent()) {
            return check;
        }
        if (ports.size() == 1) {
            return Optional.of(only(image, ports.getFirst()));
        }
        var variable = image.get("PORT")
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .filter(ports::contains);
        return Optional.of(variable.map(port -> port(port, "the variable PORT names it"))
                .or(() -> USUAL.stream()
                        .filter(ports::contains)
                        .findFirst()
                        .map(port -> port(port, "of " + listed(ports) + " it is the usual one of the web")))
                .orElseGet(() -> port(ports.getFirst(), "it is the first of " + listed(ports))));
    }

    private static WebPort only(Image image, int port) {
        var others =
                image.ports().stream().filter(each -> each.number() != port).toList();
        if (others.isEmpty()) {
            return port(port, "EXPOSE names it alone");
        }
        var first = others.getFirst();
        var what = OTHERS.getOrDefault(first.number(), first.protocol().toUpperCase(Locale.ROOT));
        return port(port, "the others speak other protocols (" + first.number() + ": " + what + ")");
    }

    private static WebPort port(int number, String why) {
        return new WebPort(number, why, Optional.empty());
    }

    private static String listed(List<Integer> ports) {
        var shown = ports.stream().limit(4).map(String::valueOf).toList();
        return String.join(", ", shown) + (ports.size() > shown.size() ? ", …" : "");
    }

    private static Optional<WebPort> asked(Healthcheck check) {
        var match = ASKED.matcher(String.join(" ", check.test()));
        if (!match.find()) {
            return Optional.empty();
        }
        int port = match.group(1) == null ? 80 : Integer.parseInt(match.group(1));
        var path = Optional.ofNullable(match.group(2)).filter(each -> each.indexOf('$') < 0);
        return Optional.of(new WebPort(port, "its HEALTHCHECK asks it", path));
    }
}
