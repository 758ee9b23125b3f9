package dev.johwa.lib.text;

import java.util.ArrayList;
import java.util.List;

/// Passages of a text, each from a word to the next end, found in one look however many begin and never end.
public final class Passages {
    private Passages() {}

    private record Passage(int start, int end) {}

    private static List<Passage> all(String text, String start, String end) {
        var all = new ArrayList<Passage>();
        for (int from = text.indexOf(start); from >= 0; ) {
            int last = text.indexOf(end, from + start.length());
            if (last < 0) {
                break;
            }
            all.add(new Passage(from, last + end.length()));
            from = text.indexOf(start, last + end.length());
        }
        return all;
    }

    /// All of them, with the words at their ends.
    public static List<String> of(String text, String start, String end) {
        return all(text, start, end).stream()
                .map(each -> text.substring(each.start(), each.end()))
                .toList();
    }

    /// The text without them; what begins and never ends stays.
    public static String without(String text, String start, String end) {
        var rest = new StringBuilder();
        int from = 0;
        for (var each : all(text, start, end)) {
            rest.append(text, from, each.start());
            from = each.end();
        }
        return rest.append(text, from, text.length()).toString();
    }
}
