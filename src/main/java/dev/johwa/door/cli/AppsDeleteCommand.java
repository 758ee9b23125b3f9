package dev.johwa.door.cli;

import dev.johwa.lib.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Deletes an app: its instances and releases in every environment. "
                + "Its data, settings, secrets and repository stay for 7 days; a push before then brings it back.",
        footer = {"%nExample:", "  johwa apps delete shop --confirm shop"})
final class AppsDeleteCommand extends RemoteVerb {
    @Parameters(paramLabel = "NAME", description = "PROJECT, or PROJECT/APP where a project has several.")
    String name = "";

    @Nullable
    @Option(names = "--confirm", paramLabel = "NAME", description = "The name once more, instead of being asked.")
    String confirmed;

    @Option(names = "--now", description = "What it leaves goes at once, too.")
    boolean now;

    AppsDeleteCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws IOException {
        var app = session.app(name);
        if (!app.toString().equals(confirmed == null ? asked(app.toString()) : confirmed)) {
            throw Problem.user("usage.confirm", "the name that was typed is not '" + app + "'; nothing was deleted")
                    .exception();
        }
        client().deleteApp(app, now, this::tell);
        if (!json) {
            screen().line("deleted: " + app);
        }
        return ExitCode.DONE;
    }

    private String asked(String app) throws IOException {
        screen().rawError("This stops '" + app + "' everywhere and forgets its releases. Type its name to go on: ");
        var reader =
                new BufferedReader(new InputStreamReader(session.surroundings().in(), StandardCharsets.UTF_8));
        var line = reader.readLine();
        if (line == null) {
            screen().rawError("\n");
            return "";
        }
        return line.strip();
    }
}
