package dev.johwa.door.cli;

import dev.johwa.lib.text.Sizes;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        description =
                "Frees what nobody needs: artifacts, unpacked files and logs of runs, and tells what is left. "
                        + "The server does so by itself every hour. What a release needs that serves or can be rolled back to stays.",
        footer = {"%nExample:", "  johwa gc", "  johwa gc --json"})
final class GcCommand extends RemoteVerb {
    GcCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var collected = client().gc();
        if (toldAsJson(collected)) {
            return ExitCode.DONE;
        }
        var rows = collected.items().stream()
                .map(item -> List.of(item.what(), Sizes.text(item.freedBytes()), Sizes.text(item.usedBytes())))
                .toList();
        screen().table(List.of("WHAT", "FREED", "LEFT"), rows);
        screen().line("Freed " + Sizes.text(collected.freedBytes()) + "; " + Sizes.text(collected.usedBytes()) + " of "
                + Sizes.text(collected.budgetBytes()) + " are in use.");
        if (collected.overBudget()) {
            screen().progress("What is left is needed: give it more with `johwa up --budget SIZE`, or delete apps.");
        }
        return ExitCode.DONE;
    }
}
