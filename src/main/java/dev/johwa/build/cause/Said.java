package dev.johwa.build.cause;

import dev.johwa.lib.text.Escapes;
import java.util.List;

/// What is known of a failure.
///
/// @param lines that the tool or the application printed last, in order
/// @param app its name as `johwa secrets set` wants it
/// @param place what failed, which decides where a value would have to be set
public record Said(List<String> lines, String app, Place place) {
    private static final int LONGEST_LINE = 1_000;

    public Said {
        lines = lines.stream().map(Said::plain).toList();
    }

    /// What failed.
    public enum Place {
        STEP,
        TEST,
        APPLICATION
    }

    /// Without colours and carriage returns at the end, and of bounded length. npm 10 says `error` where older ones
    /// say `ERR!`, in the same words.
    private static String plain(String line) {
        var cut = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
        return Escapes.without(cut).replace("npm ERR! ", "npm error ");
    }
}
