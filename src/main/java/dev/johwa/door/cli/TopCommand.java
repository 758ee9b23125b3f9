package dev.johwa.door.cli;

import dev.johwa.door.api.AlertList;
import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Client;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.OwnTerminal;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.text.Near;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Shows how apps do now: requests, errors and times of the last minute, what instances use, what is left of"
                    + " what is promised, what goes on.",
            "At a terminal it goes on until q; n r e t c m put rows in order by name, requests, errors, time, cores or"
                    + " memory. Elsewhere, and with --once or --json, it shows one look."
        },
        footer = {"%nExample:", "  johwa top", "  johwa top shop --once", "  johwa top --sort errors --json"})
final class TopCommand extends RemoteVerb {
    /// Objectives are of thirty days, so they are asked for seldom.
    private static final int ROUNDS = 15;

    @Nullable
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only of this project or PROJECT/APP.")
    String name;

    @Option(names = "--once", description = "One look, then the end.")
    boolean once;

    @Option(
            names = "--sort",
            paramLabel = "BY",
            defaultValue = "name",
            description = "name, requests, errors, time, cpu or memory; default: name.")
    String sort = "name";

    private int round;
    private AlertList alerts = new AlertList(List.of(), List.of(), "");

    TopCommand(Session session) {
        super(session);
    }

    /// What is shown, as a program reads it.
    record Look(List<TopRow> apps) {}

    @Override
    public Integer call() throws InterruptedException {
        var order = order();
        var client = client();
        var first = rows(client);
        if (toldAsJson(new Look(order.of(first)))) {
            return ExitCode.DONE;
        }
        var around = session.surroundings();
        var terminal =
                around.terminal() && around.in() == System.in ? OwnTerminal.find() : Optional.<OwnTerminal>empty();
        if (once || terminal.isEmpty()) {
            int columns =
                    terminal.map(OwnTerminal::size).map(TerminalSize::columns).orElse(Integer.MAX_VALUE);
            new TopTable(screen(), columns).lines(order.of(first)).forEach(screen()::line);
            return ExitCode.DONE;
        }
        return new TopScreen(session, terminal.get(), order).show(first, () -> rows(client));
    }

    private List<TopRow> rows(Client client) {
        var wanted = Optional.ofNullable(name);
        var apps = client.status(wanted.map(AppName::projectOf));
        var exact = wanted.filter(text -> text.contains("/"));
        var shown = apps.apps().stream()
                .filter(app -> exact.isEmpty() || exact.get().equals(app.name()))
                .toList();
        if (shown.isEmpty() && wanted.isPresent()) {
            throw AppsCommand.unknown(wanted.get(), client.status(Optional.empty()));
        }
        if (round++ % ROUNDS == 0) {
            alerts = client.figures().alerts(wanted);
        }
        var metrics = client.figures().metrics(wanted, Optional.empty(), "1m");
        return TopRow.all(
                new AppList(shown, Optional.empty(), List.of(), Optional.empty(), Optional.empty(), List.of()),
                metrics,
                alerts);
    }

    private TopRow.Order order() {
        var words = Arrays.stream(TopRow.Order.values()).map(TopRow.Order::word).toList();
        int chosen = words.indexOf(sort);
        if (chosen < 0) {
            throw Problem.user("usage.sort", "rows are not put in order by '" + sort + "'")
                    .hint(Near.question(sort, words).orElse("it is one of " + String.join(", ", words)))
                    .exception();
        }
        return TopRow.Order.values()[chosen];
    }
}
