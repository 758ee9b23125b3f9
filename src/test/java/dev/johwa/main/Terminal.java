package dev.johwa.main;

import dev.johwa.Typed;
import java.nio.file.Path;
import java.util.Map;

/// Where somebody types commands to a platform: what the last one printed stays to be looked at.
final class Terminal {
    private final Platform platform;
    private final Typed typed;
    /// What is given on standard input.
    String input = "";
    String token;
    String path = System.getenv("PATH");

    Terminal(Platform platform, Path home) {
        this.platform = platform;
        this.typed = new Typed(home, OwnVerbs.all());
        this.token = platform.token();
    }

    /// @return its exit code
    int johwa(String... words) {
        var environment = Map.of("PATH", path, "JOHWA_URL", platform.server().url(), "JOHWA_TOKEN", token);
        return typed.johwa(environment, input, words);
    }

    String out() {
        return typed.out();
    }

    String err() {
        return typed.err();
    }
}
