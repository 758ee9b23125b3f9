package dev.johwa.door.cli;

import dev.johwa.door.api.Orders;
import picocli.CommandLine.Command;

@Command(
        description = "Starts an app that sleeps, as the next request would, and waits until it is healthy. It sleeps "
                + "again when nobody asks for it as long as `sleep:` says.",
        footer = {"%nExample:", "  johwa wake shop -e feature"})
final class WakeCommand extends AppVerb {
    WakeCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        return deploying(told -> client().wake(app(), new Orders.Wake(environment), told));
    }
}
