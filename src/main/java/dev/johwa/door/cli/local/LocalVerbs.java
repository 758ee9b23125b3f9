package dev.johwa.door.cli.local;

import dev.johwa.door.api.Examination;
import dev.johwa.door.cli.Group;
import dev.johwa.door.cli.Playbook;
import dev.johwa.door.cli.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// The table of the verbs that need no server.
public final class LocalVerbs {
    private LocalVerbs() {}

    /// @param atRest looks through all that is kept in a data folder in which no platform works
    public static Verb doctor(BiFunction<Path, Consumer<String>, Examination> atRest) {
        return new Verb(
                Group.START,
                "doctor",
                "Check what this machine has and lacks, or all that is kept",
                session -> new DoctorCommand(session, atRest));
    }

    public static Verb eject(Playbook ansible) {
        return new Verb(
                Group.PROJECT,
                "eject",
                "Write standard files that work without this program",
                session -> new EjectCommand(session, ansible));
    }

    public static Verb chaosCheck() {
        return new Verb(Group.LEARN, "check", "check", ChaosCheckCommand::new);
    }

    public static List<Verb> all() {
        return List.of(
                new Verb(Group.PROJECT, "detect", "Tell what a folder is, and why", DetectCommand::new),
                new Verb(Group.PROJECT, "check", "Check the files that the platform reads", CheckCommand::new),
                new Verb(Group.BUILD, "build", "List the files that an image is built from", BuildCommand::new),
                new Verb(
                        Group.BUILD,
                        "compose",
                        "Show what compose files say together",
                        ComposeCommands.Compose::new,
                        ComposeCommands.inner()),
                new Verb(Group.PROJECT, "config", "Show every effective setting and its origin", ConfigCommand::new),
                new Verb(
                        Group.PROJECT,
                        "migrate",
                        "Tell what files of other platforms become here",
                        MigrateCommand::new),
                new Verb(Group.PROJECT, "plan", "Show the whole process on one page", PlanCommand::new));
    }
}
