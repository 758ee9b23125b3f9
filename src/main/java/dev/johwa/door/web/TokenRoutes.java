package dev.johwa.door.web;

import dev.johwa.door.api.TokenList;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Tokens;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Access tokens: listed without their text, made, revoked.
final class TokenRoutes {
    private final Tokens tokens;
    private final Clock clock;

    TokenRoutes(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    List<Route> all() {
        return List.of(
                Route.get("/api/v1/tokens", Access.ADMINISTER, "Access tokens", this::list)
                        .gives(TokenList.class),
                Route.post("/api/v1/tokens", Access.ADMINISTER, "Make an access token", this::create)
                        .takes(TokenList.Order.class)
                        .gives(201, TokenList.Made.class),
                Route.delete("/api/v1/tokens/{id}", Access.ADMINISTER, "Revoke an access token", this::revoke)
                        .gives(204, Void.class));
    }

    private void list(Call call) {
        call.answer(new TokenList(tokens.list().stream().map(TokenRoutes::item).toList()));
    }

    private static TokenList.Item item(Tokens.Listed token) {
        return new TokenList.Item(
                token.id(),
                token.name(),
                token.role().name().toLowerCase(Locale.ROOT),
                token.project(),
                token.createdAt(),
                token.lastUsedAt(),
                token.expiresAt());
    }

    private void create(Call call) throws IOException {
        var order = call.body(TokenList.Order.class);
        if (order.name() == null || order.name().isBlank() || order.name().length() > 100) {
            throw Problem.user("token.name", "a token needs the name of its holder, of at most 100 characters")
                    .exception();
        }
        var until = order.expires().map(text -> Since.ahead(text, clock.now()));
        call.answer(201, new TokenList.Made(tokens.create(order.name(), role(order.role()), order.project(), until)));
    }

    private static Identity.Role role(String word) {
        return Stream.of(Identity.Role.values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.user("token.role", "'" + word + "' is no role")
                        .hint("choose owner, developer or reader")
                        .exception());
    }

    private void revoke(Call call) {
        if (!tokens.revoke(call.path("id"))) {
            throw Problem.user("token.unknown", "there is no token " + call.path("id"))
                    .hint("`johwa tokens` lists them")
                    .exception();
        }
        call.nothing();
    }
}
