package dev.johwa.main;

import dev.johwa.door.cli.Group;
import dev.johwa.door.cli.Verb;
import java.util.List;

/// The verbs that need every room: they start and end the platform itself.
final class OwnVerbs {
    private OwnVerbs() {}

    static List<Verb> all() {
        return List.of(
                new Verb(
                        Group.START,
                        "demo",
                        "See the main job once, on this machine, in a folder of its own",
                        DemoCommand::new),
                new Verb(Group.START, "up", "Start the platform", UpCommand::new),
                new Verb(Group.START, "down", "End the platform that was started here", DownCommand::new));
    }
}
