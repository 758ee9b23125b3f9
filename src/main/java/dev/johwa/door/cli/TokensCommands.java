package dev.johwa.door.cli;

import dev.johwa.door.api.TokenList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Access tokens.
final class TokensCommands {
    private TokensCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.OPERATE, "list", "list", Tokens::new),
                new Verb(Group.OPERATE, "create", "create", Create::new),
                new Verb(Group.OPERATE, "revoke", "revoke", Revoke::new));
    }

    @Command(
            description = "Lists access tokens; their text is never shown again.",
            footer = {"%nExample:", "  johwa tokens", "  johwa tokens create ci --role developer --project shop"})
    static final class Tokens extends RemoteVerb {
        Tokens(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().tokens();
            if (!toldAsJson(list)) {
                screen().table(
                                List.of("ID", "NAME", "ROLE", "PROJECT", "CREATED", "LAST USED", "EXPIRES"),
                                list.tokens().stream().map(Tokens::row).toList());
            }
            return ExitCode.DONE;
        }

        private static List<String> row(TokenList.Item token) {
            return List.of(
                    token.id(),
                    token.name(),
                    token.role(),
                    token.project().orElse("all"),
                    Times.local(token.createdAt()),
                    token.lastUsedAt().map(Times::local).orElse("never"),
                    token.expiresAt().map(Times::local).orElse("never"));
        }
    }

    @Command(
            description = "Makes an access token and shows it, this once.",
            footer = {"%nExample:", "  johwa tokens create ci --project shop --expires 30d"})
    static final class Create extends RemoteVerb {
        @Parameters(paramLabel = "NAME", description = "Whose it is, as shown in history.")
        String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                defaultValue = "developer",
                description = "owner, developer or reader; default: developer.")
        String role = "developer";

        @Nullable
        @Option(names = "--project", paramLabel = "PROJECT", description = "Only for this project.")
        String project;

        @Nullable
        @Option(names = "--expires", paramLabel = "T", description = "It holds so long (30d); default: until revoked.")
        String expires;

        Create(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var order = new TokenList.Order(name, role, Optional.ofNullable(project), Optional.ofNullable(expires));
            var made = new TokenList.Made(client().createToken(order));
            if (!toldAsJson(made)) {
                screen().line(made.token());
                screen().progress("It is shown this once. For git it is the password, for programs JOHWA_TOKEN.");
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Revokes an access token; it is refused from now on.",
            footer = {"%nExample:", "  johwa tokens revoke aB3dE6gH"})
    static final class Revoke extends RemoteVerb {
        @Parameters(paramLabel = "ID", description = "As `johwa tokens` lists it.")
        String id = "";

        Revoke(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            client().revokeToken(id);
            if (!toldAsJson(Map.of("revoked", id))) {
                screen().line("revoked: " + id);
            }
            return ExitCode.DONE;
        }
    }
}
