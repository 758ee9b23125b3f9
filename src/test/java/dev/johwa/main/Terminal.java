package dev.johwa.main;

import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where somebody types commands to a platform: what the last one printed stays to be looked at.
final class Terminal {
    private final Platform platform;
    private final Path home;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    /// What is given on standard input.
    String input = "";
    String token;
    String path = System.getenv("PATH");

    Terminal(Platform platform, Path home) {
        this.platform = platform;
        this.home = home;
        this.token = platform.token();
    }

    /// @return its exit code
    int johwa(String... words) {
        out.reset();
        err.reset();
        var surroundings = new Surroundings(
                Map.of("PATH", path, "JOHWA_URL", platform.server().url(), "JOHWA_TOKEN", token),
                home,
                home,
                home,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return new Cli(surroundings, OwnVerbs.all()).run(List.of(words));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
