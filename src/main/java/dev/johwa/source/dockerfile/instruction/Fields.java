package dev.johwa.source.dockerfile.instruction;

import dev.johwa.source.dockerfile.syntax.Refused;
import java.util.ArrayList;
import java.util.List;

/// One line of values with commas between, as `--mount` and `--device` have them (RFC 4180, as Go's `csv` is strict).
final class Fields {
    private Fields() {}

    static List<String> of(String text, String flag) throws Refused {
        var line = text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (line.isEmpty()) {
            throw new Refused("mount", flag + " says nothing", flag);
        }
        var fields = new ArrayList<String>();
        int at = 0;
        while (true) {
            boolean isQuoted = line.startsWith("\"", at);
            int end = isQuoted ? quoted(line, at, fields, flag) : plain(line, at, fields, flag);
            if (end >= line.length()) {
                return fields;
            }
            at = end + 1;
        }
    }

    /// @return where the comma after it is, or the end
    private static int plain(String line, int start, List<String> fields, String flag) throws Refused {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        var field = line.substring(start, end);
        if (field.indexOf('"') >= 0) {
            throw wrongQuote(flag);
        }
        fields.add(field);
        return comma < 0 ? line.length() : comma;
    }

    private static int quoted(String line, int start, List<String> fields, String flag) throws Refused {
        var field = new StringBuilder();
        int at = start + 1;
        while (true) {
            int quote = line.indexOf('"', at);
            if (quote < 0) {
                throw wrongQuote(flag);
            }
            field.append(line, at, quote);
            if (line.startsWith("\"", quote + 1)) {
                field.append('"');
                at = quote + 2;
            } else if (quote + 1 == line.length() || line.charAt(quote + 1) == ',') {
                fields.add(field.toString());
                return quote + 1;
            } else {
                throw wrongQuote(flag);
            }
        }
    }

    private static Refused wrongQuote(String flag) {
        return new Refused("mount", flag + " has a quote that begins or ends in the midst of a value", flag);
    }
}
