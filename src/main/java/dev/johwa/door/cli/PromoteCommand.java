package dev.johwa.door.cli;

import dev.johwa.door.api.Orders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Takes on a release that gets some of the requests, to all users, without waiting for the rest of its "
                    + "rollout. Returns when it serves.",
            "`johwa rollback NAME` ends it instead: the release before gets all requests again."
        },
        footer = {"%nExample:", "  johwa promote shop", "  johwa promote shop --step"})
final class PromoteCommand extends AppVerb {
    @Option(names = "--step", description = "To the next step of its rollout only.")
    boolean step;

    PromoteCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        return deploying(told -> client().promote(app(), new Orders.Promote(environment, step), told));
    }
}
