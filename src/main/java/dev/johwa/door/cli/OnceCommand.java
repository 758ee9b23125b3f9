package dev.johwa.door.cli;

import dev.johwa.door.api.Orders;
import dev.johwa.lib.task.AtExit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        description = {
            "Runs a command once, beside the instances, with the code, settings and secrets of what is live.",
            "With a terminal where you sit at one; else standard input, output and error go through as they are.",
            "Its exit status is that of the command; it ends when you leave. With --json it reads no input, and what "
                    + "it prints comes line by line with secrets hidden."
        },
        footer = {
            "%nExample:",
            "  johwa once shop -- python manage.py shell",
            "  johwa once -e staging -- npm run migrate",
            "  johwa once shop -- sh -c 'psql $DATABASE_URL' < dump.sql"
        })
final class OnceCommand extends HandsVerb {
    OnceCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var command = command();
        return json ? told(command) : connect(command, false, Optional.empty());
    }

    /// As events, for programs.
    private int told(List<String> command) {
        var client = client();
        var work = client.attached().startOnce(app(), new Orders.Once(environment, command, limit()));
        try (var _ = new AtExit(() -> client.cancel(work))) {
            return client.attached().followOnce(work, this::tell).status();
        }
    }
}
