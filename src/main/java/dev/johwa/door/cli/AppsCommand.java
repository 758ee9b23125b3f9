package dev.johwa.door.cli;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        description = "Lists the apps of the server.",
        footer = {"%nExample:", "  johwa apps", "  johwa apps protect shop main", "  johwa apps delete shop"})
final class AppsCommand extends RemoteVerb {
    AppsCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var all = client().status(Optional.empty());
        if (!toldAsJson(all)) {
            table(screen(), all.apps());
        }
        return ExitCode.DONE;
    }

    static void table(Screen screen, List<AppList.App> apps) {
        if (apps.isEmpty()) {
            screen.line("No apps yet. Push one: johwa init, then git push johwa main");
            return;
        }
        screen.table(
                List.of("APP", "ENVIRONMENT", "STATE", "RELEASE", "COMMIT", "ADDRESS"),
                apps.stream().map(app -> row(screen, app)).toList());
    }

    private static List<String> row(Screen screen, AppList.App app) {
        return List.of(
                app.name(),
                app.environment(),
                state(screen, app.state()),
                app.release().isPresent() ? Integer.toString(app.release().getAsInt()) : "-",
                app.commit()
                        .map(commit -> commit.substring(0, Math.min(8, commit.length())))
                        .orElse("-"),
                app.url());
    }

    static String state(Screen screen, String state) {
        return switch (state) {
            case "live", "passed", "healthy", "done" -> screen.style(Style.GREEN, state);
            case "failed", "unhealthy" -> screen.style(Style.RED, state);
            case "deploying", "canary", "running", "queued", "starting" -> screen.style(Style.YELLOW, state);
            default -> screen.style(Style.FAINT, state);
        };
    }

    /// @param known the apps that there are
    static ProblemException unknown(AppName app, String environment, AppList known) {
        var elsewhere = known.apps().stream()
                .filter(each -> each.name().equals(app.toString()))
                .map(AppList.App::environment)
                .toList();
        return elsewhere.isEmpty()
                ? unknown(app.toString(), known)
                : Problem.user("app.unknown", "there is no app '" + app + "' in " + environment)
                        .hint(Near.question(environment, elsewhere).orElse("it is in " + String.join(", ", elsewhere)))
                        .exception();
    }

    /// @param known the apps that there are
    static ProblemException unknown(String name, AppList known) {
        var names = known.apps().stream().map(AppList.App::name).distinct().toList();
        return Problem.user("app.unknown", "there is no app '" + name + "'")
                .hint(Near.question(name, names).orElse("`johwa apps` lists them"))
                .exception();
    }
}
