package dev.johwa.main.setup;

import dev.johwa.door.cli.Logins;
import dev.johwa.door.cli.ProjectRemote;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.http.FreeAddress;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How this machine reaches the control plane: by TLS, believing only the certificate that was read over ssh; or, where
/// that does not come through, at a port of this machine which ssh leads to the server's loopback, and which stays the
/// same from one time to the next.
record Way(Session session, Ssh ssh) {
    private static final int THERE = 8321;
    private static final int TRIES = 40;

    /// @param url of the control plane, seen from here
    /// @param tunnel whether it ends with the connection of ssh
    record Reach(String url, boolean tunnel) {}

    Reach open(Server server) throws IOException {
        var url = "https://" + server.name();
        var certificate = server.name().isEmpty() ? "" : server.certificate();
        if (!certificate.isEmpty()) {
            var logins = new Logins(session.surroundings());
            logins.pin(url, certificate);
            if (answers(url)) {
                return new Reach(url, false);
            }
            logins.unpin(url);
        }
        return new Reach(tunnel(), true);
    }

    /// Whether somebody with the right certificate is there, whatever they think of us.
    private boolean answers(String url) {
        try {
            session.client(new Logins.Login(url, "")).status(Optional.empty());
            return true;
        } catch (ProblemException e) {
            return !e.problem().code().startsWith("server.");
        }
    }

    private String tunnel() throws IOException {
        var file = ssh.control().resolveSibling(ssh.control().getFileName() + ".port");
        var before = Files.exists(file)
                ? Stream.of(Files.readString(file).strip())
                        .filter(text -> text.matches("\\d{1,5}"))
                        .map(Integer::valueOf)
                : Stream.<Integer>empty();
        var others = IntStream.range(THERE, THERE + TRIES)
                .filter(port -> FreeAddress.isFree(new InetSocketAddress("127.0.0.1", port)))
                .boxed();
        var port = Stream.concat(before, others)
                .filter(each -> ssh.forward(each, THERE))
                .findFirst()
                .orElseThrow(() -> Problem.external("setup.tunnel", "ssh leads no port of this machine to the server")
                        .hint("does its sshd_config say AllowTcpForwarding no?")
                        .exception());
        Files.writeString(file, port + "\n");
        return "http://127.0.0.1:" + port;
    }

    /// Whether the login that is kept still holds.
    boolean isLoggedIn(String url) {
        return new Logins(session.surroundings())
                .token(url)
                .filter(token -> holds(new Logins.Login(url, token)))
                .isPresent();
    }

    /// Keeps the token for commands and git.
    void login(String url, String token) {
        var login = new Logins.Login(url, token);
        session.client(login).status(Optional.empty());
        var _ = new Logins(session.surroundings()).keep(login);
    }

    private boolean holds(Logins.Login login) {
        try {
            session.client(login).status(Optional.empty());
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    /// What came of the remote named `johwa`.
    enum Remote {
        /// There is no repository here.
        NONE,
        KEPT,
        ADDED,
        /// It names another server, and was left.
        OTHER
    }

    Remote remote(String url) {
        var top = top(session.folder());
        if (top == null) {
            return Remote.NONE;
        }
        var remote = new ProjectRemote(session, top);
        var known = remote.server();
        if (known.isEmpty()) {
            remote.point(url, ProjectRemote.projectName(top));
            return Remote.ADDED;
        }
        return known.get().equals(url) ? Remote.KEPT : Remote.OTHER;
    }

    private static @Nullable Path top(Path folder) {
        for (@Nullable Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return null;
    }
}
