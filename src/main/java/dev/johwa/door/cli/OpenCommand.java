package dev.johwa.door.cli;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        description = "Tells the address at which an app is live, alone on a line, for a browser or another program.",
        footer = {"%nExample:", "  curl $(johwa open shop)"})
final class OpenCommand extends AppVerb {
    OpenCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var app = app();
        var found = client().status(Optional.of(app.project())).apps().stream()
                .filter(each ->
                        each.name().equals(app.toString()) && each.environment().equals(environment))
                .findFirst()
                .orElseThrow(() -> AppsCommand.unknown(app.toString(), client().status(Optional.empty())));
        if (!toldAsJson(Map.of("url", found.url()))) {
            screen().line(found.url());
        }
        return ExitCode.DONE;
    }
}
