package dev.johwa.door.cli;

import dev.johwa.door.api.Orders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Starts the instances of what is live again, one after the other: the same release with the same settings.",
            "An old one goes when the new one is healthy and its requests are answered, so none is lost. One that does "
                    + "not become healthy is ended, and the old runs on."
        },
        footer = {
            "%nExample:",
            "  johwa restart shop",
            "  johwa restart shop -e staging",
            "  johwa restart shop --instance 8c1f9a2e"
        })
final class RestartCommand extends AppVerb {
    @Nullable
    @Option(
            names = {"-i", "--instance"},
            paramLabel = "N",
            description = "Only this one: its name as `johwa status` shows it, or the end of it.")
    String instance;

    RestartCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var order = new Orders.Restart(environment, Optional.ofNullable(instance));
        return deploying(told -> client().restart(app(), order, told));
    }
}
