package dev.johwa.door.cli;

import dev.johwa.door.api.IncidentList;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is wrong, by its cause.
final class IncidentsCommands {
    private IncidentsCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.LEARN, "list", "list", Incidents::new),
                new Verb(Group.LEARN, "show", "show", Show::new),
                new Verb(Group.LEARN, "ack", "ack", Acknowledge::new),
                new Verb(Group.LEARN, "silence", "silence", Silence::new),
                new Verb(Group.LEARN, "resolve", "resolve", Resolve::new));
    }

    @Command(
            description = {
                "Lists incidents: what is wrong with an app in an environment, or with the platform, as one thing from"
                        + " its first bad minute to its recovery, however many alerts tell of it.",
                "Exit code 1 when one lasts."
            },
            footer = {
                "%nExample:",
                "  johwa incidents list shop --all",
                "  johwa incidents show 12",
                "  johwa incidents silence 12 2h \"the disk is changed\""
            })
    static final class Incidents extends RemoteVerb {
        @Nullable
        @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only of this project or PROJECT/APP.")
        String name;

        @Option(names = "--all", description = "Those that are over too.")
        boolean all;

        Incidents(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().incidents().list(Optional.ofNullable(name), all ? "all" : "lasting");
            boolean lasts =
                    list.incidents().stream().anyMatch(each -> !each.state().equals("resolved"));
            if (!toldAsJson(list)) {
                tell(list.incidents());
            }
            return lasts ? ExitCode.NO : ExitCode.DONE;
        }

        private void tell(List<IncidentList.Item> incidents) {
            if (incidents.isEmpty()) {
                screen().line(screen().style(Style.GREEN, all ? "Nothing was wrong." : "Nothing is wrong."));
                return;
            }
            screen().table(
                            List.of("#", "STATE", "SINCE", "LASTED", "WHAT"),
                            incidents.stream().map(this::row).toList());
        }

        private List<String> row(IncidentList.Item incident) {
            return List.of(
                    Integer.toString(incident.number()),
                    state(screen(), incident),
                    Times.local(incident.since()),
                    incident.endedAt()
                            .map(end -> Times.between(incident.since(), end))
                            .orElse(""),
                    incident.headline());
        }
    }

    private static String state(Screen screen, IncidentList.Item incident) {
        var style = incident.state().equals("resolved") ? Style.FAINT : Style.RED;
        return screen.style(style, incident.state());
    }

    /// About one incident.
    private abstract static class IncidentVerb extends RemoteVerb {
        @Parameters(index = "0", paramLabel = "NUMBER", description = "As `johwa incidents` tells it.")
        String number = "";

        IncidentVerb(Session session) {
            super(session);
        }

        int number() {
            try {
                return Integer.parseInt(number.replaceFirst("^#", ""));
            } catch (NumberFormatException e) {
                throw Problem.user("usage.number", "'" + number + "' is no number of an incident")
                        .hint("such as 12; `johwa incidents --all` lists them")
                        .exception();
            }
        }

        int told(IncidentList.Item incident) {
            if (!toldAsJson(incident)) {
                var silence = incident.silencedUntil()
                        .map(until -> ", silent until " + Times.local(until))
                        .orElse("");
                screen().line(incident.state() + ": " + incident.number() + " " + incident.title() + silence);
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Shows an incident with its time line.",
            footer = {"%nExample:", "  johwa incidents show 12"})
    static final class Show extends IncidentVerb {
        Show(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var whole = client().incidents().show(number());
            if (!toldAsJson(whole)) {
                tell(whole);
            }
            return ExitCode.DONE;
        }

        private void tell(IncidentList.Whole whole) {
            var incident = whole.incident();
            screen().line("#" + incident.number() + " " + state(screen(), incident) + "  " + incident.title());
            screen().line(incident.headline());
            incident.release().ifPresent(release -> screen().line("by release " + release));
            incident.acknowledgedBy().ifPresent(by -> screen().line(by + " takes care of it"));
            incident.silencedUntil().ifPresent(until -> screen().line("silent until " + Times.local(until)));
            incident.endedAt()
                    .ifPresent(end -> screen().line("lasted " + Times.between(incident.since(), end) + ": "
                            + incident.over().orElse("")));
            screen().line("");
            screen().table(
                            List.of("AT", "", "WHAT"),
                            whole.story().stream()
                                    .map(each -> List.of(Times.local(each.at()), each.what(), each.words()))
                                    .toList());
        }
    }

    @Command(
            description = {"Takes care of an incident: nobody is reminded of it.", "It lasts until it is well again."},
            footer = {"%nExample:", "  johwa incidents ack 12"})
    static final class Acknowledge extends IncidentVerb {
        Acknowledge(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            return told(client().incidents().acknowledge(number()));
        }
    }

    @Command(
            description = "Tells nobody of an incident for a time, up to 30 days.",
            footer = {"%nExample:", "  johwa incidents silence 12 2h \"the disk is changed\""})
    static final class Silence extends IncidentVerb {
        @Parameters(index = "1", paramLabel = "LENGTH", description = "Such as 30m, 2h or 1d.")
        String length = "";

        @Nullable
        @Parameters(index = "2", arity = "0..1", paramLabel = "REASON", description = "What the time line says.")
        String reason;

        Silence(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var silence = new IncidentList.Silence(length, Optional.ofNullable(reason));
            return told(client().incidents().silence(number(), silence));
        }
    }

    @Command(
            description = "Ends an incident, whatever still shows; what shows anew opens it again.",
            footer = {"%nExample:", "  johwa incidents resolve 12 \"the supplier is back\""})
    static final class Resolve extends IncidentVerb {
        @Nullable
        @Parameters(index = "1", arity = "0..1", paramLabel = "REASON", description = "What the time line says.")
        String reason;

        Resolve(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var resolution = new IncidentList.Resolution(Optional.ofNullable(reason));
            return told(client().incidents().resolve(number(), resolution));
        }
    }
}
