package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Group;
import dev.johwa.door.cli.Verb;
import java.util.List;

/// The table of the verbs that need no server.
public final class LocalVerbs {
    private LocalVerbs() {}

    public static List<Verb> all() {
        return List.of(new Verb(Group.START, "doctor", "Check what this machine has and lacks", DoctorCommand::new));
    }
}
