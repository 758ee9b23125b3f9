package dev.johwa.door.cli;

import dev.johwa.door.api.PeopleList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Keeps a server and an access token for the commands that follow, in a file that only you can read. "
                        + "The token comes from --token, JOHWA_TOKEN or standard input; with --name a password is asked for, and a "
                        + "token is made.",
        footer = {
            "%nExample:",
            "  johwa login http://127.0.0.1:8080",
            "  johwa login --name kim https://johwa.example.com",
            "  johwa login --forget http://127.0.0.1:8080"
        })
final class LoginCommand extends RemoteVerb {
    @Nullable
    @Parameters(arity = "0..1", paramLabel = "URL", description = "The server; default: the one that is meant here.")
    String url;

    @Nullable
    @Option(names = "--name", paramLabel = "NAME", description = "Log in with this name and a password.")
    String name;

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
        var token = name != null
                ? Optional.<String>empty()
                : session.token().or(() -> session.surroundings().value("JOHWA_TOKEN"));
        var login = new Logins.Login(server, token.isPresent() ? token.get() : asked(server));
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

    private String asked(String server) throws IOException {
        if (name != null) {
            var password = SecretInput.ask(session, "Password of " + name, () -> missing("password"));
            return session.stranger(server).people().login(new PeopleList.Credentials(name, password));
        }
        return SecretInput.ask(session, "Access token", () -> missing("access token"));
    }

    private static ProblemException missing(String what) {
        return Problem.user("login.token", "no " + what + " was given")
                .hint("give --token TOKEN, JOHWA_TOKEN, or a line on standard input")
                .exception();
    }
}
