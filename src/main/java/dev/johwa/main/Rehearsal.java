package dev.johwa.main;

import dev.johwa.door.cli.Cli;
import java.util.List;

/// Walks once through what a start needs, so that the JDK's ahead-of-time cache holds it. Run by scripts/caches.sh.
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) {
        var cli = new Cli(Main.surroundings(), OwnVerbs.all());
        cli.run(List.of("--help"));
        cli.verbs().forEach(verb -> cli.run(List.of(verb.name(), "--help")));
    }
}
