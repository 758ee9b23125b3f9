package dev.johwa.source.host.played;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// One thing that can be asked of an API.
///
/// @param id the description's name for it
/// @param pointer where the description has it
/// @param literals how many characters of its path are fixed: of two that fit, the one with more is meant
record Operation(String id, String method, Pattern path, List<String> names, String pointer, int literals) {
    private static final Pattern NAME = Pattern.compile("\\{([^}]+)}");

    /// @param wide names in the template that may stand for several segments
    static Operation of(String template, String method, JsonNode described, Set<String> wide) {
        var names = new ArrayList<String>();
        var matcher = NAME.matcher(template);
        var pattern = new StringBuilder();
        int from = 0;
        int literals = 0;
        while (matcher.find()) {
            names.add(matcher.group(1));
            pattern.append(Pattern.quote(template.substring(from, matcher.start())));
            pattern.append(wide.contains(matcher.group(1)) ? "(.+)" : "([^/]+)");
            literals += matcher.start() - from;
            from = matcher.end();
        }
        pattern.append(Pattern.quote(template.substring(from)));
        var pointer = "/paths/" + template.replace("~", "~0").replace("/", "~1") + "/" + method;
        return new Operation(
                described.get("operationId").asString(),
                method.toUpperCase(Locale.ROOT),
                Pattern.compile(pattern.toString()),
                names,
                pointer,
                literals + template.length() - from);
    }

    boolean fits(String asked, String at) {
        return method.equals(asked) && path.matcher(at).matches();
    }

    /// What a path says for each name of the template.
    Map<String, String> values(String at) {
        Matcher matcher = path.matcher(at);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(at + " is no path of " + id);
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), matcher.group(i + 1));
        }
        return values;
    }
}
