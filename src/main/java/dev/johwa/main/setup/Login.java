package dev.johwa.main.setup;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Gets in, or says why not. A key that nobody has seen is shown and asked for; one that has changed is refused.
final class Login {
    private final Session session;
    private final Ssh ssh;
    private final Destination destination;

    Login(Session session, Ssh ssh, Destination destination) {
        this.session = session;
        this.ssh = ssh;
        this.destination = destination;
    }

    /// @param trusted whether a key that is not known yet is taken without a question
    void in(boolean trusted) throws IOException {
        var said = ssh.connect();
        if (!said.isSuccess() && isUnknownKey(said.text())) {
            meet(trusted);
            said = ssh.connect();
        }
        if (!said.isSuccess()) {
            throw refusal(said.text());
        }
    }

    private static boolean isUnknownKey(String text) {
        return text.contains("host key is known for") || text.contains("host key is not known");
    }

    private void meet(boolean trusted) throws IOException {
        var keys = ssh.hostKeys();
        var fingerprint = ssh.fingerprint(keys);
        var unknown = Problem.user("setup.host-key", "nobody here has seen this server yet; its key is " + fingerprint)
                .hint("compare it with what the server's provider or console shows, then say this again with --yes");
        if (keys.isBlank() || !trusted && !session.surroundings().terminal()) {
            throw unknown.exception();
        }
        session.screen().progress("The key of " + destination.host() + ", seen here for the first time:");
        session.screen().progress("  " + fingerprint);
        if (!trusted && !agreed()) {
            throw unknown.exception();
        }
        ssh.know(keys);
    }

    private boolean agreed() throws IOException {
        session.screen().progress("Is it the one that the server's provider or console shows? Type yes to go on:");
        var reader =
                new BufferedReader(new InputStreamReader(session.surroundings().in(), StandardCharsets.UTF_8));
        var line = reader.readLine();
        return line != null && line.strip().equalsIgnoreCase("yes");
    }

    private ProblemException refusal(String said) {
        var last = said.lines().reduce((_, line) -> line).orElse("ssh said nothing");
        if (said.contains("IDENTIFICATION HAS CHANGED")) {
            return Problem.user(
                            "setup.host-key",
                            "the key of " + destination.host() + " is another than before: either the machine was made"
                                    + " anew, or somebody stands between")
                    .hint("ask its provider; if it is new, forget the old key: ssh-keygen -R " + destination.host())
                    .exception();
        }
        if (said.contains("Permission denied")) {
            return Problem.user("setup.login", "the server does not let you in: " + last)
                    .hint("does `" + ssh.words() + "` work? A key goes there by ssh-copy-id " + destination)
                    .exception();
        }
        return Problem.external("setup.login", "no login at " + destination + ": " + last)
                .hint("does `" + ssh.words() + "` work? Is the address right, and the machine on?")
                .exception();
    }
}
