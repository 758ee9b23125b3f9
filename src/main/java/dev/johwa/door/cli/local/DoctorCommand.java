package dev.johwa.door.cli.local;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = "Checks what this machine has and lacks for the platform, each with the fix.",
        footer = {"%nExample:", "  johwa doctor", "  johwa doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    DoctorCommand(Session session) {
        this.session = session;
    }

    private record Report(List<Check> checks) {}

    @Override
    public Integer call() {
        var checks = new Checkup(session).all();
        if (json) {
            session.screen().line(Json.pretty(new Report(checks)));
        } else {
            checks.forEach(this::tell);
        }
        boolean missing = checks.stream().anyMatch(check -> check.state().equals("missing"));
        return missing ? ExitCode.NO : ExitCode.DONE;
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
