package dev.johwa.source.compose.form;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.text.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The table of keys, by section.
final class KeyTable {
    private static final Map<String, Section> SECTIONS = read(Resource.text(KeyTable.class, "keys.txt"));

    private KeyTable() {}

    /// @param isExtensible whether it takes keys that begin with `x-`
    /// @param isOpen whether it takes any other key
    /// @param needed keys that must be there
    record Section(String name, boolean isExtensible, boolean isOpen, List<String> needed, Map<String, Key> keys) {}

    /// @param told the name under which the resolved model has it
    /// @param isIdle whether nothing here acts on it
    record Key(Shape shape, String told, Becoming becoming, boolean isIdle) {}

    static Section section(String name) {
        return requireNonNull(SECTIONS.get(name), name);
    }

    private static Map<String, Section> read(String text) {
        var sections = new LinkedHashMap<String, Section>();
        Map<String, Key> keys = new LinkedHashMap<>();
        for (var line : text.lines().filter(each -> !each.isBlank()).toList()) {
            if (line.startsWith("[")) {
                keys = new LinkedHashMap<>();
                var section = section(line, keys);
                sections.put(section.name(), section);
            } else if (line.startsWith("+")) {
                keys.putAll(requireNonNull(sections.get(line.substring(1))).keys());
            } else if (!line.startsWith("#")) {
                var parts = line.split(" ");
                keys.put(parts[0], key(parts[0], parts[1], parts[2], parts.length > 3));
            }
        }
        return sections;
    }

    private static Section section(String line, Map<String, Key> keys) {
        int end = line.indexOf(']');
        var head = line.substring(1, end).split(" ");
        var flag = head.length > 1 ? head[1] : "";
        var needs = line.substring(end + 1).strip();
        var needed = needs.isEmpty()
                ? List.<String>of()
                : List.of(needs.substring("needs ".length()).split(","));
        return new Section(head[0], flag.equals("x"), flag.equals("open"), needed, keys);
    }

    private static Key key(String name, String shape, String becomes, boolean isIdle) {
        int equals = becomes.indexOf('=');
        var told = equals < 0 ? name : becomes.substring(0, equals);
        return new Key(ShapeText.read(shape), told, Becoming.read(becomes.substring(equals + 1)), isIdle);
    }
}
