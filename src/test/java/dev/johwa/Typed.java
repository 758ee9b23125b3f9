package dev.johwa;

import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.door.cli.Verb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Commands that are typed in a folder, which is home too: what the last one printed stays to be looked at.
public final class Typed {
    private final Path folder;
    private final List<Verb> more;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /// @param more verbs beside those of the command line itself
    public Typed(Path folder, List<Verb> more) {
        this.folder = folder;
        this.more = more;
    }

    /// With nothing to read, and no server known.
    ///
    /// @return its exit code
    public int johwa(String... words) {
        return johwa(Map.of("PATH", System.getenv("PATH")), "", words);
    }

    /// @param input what is given on standard input
    public int johwa(Map<String, String> environment, String input, String... words) {
        out.reset();
        err.reset();
        var surroundings = new Surroundings(
                environment,
                folder,
                folder,
                folder,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return new Cli(surroundings, more).run(List.of(words));
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
