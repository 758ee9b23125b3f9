package dev.johwa.door.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
        description = {
            "Frees what nobody needs: artifacts, unpacked files and logs of runs, and tells what is left.",
            "The server does so by itself every hour. What a release needs that serves or can be rolled back to stays."
        },
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
                .map(item -> List.of(item.what(), size(item.freedBytes()), size(item.usedBytes())))
                .toList();
        screen().table(List.of("WHAT", "FREED", "LEFT"), rows);
        screen().line("Freed " + size(collected.freedBytes()) + "; " + size(collected.usedBytes()) + " of "
                + size(collected.budgetBytes()) + " are in use.");
        if (collected.overBudget()) {
            screen().progress("What is left is needed: give it more with `johwa up --budget SIZE`, or delete apps.");
        }
        return ExitCode.DONE;
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        if (bytes < 10_000_000) {
            return bytes / 1000 + " kB";
        }
        return bytes < 10_000_000_000L ? bytes / 1_000_000 + " MB" : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
