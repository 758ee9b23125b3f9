package dev.johwa.door.cli;

import dev.johwa.lib.problem.Problem;
import java.util.Optional;

/// Which server a command talks to, and as whom: the option, then the environment, then the repository's remote named
/// `johwa`, then the newest login. A token is only ever sent to the server that it came with.
///
/// @param url without a slash at its end
record ServerChoice(String url, Optional<String> token) {

    static ServerChoice of(Session session) {
        var remote = GitRemote.find(session.folder());
        var logins = new Logins(session.surroundings());
        var url = session.server()
                .or(() -> session.surroundings().value("JOHWA_URL"))
                .or(() -> remote.map(GitRemote::server))
                .or(() -> logins.newest().map(Logins.Login::url))
                .map(text -> text.replaceFirst("/+$", ""))
                .orElseThrow(() -> Problem.user("server.none", "no server is known here")
                        .hint(
                                "start one here with `johwa up`, make a server one with `johwa setup root@ADDRESS`, log in"
                                        + " to one with `johwa login URL`, or give --server URL")
                        .exception());
        var token = session.token()
                .or(() -> session.surroundings().value("JOHWA_TOKEN"))
                .or(() -> remote.filter(known -> known.server().equals(url)).flatMap(GitRemote::token))
                .or(() -> logins.token(url));
        return new ServerChoice(url, token);
    }
}
