package dev.johwa.main;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `johwa move-step`: what `johwa move` has a machine do.
@Command(
        name = "move-step",
        description = {
            "A step of `johwa move` on one of its machines: look, copy, stop, commit, back, arrive.",
            "Said by `johwa move`; by hand, `back` brings a platform back to work that was stopped and has not gone."
        },
        footer = {"", "Example:", "  johwa move-step back"})
final class MoveStepCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "STEP", description = "look, copy, stop, commit, back or arrive.")
    String step = "";

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of all state (default: /var/lib/johwa).")
    Path data = Path.of("/var/lib/johwa");

    @Option(names = "--backups", paramLabel = "DIR", description = "copy, stop: folder of the backups.")
    Path backups = Path.of("/var/lib/johwa-move");

    @Option(names = "--to", paramLabel = "ADDRESS", description = "stop: where the platform goes.")
    String to = "";

    @Option(names = "--backup", paramLabel = "NAME", description = "commit: the one that was taken in.")
    String backup = "";

    @Option(names = "--even-gone", description = "back: also when it has gone; the other must not work any more.")
    boolean evenGone;

    MoveStepCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var steps = new MoveSteps(session, data);
        switch (step) {
            case "look" -> tell(steps.look());
            case "copy" -> tell(steps.copy(backups));
            case "stop" -> tell(steps.stop(to, backups));
            case "commit" -> steps.commit(backup);
            case "back" -> steps.back(evenGone);
            case "arrive" -> steps.arrive();
            default ->
                throw Problem.user("usage.step", "'" + step + "' is no step of a move")
                        .hint("there are look, copy, stop, commit, back and arrive")
                        .exception();
        }
        return ExitCode.DONE;
    }

    private void tell(Object told) {
        session.screen().line(Json.write(told));
    }
}
