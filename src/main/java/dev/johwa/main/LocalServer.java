package dev.johwa.main;

import dev.johwa.door.api.Client;
import dev.johwa.door.cli.Logins;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database.Access;
import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.identity.Role;
import dev.johwa.source.identity.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The control plane that works in a data folder of this machine, as whoever may write there meets it.
record LocalServer(Session session, Path data, Clock clock) {
    /// Where it answers; empty where none does.
    Optional<String> url() throws IOException {
        return Control.read(data).map(Control::url).filter(this::answers);
    }

    private boolean answers(String url) {
        try {
            return session.client(new Logins.Login(url, "")).isAlive();
        } catch (ProblemException e) {
            return false;
        }
    }

    /// Asks it, as an owner for that while. The program must be the one that works there, as its database is opened.
    ///
    /// @param why name of the owner's token, with what makes it unique
    <T> T ask(String url, String why, Function<Client, T> asking) {
        try (var database = StatePlace.of(data).open(Access.BESIDE)) {
            var tokens = new Tokens(database, clock);
            var name = why + "-" + UUID.randomUUID();
            var token = tokens.create(name, Role.OWNER, Optional.empty());
            try {
                return asking.apply(session.client(new Logins.Login(url, token)));
            } finally {
                tokens.list().stream()
                        .filter(each -> each.name().equals(name))
                        .forEach(each -> tokens.revoke(each.id()));
            }
        }
    }
}
