package dev.johwa.watch.log;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Fields of lines: what came with a record, or what a line of JSON says itself, or one with words of logfmt in it.
public final class Fields {
    private static final int LONGEST = 64 << 10;
    /// `key=value` and `key="some words"`, wherever they stand among other words.
    private static final Pattern PAIR = Pattern.compile(
            "(?<![^\\s])([A-Za-z_][\\w.@/-]{0,100})=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\"]*?))(?=[,;]?(?:\\s|$))");

    private Fields() {}

    /// Those of a line, types kept where it had some.
    public static Map<String, Object> of(LogLine line) {
        return line.fields().isEmpty() ? said(line.text()) : object(line.fields());
    }

    /// Those that a text says itself; empty where it does not look like any.
    static Map<String, Object> said(String text) {
        if (text.length() > LONGEST) {
            return Map.of();
        }
        if (text.startsWith("{") && text.stripTrailing().endsWith("}")) {
            return object(text);
        }
        return text.indexOf('=') > 0 ? pairs(text) : Map.of();
    }

    private static Map<String, Object> pairs(String text) {
        var found = new LinkedHashMap<String, Object>();
        var pairs = PAIR.matcher(text);
        while (pairs.find()) {
            var quoted = pairs.group(2);
            found.put(pairs.group(1), quoted == null ? pairs.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return found;
    }

    @SuppressWarnings("unchecked") // keys of JSON are texts
    private static Map<String, Object> object(String json) {
        try {
            return Json.read(json, Map.class);
        } catch (ProblemException e) {
            return Map.of();
        }
    }
}
