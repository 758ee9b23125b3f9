package dev.johwa.build.cause;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A row of the table: words of tools, and what they mean.
///
/// @param words found anywhere in a line
/// @param what,mend in which `{1}` stands for the first group that the words have, and `{app}` for the app's name
record Rule(String code, Pattern words, String what, String mend) {
    Rule(String code, String words, String what, String mend) {
        this(code, Pattern.compile(words), what, mend);
    }

    Optional<Cause> in(Said said) {
        for (var line : said.lines()) {
            var found = words.matcher(line);
            if (found.find()) {
                return Optional.of(new Cause(code, filled(what, found, said), filled(mend, found, said)));
            }
        }
        return Optional.empty();
    }

    private static String filled(String text, Matcher found, Said said) {
        var filled = text.replace("{app}", said.app());
        // Several alternatives of the words may each have a group of their own: the one that is there counts.
        int next = 1;
        for (int i = 1; i <= found.groupCount(); i++) {
            var group = found.group(i);
            if (group != null) {
                filled = filled.replace("{" + next++ + "}", group.strip());
            }
        }
        // Not every way to say it says how much.
        return filled.replaceAll(":? ?\\(?\\{\\d}\\)?", "");
    }
}
