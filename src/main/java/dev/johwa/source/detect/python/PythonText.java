package dev.johwa.source.detect.python;

/// Python's text without comments and long texts, so that what is only told of is not taken for code. Lines
/// stay where they are.
final class PythonText {
    private final String text;
    private final StringBuilder code = new StringBuilder();
    private int at;

    private PythonText(String text) {
        this.text = text;
    }

    static String code(String text) {
        var reading = new PythonText(text);
        while (reading.at < text.length()) {
            reading.next();
        }
        return reading.code.toString();
    }

    private void next() {
        char letter = text.charAt(at);
        if (letter == '#') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (text.startsWith("\"\"\"", at) || text.startsWith("'''", at)) {
            longText(text.substring(at, at + 3));
        } else if (letter == '"' || letter == '\'') {
            shortText(letter);
        } else {
            code.append(letter);
            at++;
        }
    }

    /// Only its lines stay.
    private void longText(String quotes) {
        int end = text.indexOf(quotes, at + quotes.length());
        int next = end < 0 ? text.length() : end + quotes.length();
        code.append(quotes);
        text.substring(at, next).chars().filter(letter -> letter == '\n').forEach(line -> code.append('\n'));
        code.append(quotes);
        at = next;
    }

    /// Kept as it is: names of environment values and paths are told in such.
    private void shortText(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        int next = Math.min(text.length(), end + 1);
        code.append(text, at, next);
        at = next;
    }
}
