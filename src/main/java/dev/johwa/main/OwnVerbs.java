package dev.johwa.main;

import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.Group;
import dev.johwa.door.cli.Session;
import dev.johwa.door.cli.Verb;
import dev.johwa.main.setup.AnsibleFiles;
import dev.johwa.main.setup.MoveCommand;
import dev.johwa.main.setup.SetupCommand;
import dev.johwa.main.ship.PackageCommand;
import java.util.List;
import java.util.function.Function;

/// The verbs that need every room: they start and end the platform itself.
final class OwnVerbs {
    private OwnVerbs() {}

    static List<Verb> all() {
        return List.of(
                // What a demonstration has to say it tells itself.
                verb(
                        Group.START,
                        "demo",
                        "See the main job once, on this machine, in a folder of its own",
                        "error",
                        DemoCommand::new),
                Cli.doctor(DeepLook::atRest),
                verb(Group.START, "up", "Start the platform", "info", UpCommand::new),
                verb(
                        Group.PROJECT,
                        "try",
                        "Run a folder's application here and now, without a server",
                        "error",
                        TryCommand::new),
                verb(Group.START, "down", "End the platform that was started here", "info", DownCommand::new),
                Cli.eject(new AnsibleFiles()),
                new Verb(Group.OPERATE, "setup", "Make a server run this program, over ssh", SetupCommand::new),
                new Verb(
                        Group.OPERATE,
                        "upgrade",
                        "Replace the program on this machine while it works",
                        UpgradeCommand::new),
                new Verb(Group.OPERATE, "move", "Move the platform to another machine, over ssh", MoveCommand::new),
                verb(Group.OPERATE, "move-step", "", "warn", MoveStepCommand::new),
                new Verb(Group.OPERATE, "restore", "Bring a backup back into an empty folder", RestoreCommand::new),
                state(),
                new Verb(
                        Group.OPERATE,
                        "package",
                        "Write this program as files to install elsewhere",
                        PackageCommand::new));
    }

    private static Verb state() {
        return new Verb(
                Group.OPERATE,
                "state",
                "See where the platform's database is, and move it",
                StateCommand::new,
                List.of(new Verb(
                        Group.OPERATE,
                        "move",
                        "Move it to a PostgreSQL, or back into the folder",
                        StateMoveCommand::new)));
    }

    /// These log; other commands say what they have to say themselves, and need not wait for a log to be set up.
    private static Verb verb(
            Group group, String name, String summary, String level, Function<Session, Object> command) {
        return new Verb(group, name, summary, session -> {
            Logging.configure(session.surroundings().value("JOHWA_LOG").orElse(level));
            return command.apply(session);
        });
    }
}
