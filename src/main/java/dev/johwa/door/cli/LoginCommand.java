package dev.johwa.door.cli;

import dev.johwa.lib.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Keeps a server and an access token for the commands that follow, in a file that only you can read. "
                        + "The token comes from --token, JOHWA_TOKEN or standard input.",
        footer = {"%nExample:", "  johwa login http://127.0.0.1:8080", "  johwa login --forget http://127.0.0.1:8080"})
final class LoginCommand extends RemoteVerb {
    @Nullable
    @Parameters(arity = "0..1", paramLabel = "URL", description = "The server; default: the one that is meant here.")
    String url;

    @Option(names = "--forget", description = "Forget the login instead.")
    boolean forget;

    LoginCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws IOException {
        var server = (url == null ? ServerChoice.of(session).url() : url).replaceFirst("/+$", "");
        var logins = new Logins(session.surroundings());
        if (forget) {
            return forgotten(logins.forget(server), server);
        }
        var token = session.token()
                .or(() -> session.surroundings().value("JOHWA_TOKEN"))
                .orElse(null);
        var login = new Logins.Login(server, token == null ? asked() : token);
        session.client(login).status(Optional.empty());
        var file = logins.keep(login);
        if (!toldAsJson(Map.of("server", server, "file", file.toString()))) {
            screen().line("logged in to " + server + " (kept in " + file + ")");
        }
        return ExitCode.DONE;
    }

    private int forgotten(boolean known, String server) {
        if (!known) {
            throw Problem.user("login.unknown", "there is no login at " + server)
                    .exception();
        }
        if (!toldAsJson(Map.of("forgotten", server))) {
            screen().line("forgotten: " + server);
        }
        return ExitCode.DONE;
    }

    private String asked() throws IOException {
        var console = session.surroundings().terminal() ? System.console() : null;
        if (console != null) {
            return new String(console.readPassword("Access token: ")).strip();
        }
        var reader =
                new BufferedReader(new InputStreamReader(session.surroundings().in(), StandardCharsets.UTF_8));
        var line = reader.readLine();
        if (line == null || line.isBlank()) {
            throw Problem.user("login.token", "no access token was given")
                    .hint("give --token TOKEN, JOHWA_TOKEN, or a line on standard input")
                    .exception();
        }
        return line.strip();
    }
}
