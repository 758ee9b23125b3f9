package dev.johwa.door.web;

import dev.johwa.door.api.TokenList;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.Permission;
import dev.johwa.source.identity.Person;
import dev.johwa.source.identity.Role;
import dev.johwa.source.identity.Tokens;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Access tokens: listed without their text, made, revoked. Owners have to do with all, others with their own; a token
/// that may do less than its person has to do with none.
final class TokenRoutes {
    private static final String PATH = "/api/v1/tokens";

    private final Tokens tokens;
    private final People people;
    private final Clock clock;

    TokenRoutes(Tokens tokens, People people, Clock clock) {
        this.tokens = tokens;
        this.people = people;
        this.clock = clock;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.SIGNED_IN, "Access tokens; of others for owners only", this::list)
                        .gives(TokenList.class),
                Route.post(
                                PATH,
                                Access.SIGNED_IN,
                                "Make an access token: of a person's own, or an owner's",
                                this::create)
                        .takes(TokenList.Order.class)
                        .gives(201, TokenList.Made.class),
                Route.delete(PATH + "/{id}", Access.SIGNED_IN, "Revoke an access token", this::revoke)
                        .gives(204, Void.class));
    }

    private void list(Call call) {
        requireSome(call);
        call.answer(new TokenList(visible(call).stream().map(this::item).toList()));
    }

    /// Whoever is neither a person nor an owner has nothing to do here.
    private static void requireSome(Call call) {
        if (own(call).isEmpty()) {
            call.require(Permission.ADMINISTER, Optional.empty());
        }
    }

    private static Optional<String> own(Call call) {
        return call.identity().flatMap(Identity::person);
    }

    private List<Tokens.Listed> visible(Call call) {
        boolean isAll = call.may(Permission.ADMINISTER);
        return tokens.list().stream()
                .filter(token ->
                        isAll || token.person().isPresent() && token.person().equals(own(call)))
                .toList();
    }

    private TokenList.Item item(Tokens.Listed token) {
        var person = token.person().flatMap(people::find);
        return new TokenList.Item(
                token.id(),
                token.name(),
                person.map(token::roleOf).orElse(token.role()).word(),
                token.project(),
                person.map(Person::name),
                token.createdAt(),
                token.lastUsedAt(),
                token.expiresAt());
    }

    private void create(Call call) throws IOException {
        requireSome(call);
        var order = call.body(TokenList.Order.class);
        if (order.name() == null || order.name().isBlank() || order.name().length() > 100) {
            throw Problem.user("token.name", "a token needs the name of its holder, of at most 100 characters")
                    .exception();
        }
        boolean isOwn = order.own().orElse(!call.may(Permission.ADMINISTER));
        var until = order.expires().map(text -> Since.ahead(text, clock.now()));
        var wanted = new Tokens.Wanted(
                order.name(),
                isOwn ? ownRole(call, order) : order.role().map(Role::of).orElse(Role.MAINTAINER),
                order.project(),
                isOwn ? own(call) : Optional.empty(),
                until);
        call.answer(201, new TokenList.Made(tokens.create(wanted)));
    }

    /// Of a token of the person who asks; without a word it does whatever this person may.
    private static Role ownRole(Call call, TokenList.Order order) {
        if (own(call).isEmpty()) {
            throw Problem.user("token.own", "'" + call.by() + "' is a program and has no tokens of its own")
                    .hint("log in as a person, or leave --own out")
                    .exception();
        }
        var role = order.role().map(Role::of).orElse(Role.OWNER);
        var may = call.identity().flatMap(identity -> identity.role(order.project()));
        if (order.role().isPresent()
                && may.filter(most -> most.compareTo(role) <= 0).isEmpty()) {
            throw Problem.user("token.role", "'" + call.by() + "' is no " + role.word() + ", so no token of theirs is")
                    .hint("leave --role out: the token may do what you may")
                    .exception();
        }
        return role;
    }

    private void revoke(Call call) {
        requireSome(call);
        var id = call.path("id");
        boolean isVisible = visible(call).stream().anyMatch(token -> token.id().equals(id));
        if (!isVisible || !tokens.revoke(id)) {
            throw Problem.user("token.unknown", "there is no token " + id)
                    .hint("`johwa tokens` lists them")
                    .exception();
        }
        call.nothing();
    }
}
