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

    private Escapes() {}

    /// The text alone.
    public static String without(String line) {
        return line.indexOf('\u001B') < 0 ? line : ALL.matcher(line).replaceAll("");
    }

    /// The text with its colours, and nothing else that a terminal would obey.
    public static String coloursOf(String line) {
        return line.indexOf('\u001B') < 0 ? line : OTHERS.matcher(line).replaceAll("");
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
