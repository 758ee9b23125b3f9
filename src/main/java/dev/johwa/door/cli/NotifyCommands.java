package dev.johwa.door.cli;

import dev.johwa.door.api.ReceiverList;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Who is told when something goes wrong.
final class NotifyCommands {
    private static final String KINDS =
            "releases, crashes, jobs, databases, backups, certificates, disk, objectives, saturation, figures, queue, outside, canaries, vulnerabilities, receivers (that cannot be told)";

    private NotifyCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.OPERATE, "list", "list", Notify::new),
                new Verb(Group.OPERATE, "add", "add", Add::new),
                new Verb(Group.OPERATE, "remove", "remove", Remove::new),
                new Verb(Group.OPERATE, "test", "test", Test::new),
                new Verb(Group.OPERATE, "mail", "mail", Mail::new));
    }

    @Command(
            description = {
                "Lists who is told when something goes wrong and when it is well again, and what was told lately.",
                "Each thing is told once when it begins and once when it is over."
            },
            footer = {
                "%nExample:",
                "  johwa notify",
                "  johwa notify add slack https://hooks.slack.com/services/… --project shop",
                "  johwa notify mail smtp://johwa@mail.example.com:587 --from johwa@example.com",
                "  johwa notify add mail ops@example.com",
                "  johwa notify test"
            })
    static final class Notify extends RemoteVerb {
        Notify(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().receivers().list();
            if (toldAsJson(list)) {
                return ExitCode.DONE;
            }
            if (list.receivers().isEmpty()) {
                screen().line("Nobody is told yet. Tell somebody: johwa notify add mail ops@example.com");
            } else {
                screen().table(
                                List.of("ID", "WAY", "ADDRESS", "OF", "WHAT", "STATE", "WAITING"),
                                list.receivers().stream().map(Notify::row).toList());
                list.receivers().forEach(this::tellTrouble);
            }
            list.mail().ifPresent(mail -> screen().line("mail: " + mail.server() + " from " + mail.from()));
            tellLately(list.lasting());
            return ExitCode.DONE;
        }

        private static List<String> row(ReceiverList.Item receiver) {
            return List.of(
                    receiver.id(),
                    receiver.way(),
                    receiver.address(),
                    receiver.project().orElse("everything"),
                    receiver.kinds().isEmpty() ? "all" : String.join(", ", receiver.kinds()),
                    receiver.state(),
                    Integer.toString(receiver.waiting()));
        }

        private void tellTrouble(ReceiverList.Item receiver) {
            if (receiver.state().equals("failing") || receiver.state().equals("stopped")) {
                screen().line("  " + screen().style(Style.RED, "! ") + trouble(receiver));
            }
        }

        private void tellLately(List<ReceiverList.Condition> lately) {
            if (!lately.isEmpty()) {
                screen().line("");
                screen().table(
                                List.of("SINCE", "UNTIL", "WHAT"),
                                lately.stream()
                                        .map(each -> List.of(
                                                Times.local(each.begun()),
                                                each.ended().map(Times::local).orElse("it lasts"),
                                                each.headline()))
                                        .toList());
            }
        }
    }

    /// What is wrong with a receiver, and what comes next.
    static String trouble(ReceiverList.Item receiver) {
        var since =
                receiver.failingSince().map(at -> " since " + Times.local(at)).orElse("");
        var next = receiver.nextTry()
                .map(at -> "next try " + Times.local(at))
                .orElse("nothing is sent any more until `johwa notify test " + receiver.id() + "` arrives");
        return receiver.address() + " cannot be told" + since + ": "
                + receiver.answer().orElse("") + "; " + next;
    }

    @Command(
            description = {
                "Tells somebody from now on. WAY is mail, webhook (signed by Standard Webhooks; the secret is shown"
                        + " once), slack (also Mattermost, and Discord's address with /slack at its end), or issue:",
                "issue opens one where a connected project has its home, for each thing that goes wrong, comments it and"
                        + " closes it when it is over. It needs no address but a project, and holds no lines of logs,"
                        + " since anybody may read it there.",
                "heartbeat calls an address as long as all is well (--every), such as one of healthchecks.io: when no"
                        + " call comes, that service tells you that this server is dead."
            },
            footer = {
                "%nExample:",
                "  johwa notify add mail ops@example.com",
                "  johwa notify add mail kim@example.com --project shop --only releases,crashes",
                "  johwa notify add webhook https://ops.example.com/johwa",
                "  johwa notify add slack https://hooks.slack.com/services/… --remind 24h",
                "  johwa notify add issue --project shop --only releases",
                "  johwa notify add heartbeat https://hc-ping.com/… --every 5m"
            })
    static final class Add extends RemoteVerb {
        @Parameters(index = "0", paramLabel = "WAY", description = "mail, webhook, slack, issue or heartbeat.")
        String way = "";

        @Nullable
        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "ADDRESS",
                description = "Of a mailbox, or the whole one of a webhook; none for issues.")
        String address;

        @Nullable
        @Option(
                names = "--project",
                paramLabel = "PROJECT",
                description = "Of this project only; default: of all, and of the platform.")
        String project;

        @Option(
                names = {"--only", "--kinds"},
                split = ",",
                paramLabel = "KIND",
                description = "Of these only: " + KINDS + ".")
        List<String> kinds = new ArrayList<>();

        @Nullable
        @Option(
                names = {"--remind", "--every"},
                paramLabel = "TIME",
                description = "Again after so long while it lasts, such as 24h; default: never."
                        + " How often a heartbeat calls; default: 1m.")
        String remind;

        Add(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var added = client().receivers()
                    .add(new ReceiverList.Order(
                            way,
                            Optional.ofNullable(address),
                            Optional.ofNullable(project),
                            kinds,
                            Optional.ofNullable(remind)));
            if (!toldAsJson(added)) {
                var receiver = added.receiver();
                screen().line(receiver.address()
                        + (receiver.way().equals("heartbeat")
                                ? " is called while all is well"
                                : " is told of "
                                        + receiver.project()
                                                .map(name -> "project " + name)
                                                .orElse("everything"))
                        + " from now on (" + receiver.id() + ")");
                added.secret().ifPresent(secret -> {
                    screen().line(secret);
                    screen().progress("It signs what is sent there (Standard Webhooks), and is shown this once.");
                });
                screen().progress("Try it: johwa notify test " + receiver.id());
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Tells somebody no more.",
            footer = {"%nExample:", "  johwa notify remove 3f2a1c", "  johwa notify remove ops@example.com"})
    static final class Remove extends RemoteVerb {
        @Parameters(paramLabel = "ID", description = "As `johwa notify` lists it; an address where only one has it.")
        String id = "";

        Remove(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            client().receivers().remove(id);
            if (!toldAsJson(Map.of("removed", id))) {
                screen().line("removed: " + id);
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Sends a word now, and tells what was answered. Without ID to all.",
            footer = {"%nExample:", "  johwa notify test", "  johwa notify test 3f2a1c"})
    static final class Test extends RemoteVerb {
        @Nullable
        @Parameters(arity = "0..1", paramLabel = "ID", description = "As `johwa notify` lists it.")
        String id;

        Test(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var all = client().receivers().list().receivers();
            var ids = id == null ? all.stream().map(ReceiverList.Item::id) : Stream.of(id);
            var answers = new ArrayList<ReceiverList.Answered>();
            var problems = new ArrayList<Problem>();
            ids.forEach(each -> test(each, answers, problems));
            if (answers.isEmpty() && problems.isEmpty()) {
                throw Problem.user("notify.nothing", "nobody is told yet, so there is nobody to try")
                        .hint("johwa notify add mail ops@example.com")
                        .exception();
            }
            if (!problems.isEmpty()) {
                throw new ProblemException(problems);
            }
            toldAsJson(Map.of("answers", answers));
            return ExitCode.DONE;
        }

        private void test(String each, List<ReceiverList.Answered> answers, List<Problem> problems) {
            try {
                var answered = client().receivers().test(each);
                answers.add(answered);
                if (!json) {
                    screen().line(answered.address() + " answered: " + answered.answer());
                }
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
    }

    @Command(
            description = {
                "Sets the server that takes letters. smtp:// begins with STARTTLS or sends nothing, smtps:// uses TLS"
                        + " from the start.",
                "The password is asked for, or is a line of standard input; it is kept encrypted."
            },
            footer = {
                "%nExample:",
                "  johwa notify mail smtp://johwa@mail.example.com:587 --from \"Johwa <johwa@example.com>\"",
                "  johwa notify mail smtps://johwa%%40example.com@mail.example.com --from johwa@example.com < password",
                "  johwa notify mail smtp://localhost:25 --from johwa@example.com      (no user, no password)",
                "  johwa notify mail --remove"
            })
    static final class Mail extends RemoteVerb {
        @Nullable
        @Parameters(arity = "0..1", paramLabel = "SERVER", description = "smtp://USER@HOST:PORT or smtps://….")
        String server;

        @Nullable
        @Option(names = "--from", paramLabel = "SENDER", description = "Who writes, such as johwa@example.com.")
        String from;

        @Option(names = "--plain", description = "Send in clear where the server has no STARTTLS.")
        boolean plain;

        @Nullable
        @Option(
                names = "--trust",
                paramLabel = "FILE",
                description = "Certificates in PEM that alone are trusted, for a server with one of its own.")
        Path trust;

        @Option(names = "--remove", description = "Send no letters any more.")
        boolean remove;

        Mail(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            if (remove) {
                client().receivers().removeMail();
                if (!toldAsJson(Map.of("removed", true))) {
                    screen().line("No letters are sent any more.");
                }
                return ExitCode.DONE;
            }
            return server == null ? show() : set(server);
        }

        private int show() {
            var known = client().receivers().list().mail();
            if (!toldAsJson(known.<Object>map(each -> each).orElse(Map.of()))) {
                screen().line(known.map(each -> each.server() + " from " + each.from() + ", safety: " + each.safety())
                        .orElse("No mail server is set: johwa notify mail smtp://USER@HOST:587 --from SENDER"));
            }
            return ExitCode.DONE;
        }

        private int set(String address) throws IOException {
            if (from == null) {
                throw Problem.user("usage.from", "letters need a sender")
                        .hint("--from johwa@example.com")
                        .exception();
            }
            var password = address.matches("smtps?://[^/@]+@.*") ? Optional.of(password()) : Optional.<String>empty();
            var set = client().receivers()
                    .setMail(new ReceiverList.MailOrder(address, from, password, plain, certificates()));
            if (!toldAsJson(set)) {
                screen().line("Letters go to " + set.server() + " from " + set.from());
                screen().progress("Tell somebody: johwa notify add mail ops@example.com");
            }
            return ExitCode.DONE;
        }

        private String password() throws IOException {
            return SecretInput.ask(
                    session,
                    "The password",
                    () -> Problem.user("mail.password", "no password was given")
                            .hint("give a line on standard input, or leave the user out of the address")
                            .exception());
        }

        private Optional<String> certificates() throws IOException {
            return trust == null
                    ? Optional.empty()
                    : Optional.of(Files.readString(session.folder().resolve(trust), StandardCharsets.ISO_8859_1));
        }
    }
}
