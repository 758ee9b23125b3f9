package dev.johwa.door.cli;

import dev.johwa.door.api.AlertList;
import dev.johwa.door.cli.Screen.Style;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Shows what is wrong now, and what is left of what apps promise their users over 30 days.",
            "What an app promises stands in johwa.yaml (slo:), or follows from what it kept in the 30 days before"
                    + " today. Exit code 1 when something is wrong."
        },
        footer = {"%nExample:", "  johwa alerts", "  johwa alerts shop --json"})
final class AlertsCommand extends RemoteVerb {
    @Nullable
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only of this project or PROJECT/APP.")
    String name;

    AlertsCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var list = client().figures().alerts(Optional.ofNullable(name));
        if (!toldAsJson(list)) {
            alerts(list.alerts());
            objectives(list.objectives());
            heartbeat(list.heartbeat());
        }
        return list.alerts().isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private void heartbeat(String state) {
        switch (state) {
            case "none" ->
                screen().progress("Nobody notices when this server is dead: johwa notify add heartbeat ADDRESS");
            case "failing" -> screen().progress("The heartbeat does not arrive; why: johwa notify");
            default -> {}
        }
    }

    private void alerts(List<AlertList.Alert> alerts) {
        if (alerts.isEmpty()) {
            screen().line(screen().style(Style.GREEN, "Nothing is wrong."));
            return;
        }
        screen().table(
                        List.of("SINCE", "KIND", "WHAT"),
                        alerts.stream()
                                .map(each -> List.of(
                                        Times.local(each.since()),
                                        screen().style(Style.RED, each.kind()),
                                        each.headline()))
                                .toList());
    }

    private void objectives(List<AlertList.Objective> objectives) {
        if (objectives.isEmpty()) {
            return;
        }
        screen().line("");
        screen().table(
                        List.of("APP", "PROMISED", "REQUESTS", "BAD", "LEFT", ""),
                        objectives.stream().map(this::row).toList());
    }

    private List<String> row(AlertList.Objective objective) {
        return List.of(
                InEnvironment.shown(objective.name(), objective.environment()),
                objective.text(),
                Long.toString(objective.requests()),
                Long.toString(objective.bad()),
                Long.toString(objective.left()),
                objective
                        .burning()
                        .map(rate ->
                                screen().style(Style.RED, String.format(Locale.ROOT, "used %.1f times too fast", rate)))
                        .orElse(objective.left() < 0 ? screen().style(Style.RED, "missed") : ""));
    }
}
