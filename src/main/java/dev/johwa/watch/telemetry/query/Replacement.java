package dev.johwa.watch.telemetry.query;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;

/// A piece of what `label_replace` writes: letters, or what a group found, named by `$1`, `${1}` or `${name}`.
record Replacement(String text, boolean isGroup) {
    static List<Replacement> pieces(String template) {
        var pieces = new ArrayList<Replacement>();
        var letters = new StringBuilder();
        for (int at = 0; at < template.length(); at++) {
            if (template.charAt(at) != '$') {
                letters.append(template.charAt(at));
                continue;
            }
            if (template.startsWith("$$", at)) {
                letters.append('$');
                at++;
                continue;
            }
            boolean isBraced = template.startsWith("${", at);
            int start = at + (isBraced ? 2 : 1);
            int end = start;
            while (end < template.length() && isOfName(template.charAt(end))) {
                end++;
            }
            boolean isWhole = end > start && (!isBraced || end < template.length() && template.charAt(end) == '}');
            if (!isWhole) {
                letters.append('$');
                continue;
            }
            pieces.add(new Replacement(letters.toString(), false));
            letters.setLength(0);
            pieces.add(new Replacement(template.substring(start, end), true));
            at = isBraced ? end : end - 1;
        }
        pieces.add(new Replacement(letters.toString(), false));
        return pieces;
    }

    private static boolean isOfName(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    String of(Matcher matcher) {
        if (!isGroup) {
            return text;
        }
        try {
            boolean isNumber = text.chars().allMatch(Character::isDigit);
            var found = isNumber ? matcher.group(Integer.parseInt(text)) : matcher.group(text);
            return found == null ? "" : found;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return "";
        }
    }
}
