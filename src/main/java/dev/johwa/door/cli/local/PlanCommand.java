package dev.johwa.door.cli.local;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Origin;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Shows the whole process of a folder on one page: what is tested, built, verified and released where.",
        footer = {"%nExample:", "  johwa plan", "  johwa plan services/api --json"})
final class PlanCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".", description = "The folder; default: this one.")
    String folder = ".";

    @Option(names = "--environment", paramLabel = "E", description = "Of this environment; default: production.")
    String environment = "production";

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    PlanCommand(Session session) {
        this.session = session;
    }

    /// A line of the plan.
    private record Step(String name, String what, String origin) {}

    private record AppPlan(String app, List<Step> steps) {}

    @Override
    public Integer call() {
        var project = new Project(session, folder);
        var plans = new ArrayList<AppPlan>();
        project.apps().forEach((app, place) -> plans.add(plan(project, app, place)));
        if (json) {
            session.screen().line(Json.pretty(Map.of("apps", plans)));
        } else {
            plans.forEach(this::tell);
        }
        return ExitCode.DONE;
    }

    private AppPlan plan(Project project, String app, Path place) {
        var detection = project.detect(place);
        var resolved = project.resolve(app, place, environment);
        var settings = resolved.settings();
        var why = detection.evidence().isEmpty()
                ? ""
                : detection.evidence().getFirst().file();
        var steps = new LinkedHashMap<String, Step>();
        add(
                steps,
                "detect",
                detection.language()
                        + detection.version().map(each -> " " + each).orElse(""),
                why);
        add(steps, "install", Commands.all(settings.install()), "convention");
        var tests = settings.test().stream().map(Detection.Test::command).toList();
        add(steps, "test", tests.isEmpty() ? "no tests found" : Commands.all(tests), origin(resolved, "test"));
        add(steps, "build", Commands.all(settings.build()), origin(resolved, "build"));
        add(
                steps,
                "artifact",
                "an image of " + (place.toString().equals(".") ? "the repository" : place),
                "convention");
        add(steps, "release", Commands.all(settings.release()), origin(resolved, "release"));
        addService(steps, resolved);
        return new AppPlan(app, List.copyOf(steps.values()));
    }

    private void addService(Map<String, Step> steps, Configs.Resolved resolved) {
        var settings = resolved.settings();
        settings.processes()
                .forEach((name, command) -> add(
                        steps,
                        "start " + name,
                        Commands.text(command) + (name.equals("web") ? "  × " + settings.instances() : ""),
                        origin(resolved, "start")));
        add(
                steps,
                "healthy",
                settings.health().path().orElse("the port answers") + ", within "
                        + Commands.plain(settings.health().within()),
                origin(resolved, "health.within"));
        add(
                steps,
                "verify",
                settings.verify().isEmpty() ? "/ answers below 500" : Commands.all(settings.verify()),
                origin(resolved, "verify"));
        add(steps, "target", settings.target() + ", " + environment, origin(resolved, "target"));
        add(steps, "secrets", String.join(", ", settings.secrets()), origin(resolved, "secrets"));
        add(steps, "data", String.join(", ", settings.data()), origin(resolved, "data"));
    }

    private static void add(Map<String, Step> steps, String name, String what, String origin) {
        if (!what.isEmpty()) {
            steps.put(name, new Step(name, what, origin));
        }
    }

    private static String origin(Configs.Resolved resolved, String path) {
        Origin origin = resolved.origins().get(path);
        return origin == null || origin.where() == null
                ? "convention"
                : origin.where().toString();
    }

    private void tell(AppPlan plan) {
        var screen = session.screen();
        screen.line(screen.style(Style.BOLD, plan.app()));
        for (var step : plan.steps()) {
            screen.line(
                    "  %-14s%-54s %s".formatted(step.name(), step.what(), screen.style(Style.FAINT, step.origin())));
        }
    }
}
