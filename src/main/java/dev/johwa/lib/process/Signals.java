package dev.johwa.lib.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Signals that this process ignores because it was started so, as in the background of a script (`johwa up &`) or by
/// `nohup`: what it starts would ignore them too, and never see Ctrl-C.
final class Signals {
    private static final Path OURS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final List<String> BACK = List.of("/usr/bin/env", "--default-signal=HUP,INT,QUIT");
    /// Of the numbers 1, 2 and 3, each a bit less.
    private static final long HUP_INT_QUIT = 0b111;

    private Signals() {}

    /// The words before a program that give it those signals back; none where none of them is ignored.
    static List<String> back() {
        try (Stream<String> lines = Files.lines(OURS, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(IGNORED))
                            .map(line -> line.substring(IGNORED.length()).strip())
                            .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & HUP_INT_QUIT) != 0)
                    ? BACK
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
