package dev.johwa.door.cli.local;

import dev.johwa.door.api.Event;
import dev.johwa.door.api.Examination;
import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Checks what this machine has and lacks for the platform, each with the fix.",
            "With --deep the server reads all that it keeps: database, artifacts, repositories, secrets, certificates, folders;"
                    + " and whether what one names is there in another. Exit code 1 when something is broken."
        },
        footer = {
            "%nExample:",
            "  johwa doctor",
            "  johwa doctor --deep",
            "  johwa doctor --deep --data /srv/johwa     a platform that is down"
        })
final class DoctorCommand implements Callable<Integer> {
    private final Session session;
    private final BiFunction<Path, Consumer<String>, Examination> atRest;

    @Option(names = "--deep", description = "Look through all that the server keeps; it works on meanwhile.")
    boolean deep;

    @Nullable
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "With --deep: look at this folder of state on this machine, whose platform is down.")
    Path data;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    /// @param atRest looks through a data folder in which no platform works
    DoctorCommand(Session session, BiFunction<Path, Consumer<String>, Examination> atRest) {
        this.session = session;
        this.atRest = atRest;
    }

    private record Report(List<Check> checks) {}

    @Override
    public Integer call() {
        if (deep) {
            return new ExaminationScreen(session.screen()).tell(examination(), json);
        }
        if (data != null) {
            throw Problem.user("usage.data", "--data goes with --deep")
                    .hint("`johwa doctor --deep --data " + data + "` looks through that folder")
                    .exception();
        }
        var checks = new Checkup(session).all();
        if (json) {
            session.screen().line(Json.pretty(new Report(checks)));
        } else {
            checks.forEach(this::tell);
        }
        boolean missing = checks.stream().anyMatch(check -> check.state().equals("missing"));
        return missing ? ExitCode.NO : ExitCode.DONE;
    }

    private Examination examination() {
        Consumer<String> progress = json ? line -> {} : session.screen()::progress;
        return data == null
                ? session.client().examine(event -> tell(event, progress))
                : atRest.apply(session.data(data), progress);
    }

    private static void tell(Event event, Consumer<String> progress) {
        event.text().ifPresent(progress);
    }

    private void tell(Check check) {
        var screen = session.screen();
        var mark = switch (check.state()) {
            case "ok" -> screen.style(Style.GREEN, "ok     ");
            case "warning" -> screen.style(Style.YELLOW, "warning");
            default -> screen.style(Style.RED, "missing");
        };
        screen.line(mark + "  " + screen.style(Style.BOLD, String.format("%-10s", check.name())) + check.detail());
        check.fix().ifPresent(fix -> screen.line("         " + " ".repeat(10) + screen.style(Style.FAINT, "→ ") + fix));
    }
}
