package dev.johwa.source.compose.form;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Additional hosts: `name=address`, `name:address`, or a map of them, with one address or several.
final class Hosts {
    private Hosts() {}

    /// @return `name=address`, sorted
    static List<String> read(Value value) {
        var hosts = value instanceof Mapping mapping ? ofMap(mapping) : ofList(value);
        var told = new ArrayList<String>();
        hosts.forEach((host, addresses) -> {
            if (host.isEmpty() || host.contains(":") || host.contains("=")) {
                throw Problem.user("compose.host", "'" + host + "' is no name of a host")
                        .at(value.place())
                        .hint("write name=address")
                        .exception();
            }
            addresses.forEach(address -> told.add(host + "=" + bare(address)));
        });
        told.sort(null);
        return List.copyOf(told);
    }

    private static Map<String, List<String>> ofMap(Mapping mapping) {
        var hosts = new LinkedHashMap<String, List<String>>();
        mapping.entries()
                .forEach((host, each) -> hosts.put(
                        host,
                        each instanceof Sequence sequence
                                ? sequence.items().stream().map(Types::shown).toList()
                                : List.of(each.isNull() ? "" : Types.shown(each))));
        return hosts;
    }

    private static Map<String, List<String>> ofList(Value value) {
        var hosts = new LinkedHashMap<String, List<String>>();
        for (var item : Types.items(value)) {
            var text = Types.shown(item);
            int at = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
            if (at < 0) {
                throw Problem.user("compose.host", "'" + text + "' has no address")
                        .at(item.place())
                        .hint("write name=address")
                        .exception();
            }
            hosts.computeIfAbsent(text.substring(0, at), _ -> new ArrayList<>())
                    .addAll(List.of(text.substring(at + 1).split(",", -1)));
        }
        return hosts;
    }

    private static String bare(String address) {
        boolean isBracketed = address.length() > 2 && address.startsWith("[") && address.endsWith("]");
        return isBracketed ? address.substring(1, address.length() - 1) : address;
    }
}
