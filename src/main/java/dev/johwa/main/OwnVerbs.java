package dev.johwa.main;

import dev.johwa.door.cli.Verb;
import java.util.List;

/// The verbs that need every room: they start and end the platform itself.
final class OwnVerbs {
    private OwnVerbs() {}

    static List<Verb> all() {
        return List.of();
    }
}
