package dev.johwa.door.cli;

import dev.johwa.door.api.TokenList;
import dev.johwa.door.cli.local.OwnersToken;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Path;
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
                new Verb(Group.OPERATE, "new", "new", Create::new),
                new Verb(Group.OPERATE, "create", "create", Create::new),
                new Verb(Group.OPERATE, "revoke", "revoke", Revoke::new));
    }

    @Command(
            description = "Lists access tokens; their text is never shown again.",
            footer = {"%nExample:", "  johwa tokens", "  johwa tokens new ci --role maintainer --project shop"})
    static final class Tokens extends RemoteVerb {
        Tokens(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().tokens();
            if (!toldAsJson(list)) {
                screen().table(
                                List.of("ID", "NAME", "OF", "ROLE", "PROJECT", "CREATED", "LAST USED", "EXPIRES"),
                                list.tokens().stream().map(Tokens::row).toList());
            }
            return ExitCode.DONE;
        }

        private static List<String> row(TokenList.Item token) {
            return List.of(
                    token.id(),
                    token.name(),
                    token.person().orElse("a program"),
                    token.role(),
                    token.project().orElse("all"),
                    Times.local(token.createdAt()),
                    token.lastUsedAt().map(Times::local).orElse("never"),
                    token.expiresAt().map(Times::local).orElse("never"));
        }
    }

    @Command(
            description = "Makes an access token and shows it, this once.",
            footer = {
                "%nExample:",
                "  johwa tokens new laptop",
                "  johwa tokens new ci --project shop --expires 30d",
                "  sudo johwa tokens new --owner      on the server, when no token is left"
            })
    static final class Create extends RemoteVerb {
        @Parameters(
                arity = "0..1",
                paramLabel = "NAME",
                description = "What it is for, such as laptop; a program's token is shown so in history.")
        String name = "";

        @Nullable
        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "owner, maintainer or viewer; default: what you may, for a program maintainer.")
        String role;

        @Option(names = "--own", description = "Yours, not a program's; so it is unless you are an owner.")
        boolean own;

        @Nullable
        @Option(names = "--project", paramLabel = "PROJECT", description = "Only for this project.")
        String project;

        @Nullable
        @Option(names = "--expires", paramLabel = "T", description = "It holds so long (30d); default: until revoked.")
        String expires;

        @Option(names = "--owner", description = "An owner's, made in the data folder of this machine: asks no server.")
        boolean owner;

        @Nullable
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "With --owner: that folder (default: /var/lib/johwa where there is one, else ~/.johwa).")
        Path data;

        Create(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var made = new TokenList.Made(owner ? ownersToken() : asked());
            if (!toldAsJson(made)) {
                screen().line(made.token());
                screen().progress("It is shown this once. For git it is the password, for programs JOHWA_TOKEN.");
            }
            return ExitCode.DONE;
        }

        private String asked() {
            if (name.isEmpty()) {
                throw wrong("a token needs a name", "name whose it is: johwa tokens new ci");
            }
            if (data != null) {
                throw wrong("--data goes with --owner only", "add --owner, or leave --data out");
            }
            var order = new TokenList.Order(
                    name,
                    Optional.ofNullable(role),
                    Optional.ofNullable(project),
                    Optional.ofNullable(expires),
                    own ? Optional.of(true) : Optional.empty());
            return client().createToken(order);
        }

        private String ownersToken() {
            if (project != null || expires != null || role != null || own) {
                throw wrong(
                        "an owner's token is for everything and holds until it is revoked",
                        "leave --role, --own, --project and --expires out, or leave --owner out");
            }
            return OwnersToken.make(session, Optional.ofNullable(data), name.isEmpty() ? "owner" : name);
        }

        private static ProblemException wrong(String what, String instead) {
            return Problem.user("usage.tokens", what).hint(instead).exception();
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
