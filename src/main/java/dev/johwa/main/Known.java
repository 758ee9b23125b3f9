package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.router.Edge;
import dev.johwa.source.config.Values;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.Role;
import dev.johwa.source.identity.Sessions;
import dev.johwa.source.identity.Tokens;
import dev.johwa.source.identity.Visitors;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whom the platform knows, and by what.
record Known(Tokens tokens, Sessions sessions, People people, Visitors visitors) {
    private static final Logger LOG = LoggerFactory.getLogger(Known.class);

    static Known of(Database database, Clock clock, FactLog facts, Values values) {
        var tokens = new Tokens(database, clock);
        var people = new People(database, clock, facts, tokens);
        var visitors = new Visitors(database, clock, tokens, people, () -> values.key("visitors"));
        return new Known(tokens, new Sessions(database, clock, tokens), people, visitors);
    }

    /// The owner's token, on the first start only; else empty.
    String firstToken() {
        return tokens.isEmpty() ? tokens.create("owner", Role.OWNER, Optional.empty()) : "";
    }

    /// From now on the edge hears who may see what. One that only this machine reaches lets in everybody.
    ///
    /// @param giveTable gives the edge its table anew
    void tell(Edge edge, Runnable giveTable) {
        tokens.onChange(() -> {
            try {
                if (!edge.isLoopback()) {
                    giveTable.run();
                }
            } catch (ProblemException e) {
                LOG.warn("the edge has yet to hear who comes in: {}", e.getMessage());
            }
        });
    }
}
