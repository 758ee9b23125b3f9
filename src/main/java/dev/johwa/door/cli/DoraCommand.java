package dev.johwa.door.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Shows how a team delivers: the DORA figures of its deployments, with how many they rest on.",
        footer = {"%nExample:", "  johwa dora shop --since 90d", "  johwa dora --json"})
final class DoraCommand extends RemoteVerb {
    @Nullable
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only of this project or PROJECT/APP.")
    String name;

    @Option(names = "--since", paramLabel = "T", defaultValue = "30d", description = "How far back; default: 30d.")
    String since = "30d";

    DoraCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var figures = client().dora(Optional.ofNullable(name), since);
        if (!toldAsJson(figures)) {
            var table = new DoraTable(screen(), figures);
            table.tell();
            table.tellApps();
        }
        return ExitCode.DONE;
    }
}
