package dev.johwa.door.cli;

import dev.johwa.door.api.Event;
import dev.johwa.door.api.Orders;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.AtExit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = "Runs a command once, beside the instances, with the code, settings and secrets of what is live. "
                + "It reads no input. Its exit status is that of the command; Ctrl-C ends it.",
        footer = {
            "%nExample:",
            "  johwa once shop -- python manage.py createsuperuser --noinput",
            "  johwa once -e staging -- npm run migrate"
        })
final class OnceCommand extends AppVerb {
    private static final String DASHES = "--";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            index = "1",
            arity = "0..*",
            paramLabel = "-- COMMAND",
            description = "The command and its arguments, after two dashes; no shell reads them.")
    List<String> words = List.of();

    @Nullable
    @Option(
            names = "--limit",
            paramLabel = "MINUTES",
            description = "How long it may take; default: as long as a build.")
    Integer minutes;

    OnceCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var command = command();
        var order = new Orders.Once(environment, command, minutes == null ? 0 : minutes);
        var work = client().startOnce(app(), order);
        var client = client();
        try (var _ = new AtExit(() -> client.cancel(work))) {
            var ran = client.followOnce(work, this::tell);
            if (ran.status() != 0 && !json) {
                screen().progress(String.join(" ", command) + ": " + ran.exit());
            }
            return ran.status();
        }
    }

    @Override
    void tell(Event event) {
        if (json) {
            super.tell(event);
        } else {
            event.text().ifPresent(screen()::line);
        }
    }

    /// What follows the dashes; where nothing stands before them, the app is that of the folder.
    private List<String> command() {
        var given = spec.commandLine().getParseResult().originalArgs();
        int dashes = given.indexOf(DASHES);
        var command = dashes < 0 ? List.<String>of() : given.subList(dashes + 1, given.size());
        if (command.isEmpty()) {
            throw Problem.user("usage.command", "there is no command to run")
                    .hint("write it after two dashes: johwa once " + (name == null ? "shop" : name) + " -- COMMAND")
                    .exception();
        }
        if (words.size() < command.size()) {
            name = null;
        }
        return List.copyOf(command);
    }
}
