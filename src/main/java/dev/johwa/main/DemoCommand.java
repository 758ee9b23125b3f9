package dev.johwa.main;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `johwa demo`: the main job once, on real processes, in a folder that is gone at the end.
@Command(
        name = "demo",
        description = "Shows the main job once: pushes a real application, lets its tests run, brings it live, "
                + "stops a bad push, goes back, and counts what happened. Leaves nothing behind.",
        footer = {"", "Example:", "  johwa demo --keep     (leaves it running, and says what to try next)"})
final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--keep", description = "Leave it running, and say what to try next.")
    boolean keep;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var examples = examples();
        var folder = Files.createTempDirectory("johwa-demo");
        // Apps run as users of their own, who must be able to walk in.
        folder.toFile().setExecutable(true, false);
        var server = new Server(settings(folder.resolve("data")));
        var teller = new DemoTeller(session, json);
        try {
            teller.say("Starting Johwa in " + folder + ": an API, a git server, and an edge in front of the apps.");
            server.start();
            var demo = new Demo(server, teller, folder, examples);
            boolean good = demo.run();
            end(teller, good);
            if (keep && good) {
                tellNext(server, folder.resolve(demo.shown().name()));
                return 0;
            }
            return good ? 0 : 1;
        } finally {
            if (!keep) {
                cleanUp(server, folder);
            }
        }
    }

    private void end(DemoTeller teller, boolean good) {
        if (!json) {
            teller.say("");
            teller.say(good ? "All of it worked." : "Something did not work; the lines above tell what.");
            return;
        }
        var done = new LinkedHashMap<String, Object>();
        done.put("event", "done");
        done.put("ok", good);
        done.put("steps", teller.steps());
        done.put("at", new SystemClock().now());
        session.screen().line(Json.write(done));
    }

    private void tellNext(Server server, Path app) {
        var screen = session.screen();
        screen.line("");
        screen.line("It is still running. Try:");
        screen.line("  cd " + app);
        screen.line("  (change something)  git commit -am 'My change' && git push johwa main");
        screen.line("  curl -H 'Host: " + app.getFileName() + ".localhost' " + server.edgeUrl() + "/");
        screen.line("Ctrl-C ends it.");
        try {
            new SystemClock().sleep(Duration.ofDays(3650));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cleanUp(Server server, Path folder) throws IOException {
        server.close();
        DownCommand.end(folder.resolve("data"), true);
        try {
            Trees.delete(folder);
        } catch (UncheckedIOException e) {
            session.screen().progress("Something in " + folder + " could not be deleted: " + e.getMessage());
        }
    }

    /// Beside an installed program, or at the root of the sources.
    private Path examples() {
        var program = session.surroundings().program();
        var beside = program.resolve("examples");
        var found = Files.isDirectory(beside)
                ? beside
                : program.resolve("../../examples").normalize();
        if (!Files.isDirectory(found)) {
            throw Problem.user("demo.examples", "the demo's applications are not here: there is no folder " + found)
                    .hint("run it where the sources are, or from a package of `johwa package`")
                    .exception();
        }
        return found;
    }

    private Settings settings(Path data) {
        var around = session.surroundings();
        return Settings.ofItsOwn(data, around, Duration.ofMinutes(5));
    }
}
