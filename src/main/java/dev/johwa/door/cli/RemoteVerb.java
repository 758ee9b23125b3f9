package dev.johwa.door.cli;

import dev.johwa.door.api.Client;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.Event;
import dev.johwa.door.api.Meaning;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
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

    void tell(Event event) {
        if (json) {
            screen().line(Json.write(event));
        } else {
            event.text().ifPresent(screen()::progress);
        }
    }

    private void tell(Deployed deployed) {
        var name = deployed.app()
                + (deployed.environment().equals("production") ? "" : " (" + deployed.environment() + ")");
        if (deployed.live()) {
            screen().line(screen().style(Style.GREEN, "live") + ": " + name + " release " + deployed.release()
                    + (deployed.address().isEmpty() ? "" : " at " + deployed.address()));
        } else {
            screen().line(screen().style(Style.RED, "not live") + ": " + name + ": " + deployed.reason());
        }
    }
}
