package dev.johwa.door.cli;

import dev.johwa.door.api.IssueCalls;
import dev.johwa.door.api.IssueList;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Issues of a project.
final class IssuesCommands {
    private IssuesCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.LEARN, "list", "list", Issues::new),
                new Verb(Group.LEARN, "show", "show", Show::new),
                new Verb(Group.LEARN, "new", "new", New::new),
                new Verb(Group.LEARN, "comment", "comment", Comment::new),
                new Verb(Group.LEARN, "close", "close", Close::new),
                new Verb(Group.LEARN, "reopen", "reopen", Reopen::new),
                new Verb(Group.LEARN, "label", "label", Label::new),
                new Verb(Group.LEARN, "assign", "assign", Assign::new));
    }

    @Command(
            description = {
                "Lists issues of a project: what people wrote, and what goes wrong by itself.",
                "A commit whose message says `fixes #3` closes one when it is live in production."
            },
            footer = {
                "%nExample:",
                "  johwa issues list shop --label bug",
                "  johwa issues new shop \"Basket is empty after login\" --label bug",
                "  johwa issues show shop 3"
            })
    static final class Issues extends RemoteVerb {
        @Nullable
        @Parameters(arity = "0..1", paramLabel = "PROJECT", description = "Default: the remote named johwa.")
        String name;

        @Option(names = "--all", description = "Closed ones too.")
        boolean all;

        @Option(names = "--closed", description = "Closed ones only.")
        boolean closed;

        @Nullable
        @Option(names = "--label", paramLabel = "LABEL", description = "Those that have it.")
        String label;

        @Nullable
        @Option(names = "--assignee", paramLabel = "NAME", description = "Those that this person looks after.")
        String assignee;

        @Nullable
        @Option(names = "--text", paramLabel = "TEXT", description = "Those whose title or text holds this.")
        String text;

        @Option(names = "--after", paramLabel = "N", description = "Those with smaller numbers.")
        int after;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many; default: 50.")
        int limit;

        Issues(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var project = session.project(name);
            var wanted = new IssueCalls.Wanted(
                    all ? "all" : closed ? "closed" : "open",
                    Optional.ofNullable(label),
                    Optional.ofNullable(assignee),
                    Optional.ofNullable(text),
                    after,
                    limit);
            var list = client().issues().list(project, wanted);
            if (toldAsJson(list)) {
                return ExitCode.DONE;
            }
            screen().table(
                            List.of("#", "STATE", "TITLE", "LABELS", "ASSIGNEE", "COMMENTS", "UPDATED"),
                            list.issues().stream().map(this::row).toList());
            if (list.issues().isEmpty()) {
                screen().progress("None. To open one: johwa issues new " + project + " TITLE");
            }
            list.home().ifPresent(home -> screen().progress("Others are where the project has its home: " + home));
            list.next().ifPresent(next -> screen().progress("More: --after " + next));
            return ExitCode.DONE;
        }

        private List<String> row(IssueList.Item issue) {
            return List.of(
                    Integer.toString(issue.number()),
                    state(screen(), issue),
                    issue.title(),
                    String.join(", ", issue.labels()),
                    issue.assignee().orElse(""),
                    issue.comments() == 0 ? "" : Integer.toString(issue.comments()),
                    Times.local(issue.updatedAt()));
        }
    }

    private static String state(Screen screen, IssueList.Item issue) {
        return screen.style(issue.state().equals("open") ? Style.GREEN : Style.FAINT, issue.state());
    }

    /// About one issue.
    private abstract static class IssueVerb extends RemoteVerb {
        @Parameters(index = "0", paramLabel = "PROJECT", description = "Whose it is.")
        String name = "";

        @Parameters(index = "1", paramLabel = "NUMBER", description = "Its number, with or without #.")
        String number = "";

        IssueVerb(Session session) {
            super(session);
        }

        int number() {
            try {
                return Integer.parseInt(number.replaceFirst("^#", ""));
            } catch (NumberFormatException e) {
                throw Problem.user("usage.number", "'" + number + "' is no number of an issue")
                        .hint("such as 3; `johwa issues list " + name + "` lists them")
                        .exception();
            }
        }

        int change(IssueList.Change change) {
            return told(client().issues().change(name, number(), change));
        }

        int told(IssueList.Item issue) {
            if (!toldAsJson(issue)) {
                var labels = issue.labels().isEmpty() ? "" : " [" + String.join(", ", issue.labels()) + "]";
                var assignee = issue.assignee().map(who -> ", " + who).orElse("");
                screen().line("#" + issue.number() + " " + state(screen(), issue) + ": " + issue.title() + labels
                        + assignee);
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Shows an issue: what it says, what happened to it, where its change is.",
            footer = {"%nExample:", "  johwa issues show shop 3"})
    static final class Show extends IssueVerb {
        Show(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var whole = client().issues().show(name, number());
            if (toldAsJson(whole)) {
                return ExitCode.DONE;
            }
            told(whole.issue());
            screen().line("by " + whole.issue().author() + " "
                    + Times.local(whole.issue().createdAt()));
            tellText(whole.body());
            whole.entries().forEach(this::tell);
            whole.commits().forEach(this::tell);
            whole.way().ifPresent(this::tell);
            return ExitCode.DONE;
        }

        private void tellText(String text) {
            if (!text.isBlank()) {
                screen().line("");
                text.lines().forEach(line -> screen().line("  " + line));
            }
        }

        private void tell(IssueList.Entry entry) {
            boolean isComment = entry.kind().equals("commented");
            screen().line("");
            var what = isComment || entry.text().isEmpty() ? "" : ": " + entry.text();
            screen().line(screen().style(Style.FAINT, Times.local(entry.at())) + " " + entry.by() + " " + entry.kind()
                    + what);
            if (isComment) {
                tellText(entry.text());
            }
        }

        private void tell(IssueList.Commit commit) {
            var meaning = commit.closes() ? " settles it" : " names it";
            var live = commit.release()
                    .map(release -> ", live with release " + release)
                    .orElse("");
            screen().line("");
            screen().line(commit.id().substring(0, 8) + " " + commit.subject() + " (" + commit.author() + ")" + meaning
                    + live);
        }

        private void tell(IssueList.Way way) {
            screen().line("");
            screen().line("branches: "
                    + (way.branches().isEmpty() ? "none has all of it" : String.join(", ", way.branches())));
            screen().line("tested:   " + way.run().map(run -> "run " + run).orElse("not yet"));
            for (var place : way.places()) {
                var since = place.healthySince()
                        .map(at -> ", healthy since " + Times.local(at))
                        .orElse("");
                screen().line("released: " + place.app() + " (" + place.environment() + ") release " + place.release()
                        + (place.live() ? ", live" + since : ", not live now"));
            }
        }
    }

    @Command(
            description = "Opens an issue.",
            footer = {
                "%nExample:",
                "  johwa issues new shop \"Basket is empty after login\" --text \"Since release 41.\" --label bug",
                "  johwa issues new shop \"Basket is empty\" --text - < report.md"
            })
    static final class New extends RemoteVerb {
        @Parameters(index = "0", paramLabel = "PROJECT", description = "Whose it is.")
        String name = "";

        @Parameters(index = "1", paramLabel = "TITLE", description = "What is to be done, in a line.")
        String title = "";

        @Nullable
        @Option(names = "--text", paramLabel = "TEXT", description = "More, in Markdown; - reads standard input.")
        String text;

        @Nullable
        @Option(names = "--assignee", paramLabel = "NAME", description = "Who looks after it.")
        String assignee;

        @Option(names = "--label", paramLabel = "LABEL", split = ",", description = "Labels, also several times.")
        List<String> labels = new ArrayList<>();

        New(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            var order = new IssueList.Order(
                    title,
                    Optional.ofNullable(text == null ? null : read(session, text)),
                    Optional.ofNullable(assignee),
                    Optional.of(labels));
            var issue = client().issues().open(name, order);
            if (!toldAsJson(issue)) {
                screen().line("opened: #" + issue.number() + " " + issue.title());
            }
            return ExitCode.DONE;
        }
    }

    /// What was typed, or standard input for a dash.
    private static String read(Session session, String text) throws IOException {
        return text.equals("-") ? session.input() : text;
    }

    @Command(
            description = "Says something about an issue.",
            footer = {"%nExample:", "  johwa issues comment shop 3 \"Seen again with release 42.\""})
    static final class Comment extends IssueVerb {
        @Parameters(index = "2", paramLabel = "TEXT", description = "In Markdown; - reads standard input.")
        String text = "";

        Comment(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            return told(client().issues().comment(name, number(), read(session, text)));
        }
    }

    @Command(
            description = "Closes an issue.",
            footer = {"%nExample:", "  johwa issues close shop 3"})
    static final class Close extends IssueVerb {
        Close(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return change(IssueList.Change.to("closed"));
        }
    }

    @Command(
            description = "Opens an issue again.",
            footer = {"%nExample:", "  johwa issues reopen shop 3"})
    static final class Reopen extends IssueVerb {
        Reopen(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return change(IssueList.Change.to("open"));
        }
    }

    @Command(
            description = "Gives an issue labels, or takes them away.",
            footer = {
                "%nExample:",
                "  johwa issues label shop 3 bug urgent",
                "  johwa issues label shop 3 --remove urgent"
            })
    static final class Label extends IssueVerb {
        @Parameters(index = "2..*", paramLabel = "LABEL", description = "Those that it gets.")
        List<String> labels = new ArrayList<>();

        @Option(names = "--remove", paramLabel = "LABEL", split = ",", description = "Those that it loses.")
        List<String> removed = new ArrayList<>();

        Label(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return change(new IssueList.Change(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(labels),
                    Optional.of(removed)));
        }
    }

    @Command(
            description = "Says who looks after an issue; nobody when no name is given.",
            footer = {"%nExample:", "  johwa issues assign shop 3 kim"})
    static final class Assign extends IssueVerb {
        @Parameters(index = "2", arity = "0..1", paramLabel = "NAME", description = "Somebody who works here.")
        String assignee = "";

        Assign(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return change(new IssueList.Change(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(assignee == null ? "" : assignee),
                    Optional.empty(),
                    Optional.empty()));
        }
    }
}
