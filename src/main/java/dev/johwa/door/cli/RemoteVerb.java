package dev.johwa.door.cli;

import dev.johwa.door.api.Client;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.Event;
import dev.johwa.door.api.Meaning;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A verb that asks the server.
abstract class RemoteVerb implements Callable<Integer> {
    final Session session;

    @Option(names = "--json", description = "One JSON document (long work: an object a line) on standard output.")
    boolean json;

    RemoteVerb(Session session) {
        this.session = session;
    }

    Client client() {
        return session.client();
    }

    Screen screen() {
        return session.screen();
    }

    /// Prints the answer as JSON when that is wanted.
    ///
    /// @return whether it was
    boolean toldAsJson(Object answer) {
        if (json) {
            screen().line(Json.pretty(answer));
        }
        return json;
    }

    /// Does long work, tells how it goes, and at its end how it is.
    int deploying(Function<Consumer<Event>, Deployed> work) {
        try {
            var deployed = work.apply(this::tell);
            if (!json && (deployed.release() > 0 || !deployed.live())) {
                tell(deployed);
            }
            return deployed.live() ? ExitCode.DONE : ExitCode.NO;
        } catch (ProblemException e) {
            if (json && e.problem().code().startsWith("server.")) {
                throw e;
            }
            if (!json) {
                e.problems().forEach(screen()::problem);
            }
            return Meaning.of(e.problem()).exitCode();
        }
    }

    /// Goes on only when the person types the name of what is to go.
    ///
    /// @param confirmed the name where it was typed before; else it is asked for
    /// @param what happens
    void requireTyped(String name, @Nullable String confirmed, String what) throws IOException {
        if (!name.equals(confirmed == null ? asked(what) : confirmed)) {
            throw Problem.user("usage.confirm", "the name that was typed is not '" + name + "'; nothing was deleted")
                    .exception();
        }
    }

    private String asked(String what) throws IOException {
        screen().rawError(what + " Type its name to go on: ");
        var reader =
                new BufferedReader(new InputStreamReader(session.surroundings().in(), StandardCharsets.UTF_8));
        var line = reader.readLine();
        if (line == null) {
            screen().rawError("\n");
            return "";
        }
        return line.strip();
    }

    void tell(Event event) {
        if (json) {
            screen().line(Json.write(event));
        } else {
            event.text().ifPresent(screen()::progress);
        }
    }

    private void tell(Deployed deployed) {
        var name = InEnvironment.shown(deployed.app(), deployed.environment());
        if (deployed.live()) {
            screen().line(screen().style(Style.GREEN, "live") + ": " + name + " release " + deployed.release()
                    + (deployed.address().isEmpty() ? "" : " at " + deployed.address()));
        } else {
            screen().line(screen().style(Style.RED, "not live") + ": " + name + ": " + deployed.reason());
        }
    }
}
