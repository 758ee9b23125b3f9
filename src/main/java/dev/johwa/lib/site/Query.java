package dev.johwa.lib.site;

import java.util.HashMap;
import java.util.Map;

/// The part of an address after its question mark.
final class Query {
    private static final int MOST = 100;

    private Query() {}

    /// Whether all that is wanted was asked for; what stands for names is added to what was found.
    static boolean take(Map<String, String> wanted, String query, Map<String, String> found) {
        var asked = new HashMap<String, String>();
        for (var part : query.split("&", MOST)) {
            int equals = part.indexOf('=');
            var name = equals < 0 ? part : part.substring(0, equals);
            var value = equals < 0 ? "" : part.substring(equals + 1);
            asked.putIfAbsent(plain(name), plain(value));
        }
        for (var each : wanted.entrySet()) {
            var value = asked.get(each.getKey());
            boolean isName = each.getValue().matches(":[A-Za-z]\\w*");
            if (value == null || !isName && !value.equals(each.getValue())) {
                return false;
            }
            if (isName) {
                found.put(each.getValue().substring(1), value);
            }
        }
        return true;
    }

    private static String plain(String text) {
        return Letters.decode(text.replace('+', ' '));
    }

    /// What was asked for goes along, unless the address has a query of its own.
    static String pass(String location, String query) {
        if (query.isEmpty() || location.indexOf('?') >= 0) {
            return location;
        }
        int fragment = location.indexOf('#');
        return fragment < 0
                ? location + "?" + query
                : location.substring(0, fragment) + "?" + query + location.substring(fragment);
    }
}
