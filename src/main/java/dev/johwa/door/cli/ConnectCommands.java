package dev.johwa.door.cli;

import dev.johwa.door.api.ConnectionList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Projects whose home is a git host elsewhere.
final class ConnectCommands {
    private ConnectCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.PROJECT, "list", "list", Listing::new),
                new Verb(Group.PROJECT, "sync", "sync", Sync::new),
                new Verb(Group.PROJECT, "approve", "approve", Approve::new),
                new Verb(Group.PROJECT, "hook", "hook", Hook::new),
                new Verb(Group.PROJECT, "remove", "remove", Remove::new));
    }

    /// Of one project that is connected.
    abstract static class ConnectionVerb extends RemoteVerb {
        @Nullable
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "PROJECT",
                description = "The project; default: the remote named johwa.")
        String name;

        ConnectionVerb(Session session) {
            super(session);
        }

        String project() {
            return session.project(name);
        }
    }

    private static void show(Screen screen, List<ConnectionList.Item> connections) {
        screen.table(
                List.of("PROJECT", "FROM", "STATE", "SINCE", "LOOKED AT", "HEARS BY"),
                connections.stream().map(ConnectCommands::row).toList());
        connections.forEach(each -> details(screen, each));
    }

    private static List<String> row(ConnectionList.Item each) {
        return List.of(
                each.project(),
                each.url().replaceFirst("^https://", ""),
                each.state(),
                Times.local(each.since()),
                each.lookedAt().map(Times::local).orElse("never"),
                each.follow());
    }

    private static void details(Screen screen, ConnectionList.Item each) {
        var lines = new ArrayList<String>();
        each.note().ifPresent(lines::add);
        each.why().ifPresent(lines::add);
        each.until().ifPresent(until -> lines.add("is tried again at " + Times.local(until)));
        each.next().ifPresent(next -> lines.add("next: " + next));
        lines.addAll(each.waiting());
        lines.forEach(line -> screen.progress(each.project() + ": " + line));
    }

    @Command(
            description = {
                "Follows a repository elsewhere: what is pushed there is tested and shipped from here, and the host is"
                        + " told how it fares.",
                "Without an address it lists what is connected, like `johwa connect list`; with options and no address"
                        + " it takes that of this repository's remote named origin.",
                "",
                "A token may read the repository (GitHub: Contents and Pull requests, read) and, to tell of runs and"
                        + " hear of pushes, write Commit statuses, Deployments and Webhooks; Issues, so that what goes"
                        + " wrong opens one there."
            },
            footer = {
                "%nExample:",
                "  johwa connect https://github.com/acme/shop --with-token < token.txt",
                "  johwa connect --with-token < token.txt     the repository of this folder's origin",
                "  johwa connect git@git.example.com:acme/shop.git --deploy-key",
                "  johwa connect approve shop 7     lets the commit of a fork's proposal run"
            })
    static final class Connect extends RemoteVerb {
        @Nullable
        @Parameters(arity = "0..1", paramLabel = "URL", description = "Such as https://github.com/acme/shop.")
        String url;

        @Nullable
        @Option(names = "--name", paramLabel = "NAME", description = "The project's name here; default: as there.")
        String name;

        @Option(names = "--with-token", description = "Asks for a token of the host, or reads it from standard input.")
        boolean withToken;

        @Option(names = "--deploy-key", description = "Makes a key for it (ssh), and shows the half that goes there.")
        boolean deployKey;

        @Option(names = "--after-checks", description = "Commits wait until the checks of the host itself have passed.")
        boolean afterChecks;

        @Nullable
        @Option(
                names = "--webhook",
                paramLabel = "URL",
                description = "Where the host reaches this server, or 'none'; default: its own name.")
        String webhook;

        Connect(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            boolean isAsked = withToken || deployKey || afterChecks || name != null || webhook != null;
            if (url == null && !isAsked) {
                return new Listing(session).list(json);
            }
            var address = url == null ? origin() : url;
            var token = withToken ? Optional.of(SecretInput.ask(session, "Token", Connect::noToken)) : noneGiven();
            var made = client().connections()
                    .connect(
                            new ConnectionList.Order(
                                    address,
                                    Optional.ofNullable(name),
                                    token,
                                    deployKey,
                                    afterChecks,
                                    Optional.ofNullable(webhook)),
                            this::tell);
            if (!json) {
                tell(made);
            }
            return ExitCode.DONE;
        }

        /// Without the credentials that some clones carry.
        private String origin() {
            var argv = List.of("git", "-C", session.folder().toString(), "remote", "get-url", "origin");
            return new Programs(session.surroundings())
                    .firstLine(argv)
                    .map(text -> text.replaceFirst("^(https?://)[^/@]*@", "$1"))
                    .orElseThrow(() -> Problem.user(
                                    "usage.address", "no address was given, and this folder has no remote named origin")
                            .hint("name it: johwa connect https://github.com/acme/shop")
                            .exception());
        }

        private static Optional<String> noneGiven() {
            return Optional.empty();
        }

        private static ProblemException noToken() {
            return Problem.user("usage.token", "no token was given")
                    .hint("give it on standard input: johwa connect URL --with-token < token.txt")
                    .exception();
        }

        private void tell(ConnectionList.Made made) {
            var connection = made.connection();
            var project = connection.project();
            if (connection.state().equals("connected")) {
                screen().line("connected: " + project + " follows " + connection.url());
            } else {
                screen().line("not yet connected: " + project + " waits for " + connection.url());
            }
            if (!connection.state().equals("connected")
                    && connection.deployKey().isPresent()) {
                screen().line("Add this deploy key there, for reading, and then: johwa connect sync " + project);
                screen().line("  " + connection.deployKey().get());
                return;
            }
            details(screen(), connection);
            if (made.byHand()) {
                tellHook(screen(), client().connections().hook(project));
            }
        }
    }

    private static void tellHook(Screen screen, ConnectionList.Hook hook) {
        screen.line("To hear of pushes at once, add a webhook there (pushes and pull requests, application/json):");
        screen.line("  URL     " + hook.url());
        screen.line("  secret  " + hook.secret());
    }

    @Command(
            description = "Lists connected projects: how each stands, since when, what waits.",
            footer = {"%nExample:", "  johwa connect list", "  johwa connect list --json"})
    static final class Listing extends RemoteVerb {
        Listing(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return list(json);
        }

        private int list(boolean asJson) {
            json = asJson;
            var list = client().connections().list();
            if (!toldAsJson(list)) {
                show(screen(), list.connections());
                if (list.connections().isEmpty()) {
                    screen().progress("Nothing is connected: johwa connect https://github.com/acme/shop");
                }
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Looks at the host now and fetches what moved.",
            footer = {"%nExample:", "  johwa connect sync shop"})
    static final class Sync extends ConnectionVerb {
        Sync(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var connection = client().connections().sync(project(), this::tell);
            if (!json) {
                show(screen(), List.of(connection));
            }
            return connection.state().equals("connected") ? ExitCode.DONE : ExitCode.NO;
        }
    }

    @Command(
            description = {
                "Lets the commit run that a fork proposes, as a preview without secrets of the project.",
                "Look at what it changes first: its code runs on this server. The next commit asks again."
            },
            footer = {"%nExample:", "  johwa connect approve shop 7"})
    static final class Approve extends RemoteVerb {
        @Parameters(index = "0", paramLabel = "PROJECT", description = "The project.")
        String project = "";

        @Parameters(index = "1", paramLabel = "NUMBER", description = "Of the proposal, as the host counts it.")
        int number;

        Approve(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var pull = client().connections().approve(project, number);
            if (!toldAsJson(pull)) {
                screen().line("approved: #" + pull.number() + " of " + pull.author() + " at "
                        + pull.commit().substring(0, 8));
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = {
                "Shows what the host is given so that it sends webhooks.",
                "With --rotate it gets another secret; the one before holds until the first webhook that is signed with"
                        + " the new one, so none is lost."
            },
            footer = {"%nExample:", "  johwa connect hook shop", "  johwa connect hook shop --rotate"})
    static final class Hook extends ConnectionVerb {
        @Option(names = "--rotate", description = "Make another secret, and give it to the host where it lets us.")
        boolean rotate;

        Hook(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            if (rotate) {
                rotate();
                return ExitCode.DONE;
            }
            var hook = client().connections().hook(project());
            if (!toldAsJson(hook)) {
                tellHook(screen(), hook);
            }
            return ExitCode.DONE;
        }

        private void rotate() {
            var rotated = client().connections().rotateHook(project());
            if (toldAsJson(rotated)) {
                return;
            }
            if (rotated.why().isEmpty()) {
                screen().line("The host has another secret; the one before holds until the next webhook.");
                return;
            }
            screen().progress("The host was not given it: " + rotated.why().get());
            screen().line("Put this secret into the webhook there; the one before holds until the first that is signed"
                    + " with it:");
            screen().line("  URL     " + rotated.hook().url());
            screen().line("  secret  " + rotated.hook().secret());
        }
    }

    @Command(
            description = "Ends it: the project stays with what was fetched, and is pushed to from then on.",
            footer = {"%nExample:", "  johwa connect remove shop"})
    static final class Remove extends ConnectionVerb {
        Remove(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var removed = client().connections().remove(project(), this::tell);
            if (!json) {
                screen().line("no longer connected: " + removed.project());
            }
            return ExitCode.DONE;
        }
    }
}
