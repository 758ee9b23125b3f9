package dev.johwa.door.cli;

import java.io.IOException;
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
        requireTyped(app.toString(), confirmed, "This stops '" + app + "' everywhere and forgets its releases.");
        client().deleteApp(app, now, this::tell);
        if (!json) {
            screen().line("deleted: " + app);
        }
        return ExitCode.DONE;
    }
}
