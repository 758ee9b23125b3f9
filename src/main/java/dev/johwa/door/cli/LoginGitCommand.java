package dev.johwa.door.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What git asks for a password (gitcredentials(7)), as [ProjectRemote] tells it to.
@Command(
        description =
                "Answers git with the token of a login, so that no address carries it. `johwa init` and `johwa setup` tell "
                        + "git to ask here; what git wants stored or erased is left alone.",
        footer = {"%nExample:", "  johwa login git get      git runs this, and writes what it wants"})
final class LoginGitCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ACTION", description = "get, store or erase.")
    String action = "";

    LoginGitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (action.equals("get")) {
            wanted().flatMap(new Logins(session.surroundings())::token).ifPresent(token -> {
                session.screen().line("username=johwa");
                session.screen().line("password=" + token);
            });
        }
        return ExitCode.DONE;
    }

    /// The server that git talks to.
    private Optional<String> wanted() throws IOException {
        var reader =
                new BufferedReader(new InputStreamReader(session.surroundings().in(), StandardCharsets.UTF_8));
        var values = new HashMap<String, String>();
        for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return values.containsKey("host")
                ? Optional.of(values.getOrDefault("protocol", "http") + "://" + values.get("host"))
                : Optional.empty();
    }
}
