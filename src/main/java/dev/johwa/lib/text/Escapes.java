package dev.johwa.lib.text;

import java.util.regex.Pattern;

/// Escape sequences by which programs colour and move a terminal.
public final class Escapes {
    /// `CSI … m` alone colours; what moves, clears, names a window or links does not.
    private static final String COLOUR = "\u001B\\[[0-9;:]*m";

    /// One that is cut off, or is none, goes as far as it is there.
    private static final String ANY =
            "\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[ -/]*[0-~])?";
    private static final Pattern ALL = Pattern.compile(ANY);
    private static final Pattern OTHERS = Pattern.compile("(?!" + COLOUR + ")" + ANY);
    private static final String RESET = "\u001B[0m";

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0080-\u009F&&[^\t]]+");
    private static final Pattern CONTROL_BUT_COLOUR = Pattern.compile("[\\p{Cntrl}\u0080-\u009F&&[^\t\n\u001B]]+");

    private Escapes() {}

    /// The text alone.
    public static String without(String line) {
        return line.indexOf('\u001B') < 0 ? line : ALL.matcher(line).replaceAll("");
    }

    /// The text with its colours, and nothing else that a terminal would obey.
    static String coloursOf(String line) {
        return line.indexOf('\u001B') < 0 ? line : OTHERS.matcher(line).replaceAll("");
    }

    /// A line without what would move or colour the terminal of who reads it.
    public static String plain(String line) {
        return line.chars().noneMatch(letter -> letter != '\t' && Character.isISOControl(letter))
                ? line
                : CONTROL.matcher(without(line)).replaceAll("\uFFFD");
    }

    /// Lines with their colours, which end with the text, and with nothing else that a terminal would obey.
    public static String coloured(String text) {
        if (text.chars().noneMatch(letter -> letter != '\t' && letter != '\n' && Character.isISOControl(letter))) {
            return text;
        }
        var shown = CONTROL_BUT_COLOUR.matcher(coloursOf(text)).replaceAll("\uFFFD");
        int last = shown.lastIndexOf('\u001B');
        return last < 0 || shown.startsWith(RESET, last) ? shown : shown + RESET;
    }

    /// What a terminal shows in the end of a line that was written over and over, as progress is.
    public static String lastWritten(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        return line.substring(line.lastIndexOf('\r', end - 1) + 1, end);
    }
}
