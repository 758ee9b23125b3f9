package dev.johwa.door.cli;

import java.util.ArrayList;
import java.util.List;

/// The table of the verbs of this room, in the order of the help.
final class Verbs {
    private Verbs() {}

    static List<Verb> all() {
        return new ArrayList<>();
    }
}
