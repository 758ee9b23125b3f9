package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.ImageDescription.Port;
import dev.johwa.source.dockerfile.syntax.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a word of EXPOSE says: `8080`, `53/udp`, `7000-7010/tcp`; a port of the host before it says nothing here.
final class Ports {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");
    private static final Pattern NUMBER = Pattern.compile("\\+?0*([0-9]{1,5})");

    private Ports() {}

    static List<Port> of(String raw) throws Refused {
        var text = RawNames.text(raw);
        var container = text.substring(text.lastIndexOf(':') + 1);
        int slash = container.indexOf('/');
        var range = slash < 0 ? container : container.substring(0, slash);
        var protocol = slash < 0 || slash == container.length() - 1
                ? "tcp"
                : container.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (!PROTOCOLS.contains(protocol)) {
            throw refused(raw, "'" + protocol + "' is no protocol: there are tcp, udp and sctp");
        }
        int dash = range.indexOf('-', 1);
        int first = number(raw, dash < 0 ? range : range.substring(0, dash));
        int last = dash < 0 ? first : number(raw, range.substring(dash + 1));
        if (last < first) {
            throw refused(raw, "'" + range + "' ends before it begins");
        }
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> new Port(number, protocol))
                .toList();
    }

    private static int number(String raw, String text) throws Refused {
        var match = NUMBER.matcher(text);
        int number = match.matches() ? Integer.parseInt(match.group(1)) : -1;
        if (number < 0 || number > 65_535) {
            throw refused(raw, "'" + text + "' is no port");
        }
        return number;
    }

    private static Refused refused(String raw, String message) {
        return new Refused("expose", message, raw, "write EXPOSE 8080, EXPOSE 53/udp or EXPOSE 7000-7010");
    }
}
