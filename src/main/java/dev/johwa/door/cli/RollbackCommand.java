package dev.johwa.door.cli;

import dev.johwa.door.api.Orders;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Goes back to an earlier release: the same artifact with the settings of then and the secrets of now. "
                    + "Returns when it serves. Changes of data stay as they are.",
            "Where a canary is under way, it ends that and no more, unless another NUMBER is given."
        },
        footer = {"%nExample:", "  johwa rollback shop", "  johwa rollback shop 12"})
final class RollbackCommand extends AppVerb {
    @Nullable
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NUMBER",
            description = "The release; default: the newest earlier one that was live.")
    Integer number;

    @Option(names = "--secrets-of-then", description = "Use the secrets as they were; a rotated password comes back.")
    boolean secretsOfThen;

    RollbackCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var wanted = number == null ? OptionalInt.empty() : OptionalInt.of(number);
        var order = new Orders.Rollback(environment, wanted, secretsOfThen);
        return deploying(told -> client().rollback(app(), order, told));
    }
}
