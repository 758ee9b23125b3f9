package dev.johwa.source.identity;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Access tokens: made once, shown once, kept as a hash. Safe for use by many threads.
public final class Tokens {
    public Tokens(Database database, Clock clock) {}

    /// Makes a token and returns its text, which is not kept.
    public String create(String name, Identity.Role role, Optional<String> project) {
        throw new UnsupportedOperationException();
    }

    /// Who shows this token; empty when there is no such token or it was revoked.
    public Optional<Identity> identify(String token) {
        throw new UnsupportedOperationException();
    }

    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    public List<Listed> list() {
        throw new UnsupportedOperationException();
    }

    /// @return whether there was one of that id
    public boolean revoke(String id) {
        throw new UnsupportedOperationException();
    }

    /// A token without its text.
    public record Listed(String id, String name, Identity.Role role, Optional<String> project, Instant createdAt) {}
}
