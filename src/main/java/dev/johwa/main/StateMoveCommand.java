package dev.johwa.main;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.db.StateChoice;
import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `johwa state move`: works on this machine, while the platform does not.
@Command(
        name = "move",
        description = {
            "Moves the database of a platform that is down to a PostgreSQL, or back into the data folder. Every row is",
            "compared before the one moment at which the folder's note changes: cut off, the state is where it was, and",
            "the move may be said again. Your apps serve meanwhile."
        },
        footer = {
            "",
            "Example:",
            "  johwa down --data /srv/johwa",
            "  johwa state move postgresql://johwa@db.example.com/johwa --state-password /etc/johwa/db --data /srv/johwa",
            "  johwa state move folder --data /srv/johwa"
        })
final class StateMoveCommand implements Callable<Integer> {
    private static final String FOLDER = "folder";

    private final Session session;

    @Parameters(
            paramLabel = "TO",
            arity = "0..1",
            description =
                    "postgresql://USER@HOST[:PORT]/NAME[?schema=NAME] (or JOHWA_STATE); folder for the file in it.")
    @Nullable
    String to;

    @Option(names = "--state-password", paramLabel = "FILE", description = "File with the password of that address.")
    @Nullable
    Path statePassword;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of all state (default: ~/.johwa).")
    @Nullable
    Path data;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    StateMoveCommand(Session session) {
        this.session = session;
    }

    private record Moved(String from, String to, int tables, long rows) {}

    @Override
    public Integer call() throws IOException {
        var folder = session.data(data);
        if (!Files.isDirectory(folder.resolve("run"))) {
            throw Problem.user("state.none", "no platform has worked in " + folder)
                    .hint("name its folder: --data DIR")
                    .exception();
        }
        try (var _ = FolderLock.take(folder.resolve("run"))) {
            var place = StatePlace.of(folder);
            var from = place.toString();
            session.screen().progress("moves the state out of " + from);
            var copied = FOLDER.equals(to) ? place.moveHere() : place.moveTo(choice());
            var moved = new Moved(from, place.toString(), copied.tables(), copied.rows());
            session.screen()
                    .line(
                            json
                                    ? Json.pretty(moved)
                                    : "moved: " + moved.rows() + " rows of " + moved.tables()
                                            + " tables, each compared, to " + moved.to());
        }
        session.screen().progress("`johwa up --data " + folder + "` goes on from there.");
        return 0;
    }

    private StateChoice choice() {
        return Environment.state(session, to, statePassword)
                .orElseThrow(() -> Problem.user("usage.state", "it is not said where the state shall move")
                        .hint("johwa state move postgresql://USER@HOST/NAME, or: johwa state move folder")
                        .exception());
    }
}
