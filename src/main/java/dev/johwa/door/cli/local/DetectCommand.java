package dev.johwa.door.cli.local;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Written;
import dev.johwa.source.detect.Applications.Application;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Explanation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Tells what a folder is, the commands that follow from it, and why.",
        footer = {"%nExample:", "  johwa detect . --explain", "  johwa detect services/api --json"})
final class DetectCommand implements Callable<Integer> {
    /// What starts where no command says it.
    static final String BY_IMAGE = "what the image starts";

    private static final Path HERE = Path.of(".");

    private final Session session;

    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".", description = "The folder; default: this one.")
    String folder = ".";

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;

    @Option(names = "--explain", description = "Also who was asked what it is, in order, and why not each was chosen.")
    boolean explain;

    DetectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var project = new Project(session, folder, null);
        if (!Files.isDirectory(project.folder())) {
            throw Problem.user("folder.unknown", project.folder() + " is a file")
                    .hint("name the folder in which it lies")
                    .exception();
        }
        if (explain) {
            return explain(project);
        }
        var composed = project.composed();
        if (!composed.isEmpty()) {
            several(List.copyOf(composed.values()));
            return ExitCode.DONE;
        }
        if (Configs.namesApps(project.file())) {
            return named(project);
        }
        var survey = project.survey();
        if (survey.found().size() > 1) {
            several(survey.found());
            project.composeProblems().forEach(problem -> session.screen().problem(problem.as(Severity.WARNING)));
            return ExitCode.DONE;
        }
        var detection = survey.found().isEmpty()
                ? project.detectItself()
                : survey.found().getFirst().detection();
        one(detection);
        project.composeProblems().forEach(problem -> session.screen().problem(problem.as(Severity.WARNING)));
        if (!json) {
            row("beside", listed(survey.beside()));
        }
        return ExitCode.DONE;
    }

    /// The apps that the file names, as what it says that they become.
    private int named(Project project) {
        var found = project.apps().entrySet().stream()
                .map(app -> new Application(
                        app.getKey(),
                        app.getValue(),
                        project.detect(app.getKey(), app.getValue(), "production"),
                        Set.of()))
                .toList();
        if (found.size() == 1) {
            one(found.getFirst().detection());
        } else {
            several(found);
        }
        return ExitCode.DONE;
    }

    private void one(Detection detection) {
        if (json) {
            session.screen().line(Json.pretty(DetectionDocument.of(detection)));
        } else {
            tell(detection);
        }
    }

    private static String listed(List<Application> applications) {
        return applications.stream()
                .map(each -> each.folder() + " (" + each.detection().language() + ")")
                .collect(Collectors.joining(", "));
    }

    /// In JSON each is in the form of a single one, with its name and folder.
    private void several(List<Application> found) {
        if (json) {
            var apps = found.stream().map(DetectionDocument::of).toList();
            session.screen().line(Json.pretty(Map.of("provider", "several", "apps", apps)));
            return;
        }
        session.screen().line(found.size() + " applications, each deployed under its own name");
        for (var each : found) {
            session.screen().line("");
            session.screen().line(each.name() + ", in " + each.folder());
            tell(each.detection());
        }
    }

    /// Of each application that is found; of the folder itself where that is what the file or an image makes of it.
    private int explain(Project project) {
        boolean isWritten =
                Configs.namesApps(project.file()) || !project.composed().isEmpty();
        var found = isWritten ? List.<Application>of() : project.survey().found();
        if (found.size() > 1) {
            severalExplained(project, found);
            return ExitCode.DONE;
        }
        var place = found.isEmpty() ? HERE : found.getFirst().folder();
        var detection =
                place.equals(HERE) ? project.detectItself() : found.getFirst().detection();
        if (json) {
            session.screen().line(Json.pretty(explained(DetectionDocument.of(detection), project.explain(place))));
        } else {
            explain(project.explain(place), detection);
        }
        return ExitCode.DONE;
    }

    private void severalExplained(Project project, List<Application> found) {
        if (json) {
            var apps = found.stream()
                    .map(each -> explained(DetectionDocument.of(each), project.explain(each.folder())))
                    .toList();
            session.screen().line(Json.pretty(Map.of("provider", "several", "apps", apps)));
            return;
        }
        for (var each : found) {
            session.screen().line(each.name() + ", in " + each.folder());
            explain(project.explain(each.folder()), each.detection());
            session.screen().line("");
        }
    }

    private static Map<String, Object> explained(Map<String, Object> document, Explanation explanation) {
        document.put("asked", explanation.asked());
        document.put("orderOfStarts", Explanation.ORDER_OF_STARTS);
        return document;
    }

    private void explain(Explanation explanation, Detection detection) {
        var screen = session.screen();
        screen.line("Asked in this order; the first that knows the folder is chosen:");
        explanation
                .asked()
                .forEach(each ->
                        screen.line("  %s %-15s%s".formatted(each.chosen() ? "*" : " ", each.provider(), each.why())));
        screen.line("Who says what starts, the strongest first: " + Explanation.ORDER_OF_STARTS);
        screen.line("");
        tell(detection);
    }

    private void tell(Detection detection) {
        var screen = session.screen();
        var version = detection.version().map(each -> " " + each).orElse("");
        screen.line(screen.style(Style.BOLD, detection.language() + version) + ", "
                + detection.service().name().toLowerCase(Locale.ROOT));
        detection.evidence().forEach(evidence -> screen.line("  " + evidence.file() + ": " + evidence.why()));
        DetectionDocument.fetched(detection).forEach(text -> row("fetch", text));
        row("install", Written.commands(detection.install()));
        row(
                "test",
                Written.commands(
                        detection.test().stream().map(Detection.Test::command).toList()));
        row("build", Written.commands(detection.build()));
        row("lint", Written.commands(detection.lint()));
        row("release", Written.commands(detection.release()));
        detection
                .start()
                .forEach((name, command) ->
                        row("start " + name, command.isEmpty() ? BY_IMAGE : Written.command(command)));
        detection
                .publish()
                .ifPresent(publish ->
                        row("serves", publish.folder() + (publish.fallback() ? ", index.html for unknown paths" : "")));
        detection.warnings().forEach(screen::problem);
    }

    private void row(String name, String text) {
        if (!text.isEmpty()) {
            session.screen().line("  %-14s%s".formatted(name, text));
        }
    }
}
