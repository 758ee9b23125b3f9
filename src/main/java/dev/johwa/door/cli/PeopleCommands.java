package dev.johwa.door.cli;

import dev.johwa.door.api.PeopleList;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The people who work on a server.
final class PeopleCommands {
    private PeopleCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.OPERATE, "list", "list", People::new),
                new Verb(Group.OPERATE, "invite", "invite", Invite::new),
                new Verb(Group.OPERATE, "accept", "accept", Accept::new),
                new Verb(Group.OPERATE, "role", "role", RoleChange::new),
                new Verb(Group.OPERATE, "reset", "reset", Reset::new),
                new Verb(Group.OPERATE, "withdraw", "withdraw", Withdraw::new),
                new Verb(Group.OPERATE, "remove", "remove", Remove::new));
    }

    private static String told(PeopleList.Grant grant) {
        return grant.role() + grant.project().map(project -> " of " + project).orElse("");
    }

    @Command(
            description = "Lists people with what they may do, and open invitations. Who is no owner sees themself.",
            footer = {"%nExample:", "  johwa people", "  johwa people invite kim --role maintainer"})
    static final class People extends RemoteVerb {
        People(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().people().list();
            if (toldAsJson(list)) {
                return ExitCode.DONE;
            }
            if (list.people().isEmpty() && list.invitations().isEmpty()) {
                screen().line("Nobody yet. Invite somebody: johwa people invite NAME --role maintainer");
                return ExitCode.DONE;
            }
            screen().table(
                            List.of("NAME", "MAY", "SINCE"),
                            list.people().stream().map(People::row).toList());
            list.invitations()
                    .forEach(invited -> screen().line("invited: " + invited.name() + " ("
                            + invited.role().map(PeopleCommands::told).orElse("new password") + ") by " + invited.by()
                            + ", until " + Times.local(invited.until())));
            return ExitCode.DONE;
        }

        private static List<String> row(PeopleList.Item person) {
            var roles = person.roles().stream().map(PeopleCommands::told).collect(Collectors.joining(", "));
            return List.of(person.name(), roles.isEmpty() ? "nothing" : roles, Times.local(person.since()));
        }
    }

    @Command(
            description =
                    "Makes a link by which somebody comes in once, within 7 days. It is shown this once; inviting "
                            + "the same name again makes another, and the earlier one holds no longer.",
            footer = {
                "%nExample:",
                "  johwa people invite kim --role maintainer",
                "  johwa people invite lee --role viewer --project shop"
            })
    static final class Invite extends RemoteVerb {
        @Parameters(paramLabel = "NAME", description = "As shown in history; who comes in may choose another.")
        String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                description = "viewer (looks), maintainer (pushes, deploys, sets), or owner (everything).")
        String role = "";

        @Nullable
        @Option(names = "--project", paramLabel = "PROJECT", description = "In this project only.")
        String project;

        Invite(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            show(this, client().people().invite(new PeopleList.Order(name, role, Optional.ofNullable(project))));
            return ExitCode.DONE;
        }
    }

    private static void show(RemoteVerb verb, PeopleList.Link link) {
        if (!verb.toldAsJson(link)) {
            verb.screen().line(link.link());
            verb.screen()
                    .progress("It lets " + link.name() + " in once, until " + Times.local(link.until())
                            + ", and is shown this once.");
        }
    }

    @Command(
            description = "Comes in by a link that somebody sent: chooses a password and keeps the login. The password "
                    + "is asked for, or is a line of standard input.",
            footer = {"%nExample:", "  johwa people accept https://johwa.example.com/-/invitations/jhi_…"})
    static final class Accept extends RemoteVerb {
        private static final Pattern LINK = Pattern.compile("(https?://[^/]+)/-/invitations/([A-Za-z0-9_]+)/?");

        @Parameters(paramLabel = "LINK", description = "The whole link.")
        String link = "";

        @Nullable
        @Option(names = "--name", paramLabel = "NAME", description = "Yours; default: the one that was invited.")
        String name;

        Accept(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            var parts = LINK.matcher(link);
            if (!parts.matches()) {
                throw Problem.user("usage.link", "'" + link + "' is no link of an invitation")
                        .hint("give the whole link, as it was sent: http…/-/invitations/…")
                        .exception();
            }
            var server = parts.group(1);
            var password = SecretInput.ask(
                    session,
                    "A new password",
                    () -> Problem.user("people.password", "no password was given")
                            .hint("give a line on standard input")
                            .exception());
            var token = session.stranger(server)
                    .people()
                    .acceptInvitation(new PeopleList.Acceptance(parts.group(2), Optional.ofNullable(name), password));
            var file = new Logins(session.surroundings()).keep(new Logins.Login(server, token));
            if (!toldAsJson(Map.of("server", server, "file", file.toString()))) {
                screen().line("logged in to " + server + " (kept in " + file + ")");
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "role",
            description = "Changes what somebody may do, from their next request on.",
            footer = {
                "%nExample:",
                "  johwa people role kim viewer",
                "  johwa people role kim maintainer --project shop",
                "  johwa people role kim none --project shop"
            })
    static final class RoleChange extends RemoteVerb {
        @Parameters(index = "0", paramLabel = "NAME", description = "Who.")
        String name = "";

        @Parameters(index = "1", paramLabel = "ROLE", description = "owner, maintainer, viewer or none.")
        String role = "";

        @Nullable
        @Option(names = "--project", paramLabel = "PROJECT", description = "In this project only; default: everywhere.")
        String project;

        RoleChange(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var person = client().people().changeRole(name, new PeopleList.Change(role, Optional.ofNullable(project)));
            if (!toldAsJson(person)) {
                var row = People.row(person);
                screen().line(row.get(0) + ": " + row.get(1));
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Makes a link by which somebody chooses a new password, once, within 7 days.",
            footer = {"%nExample:", "  johwa people reset kim"})
    static final class Reset extends RemoteVerb {
        @Parameters(paramLabel = "NAME", description = "Who forgot theirs.")
        String name = "";

        Reset(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            show(this, client().people().resetPassword(name));
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Withdraws a link that was made for somebody: an invitation, or one for a new password.",
            footer = {"%nExample:", "  johwa people withdraw kim"})
    static final class Withdraw extends RemoteVerb {
        @Parameters(paramLabel = "NAME", description = "For whom it was made.")
        String name = "";

        Withdraw(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            client().people().withdrawInvitation(name);
            if (!toldAsJson(Map.of("withdrawn", name))) {
                screen().line("withdrawn: the link for " + name);
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Removes somebody: sessions and access tokens end at once. Of somebody who was invited only, "
                    + "the link holds no longer.",
            footer = {"%nExample:", "  johwa people remove kim"})
    static final class Remove extends RemoteVerb {
        @Parameters(paramLabel = "NAME", description = "Who.")
        String name = "";

        Remove(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            client().people().remove(name);
            if (!toldAsJson(Map.of("removed", name))) {
                screen().line("removed: " + name);
            }
            return ExitCode.DONE;
        }
    }
}
