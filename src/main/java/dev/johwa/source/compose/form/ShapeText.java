package dev.johwa.source.compose.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a shape as the table of keys writes it.
final class ShapeText {
    private static final Map<String, String> WORDS = Map.of(
            "list-or-dict", "<text|number|bool|null>|[text]!",
            "strings", "[text]!",
            "text-or-list", "text|[text]!",
            "hosts", "<text|[text]>|[text]!",
            "command", "null|text|[text]",
            "files", "[text|@file_mount]",
            "ulimits", "<lower?integer|text|@ulimit>");

    private final String text;
    private int at;

    private ShapeText(String text) {
        this.text = text;
    }

    static Shape read(String text) {
        var whole = WORDS.getOrDefault(text, text);
        var reader = new ShapeText(whole);
        var shape = reader.either();
        if (reader.at != whole.length()) {
            throw new IllegalStateException("no shape: " + text);
        }
        return shape;
    }

    private Shape either() {
        var shapes = new ArrayList<Shape>();
        shapes.add(one());
        while (takes('|')) {
            shapes.add(one());
        }
        return shapes.size() == 1 ? shapes.getFirst() : new Shape.Either(List.copyOf(shapes));
    }

    private Shape one() {
        if (takes('[')) {
            var item = either();
            expect(']');
            return new Shape.ListOf(item, takes('!'));
        }
        if (takes('<')) {
            return map();
        }
        if (takes('@')) {
            return new Shape.Keyed(word());
        }
        var kind = word();
        if (WORDS.containsKey(kind)) {
            return read(kind);
        }
        if (takes('{')) {
            int end = text.indexOf('}', at);
            var choices = List.of(text.substring(at, end).split(","));
            at = end + 1;
            return new Shape.Choice(choices);
        }
        if (takes('(')) {
            return bounded();
        }
        if (takes('~')) {
            return new Shape.Formed(word());
        }
        return kind.equals("map") ? new Shape.AnyMap() : new Shape.Plain(kind);
    }

    private Shape map() {
        for (var names : List.of("name", "lower")) {
            boolean isNamed = text.startsWith(names + ":", at);
            if (isNamed || text.startsWith(names + "?", at)) {
                at += names.length() + 1;
                var value = either();
                expect('>');
                return new Shape.MapOf(names, isNamed, value);
            }
        }
        var value = either();
        expect('>');
        return new Shape.MapOf("any", true, value);
    }

    private Shape bounded() {
        int end = text.indexOf(')', at);
        var bounds = text.substring(at, end).split("\\.\\.", -1);
        at = end + 1;
        return new Shape.Bounded(
                Long.parseLong(bounds[0]), bounds[1].isEmpty() ? Long.MAX_VALUE : Long.parseLong(bounds[1]));
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetter(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean takes(char c) {
        boolean isHere = at < text.length() && text.charAt(at) == c;
        at += isHere ? 1 : 0;
        return isHere;
    }

    private void expect(char c) {
        if (!takes(c)) {
            throw new IllegalStateException("'" + c + "' is missing at " + at + " of " + text);
        }
    }
}
