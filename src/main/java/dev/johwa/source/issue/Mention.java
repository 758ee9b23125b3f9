package dev.johwa.source.issue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/// An issue that a text names: `#12`, and `fixes #12` for one that it settles.
///
/// @param closes whether a word before it says that it is settled
public record Mention(int number, boolean closes) {
    private static final int LONGEST = 20_000;
    private static final int MOST = 50;
    private static final String NUMBER = "#([1-9]\\d{0,8})(?!\\w)";
    /// What stands within a word, an address or a character reference (`C#7`, `a/b#7`, `&#39;`) is none.
    private static final Pattern NAMED = Pattern.compile("(?<![\\w&#/.-])" + NUMBER);
    /// `fixes #3`, `Closes: #3, #4 and #5`: the word counts for all that follow it in a row.
    private static final Pattern CLOSED = Pattern.compile(
            "\\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):?\\s{1,8}((?:" + NUMBER
                    + "(?:\\s{0,8},\\s{0,8}(?:and\\s{1,8})?|\\s{1,8}and\\s{1,8})?)+)",
            Pattern.CASE_INSENSITIVE);

    /// Those that a text names, each once, in its order.
    public static List<Mention> in(String text) {
        var read = text.substring(0, Math.min(text.length(), LONGEST));
        var found = new LinkedHashMap<Integer, Boolean>();
        var named = NAMED.matcher(read);
        while (named.find() && found.size() < MOST) {
            found.putIfAbsent(Integer.parseInt(named.group(1)), false);
        }
        var closed = CLOSED.matcher(read);
        while (closed.find()) {
            var each = NAMED.matcher(closed.group(1));
            while (each.find()) {
                found.computeIfPresent(Integer.parseInt(each.group(1)), (number, before) -> true);
            }
        }
        var mentions = new ArrayList<Mention>();
        found.forEach((number, closes) -> mentions.add(new Mention(number, closes)));
        return List.copyOf(mentions);
    }
}
