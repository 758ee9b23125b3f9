package dev.johwa.lib.process;

import dev.johwa.lib.clock.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The first line that a program prints, by which it tells that it has begun.
public final class FirstLine {
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int LONGEST = 1_000;

    private FirstLine() {}

    /// Waits for it, and takes no more than that of what is printed.
    ///
    /// @return whether it is that one; false too when the program ended without one, or printed none in time
    public static boolean is(String expected, Attached program, Clock clock, Duration limit) {
        long deadline = clock.ticks() + limit.toNanos();
        var line = new ByteArrayOutputStream();
        try {
            while (clock.ticks() < deadline) {
                boolean hasEnded = program.exit().isPresent();
                while (program.out().available() > 0 && line.size() < LONGEST) {
                    int next = program.out().read();
                    if (next == '\n') {
                        return line.toString(StandardCharsets.UTF_8).equals(expected);
                    }
                    line.write(next);
                }
                if (hasEnded || line.size() == LONGEST) {
                    return false;
                }
                clock.pause(LOOK);
            }
        } catch (IOException e) {
            // It has ended, and its output with it.
        }
        return false;
    }
}
