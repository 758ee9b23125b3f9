package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.RunExecution.Attempt;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Programs;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Configs.Wanted;
import dev.johwa.source.config.ProjectFile;
import dev.johwa.source.config.Settings;
import dev.johwa.source.config.Values;
import dev.johwa.source.detect.Applications;
import dev.johwa.source.detect.Applications.Application;
import dev.johwa.source.detect.ComposeApps;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detector.Wish;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the apps of a commit, those that johwa.yaml names or else those that are there, and what to do for each. Used
/// by one thread.
final class Jobs {
    private static final String NO_FILE = "dockerfile.missing";

    private final Rooms rooms;
    private final Delivery delivery;
    private final Attempt attempt;
    private final Stages stages;
    private final Path source;
    private final ProjectFile file;

    /// @param delivery knows where apps run now
    Jobs(Rooms rooms, Delivery delivery, Attempt attempt, Stages stages, Path source) {
        this.rooms = rooms;
        this.delivery = delivery;
        this.attempt = attempt;
        this.stages = stages;
        this.source = source;
        this.file = rooms.repositories()
                .file(attempt.run().project(), attempt.run().commit(), RefPolicy.FILE)
                .map(text -> Configs.parse(RefPolicy.FILE, text))
                .orElseGet(ProjectFile::none);
    }

    /// Whether the project wrote down its apps: what a person put in an order keeps it.
    boolean areWritten() {
        return Configs.namesApps(file);
    }

    List<Job> find() {
        var project = attempt.run().project();
        tellWhoDecides();
        if (areWritten()) {
            return written(rooms.configs().apps(file, project));
        }
        var survey = survey(project);
        var composed = composed(survey.found());
        if (composed.isPresent()) {
            stages.tellApps(composed.get().stream().map(Application::name).toList());
            return composed.get().stream().map(this::job).toList();
        }
        if (survey.found().isEmpty()) {
            return written(Map.of(project, Path.of(".")));
        }
        tell(survey.found());
        var jobs = survey.found().stream().map(this::job).toList();
        if (!survey.beside().isEmpty()) {
            attempt.log()
                    .say("  note      " + place(survey.found().getFirst())
                            + " is the application; to deploy these too, name them under 'apps' in " + RefPolicy.FILE
                            + ": " + listed(survey.beside()));
        }
        return jobs;
    }

    private Optional<List<Application>> composed(List<Application> others) {
        var run = attempt.run();
        var written = Configs.target(file);
        var environment = attempt.order().environment();
        var target = written.or(() -> delivery.target(run.project(), run.project(), environment));
        if (!Configs.wish(file, run.project()).equals(Wish.USUAL)) {
            return Optional.empty();
        }
        var serving = new ComposeChoice.Serving(target, delivery.isComposed(run.project(), environment));
        return new ComposeChoice(rooms.detector(), rooms.builds()::trouble, compose(), attempt.log()::say)
                .choose(others, serving);
    }

    /// What a branch says of itself does not hold before it is merged, see [RefPolicy].
    private void tellWhoDecides() {
        if (!attempt.run().ref().startsWith("refs/heads/")) {
            return;
        }
        var branch = attempt.run().branch();
        var main = rooms.repositories().defaultBranch(attempt.run().project());
        var said = rooms.configs().environmentOf(file, branch, main);
        var layer = attempt.order().layer();
        if (main.isPresent() && !layer.equals(said)) {
            attempt.log()
                    .say("  note      " + RefPolicy.FILE + " sends " + branch + " to " + said + " here, and to " + layer
                            + " on " + main.get() + ", which holds until it is merged");
        }
    }

    private Applications.Survey survey(String project) {
        try {
            return new Applications(rooms.detector()).survey(source, project);
        } catch (ProblemException e) {
            stages.begin(project, "detect").failed("a file cannot be read");
            throw e;
        }
    }

    private void tell(List<Application> found) {
        if (found.size() == 1) {
            return;
        }
        stages.tellApps(found.stream().map(Application::name).toList());
        attempt.log().say("  apps      " + listed(found));
    }

    private static String place(Application application) {
        var folder = application.folder().toString();
        return folder.equals(".") ? "the root" : folder;
    }

    private static String listed(List<Application> applications) {
        return applications.stream()
                .map(each -> each.folder() + " (" + each.detection().language() + ")")
                .collect(Collectors.joining(", "));
    }

    private List<Job> written(Map<String, Path> apps) {
        var jobs = new ArrayList<Job>();
        for (var app : apps.entrySet()) {
            var stage = stages.begin(app.getKey(), "detect");
            var detection = detect(stage, app.getValue(), Configs.wish(file, app.getKey()));
            jobs.add(job(stage, new Application(app.getKey(), app.getValue(), detection, Set.of())));
        }
        if (jobs.size() > 1) {
            attempt.log().say("  apps      " + jobs.stream().map(Job::app).collect(Collectors.joining(", ")));
        }
        return jobs;
    }

    private Job job(Application found) {
        return job(stages.begin(found.name(), "detect"), found);
    }

    private Job job(Stages.Stage stage, Application surveyed) {
        var layer = attempt.order().layer();
        var found = chosen(stage, surveyed, layer);
        var detection = fetch(found, layer)
                ? look(found.folder(), found.detection()).orElseThrow(() -> unknown(stage, found.folder()))
                : found.detection();
        var resolved = resolve(found.name(), layer, detection);
        requireRuntimes(stage, detection, resolved.settings());
        stage.done(describe(detection));
        detection.brought().forEach(each -> stage.say("            brings " + each));
        resolved.warnings(detection).forEach(warning -> stage.say("            " + warning.text()));
        resolved.requireReady();
        resolved.problems().forEach(problem -> stage.say("            " + problem.text()));
        var testValues = resolve(found.name(), "test", detection).settings().values();
        var place = found.folder().toString();
        return new Job(
                attempt.run(), found.name(), layer, place, detection, resolved.settings(), testValues, found.foreign());
    }

    /// The app as what it is to run as: where it has a Dockerfile, that may be its stack all the same.
    private Application chosen(Stages.Stage stage, Application found, String layer) {
        if (found.detection().container().isEmpty()) {
            requireFile(stage, found);
            return found;
        }
        var run = attempt.run();
        var environment = attempt.order().environment();
        if (found.detection().isComposed()) {
            return found;
        }
        try {
            var said = new TargetChoice.Said(
                    rooms.configs().namedTarget(wanted(found.name(), layer), file, found.detection()),
                    delivery.target(run.project(), found.name(), environment));
            var detection = new TargetChoice(rooms.detector(), rooms.builds(), source)
                    .choose(found.folder(), found.detection(), said, stage)
                    .orElseThrow(() -> unknown(stage, found.folder()));
            return new Application(found.name(), found.folder(), detection, found.foreign());
        } catch (ProblemException e) {
            stage.failed("no image can be built");
            throw e;
        }
    }

    private void requireFile(Stages.Stage stage, Application found) {
        var wish = Configs.wish(file, found.name());
        if (wish.isNamed()) {
            throw noFile(stage, found.folder(), wish);
        }
    }

    private static ProblemException noFile(Stages.Stage stage, Path place, Wish wish) {
        stage.failed("no " + wish.file());
        return Problem.user(
                        NO_FILE,
                        "'docker': there is no " + place.resolve(wish.file()).normalize() + " in this commit")
                .at(Place.of(RefPolicy.FILE))
                .hint("docker.file is relative to the app's folder")
                .exception();
    }

    /// What an app looks like by now; empty when nobody knows it any more.
    Optional<Detection> look(Job job) {
        return look(Path.of(job.folder()), job.detection());
    }

    /// @param before decides whether it becomes an image
    private Optional<Detection> look(Path place, Detection before) {
        if (before.isComposed()) {
            return composedAgain(before.run().service());
        }
        return before.container()
                .map(Wish::of)
                .map(wish -> rooms.detector().detect(source, place, wish))
                .orElseGet(() -> rooms.detector().detectWithoutImage(source, place));
    }

    /// References of a compose file see the values of the project, and of its secrets the names.
    private ComposeApps.Where compose() {
        var project = attempt.run().project();
        var scope = new Values.Scope(project, project, attempt.order().layer());
        return new ComposeApps.Where(
                source,
                project,
                rooms.values().list(scope),
                rooms.values().secretNames(scope),
                Configs.profiles(file),
                rooms.configs().allowed(project));
    }

    private Optional<Detection> composedAgain(String service) {
        return ComposeApps.read(rooms.detector(), compose()).apps().stream()
                .map(Application::detection)
                .filter(each -> each.run().service().equals(service))
                .findFirst();
    }

    /// The same with the runtimes that it lacks by now, where they can be had.
    Optional<Detection> fetched(Job job, Detection now) {
        var found = new Application(job.app(), Path.of(job.folder()), now, job.foreign());
        return fetch(found, job.layer()) ? look(job) : Optional.of(now);
    }

    /// The same app, as it is seen by now.
    Job again(Job job, Detection now) {
        return job.with(now, resolve(job.app(), job.layer(), now).settings());
    }

    /// @return whether a runtime was fetched, so that the app is to be looked at again
    private boolean fetch(Application found, String layer) {
        if (found.detection().missing().isEmpty()) {
            return false;
        }
        var runtimes = new Runtimes(rooms, attempt, stages);
        var resolved = resolve(found.name(), layer, found.detection());
        if (resolved.settings().fetch()) {
            return runtimes.fetch(found.name(), found.detection());
        }
        Optional.ofNullable(resolved.origins().get("fetch"))
                .ifPresent(origin -> runtimes.refuse(found.name(), found.detection(), origin.text()));
        return false;
    }

    /// What calls a program that is not there ends with words of a shell, and what runs on an older runtime than its
    /// own manifest admits with an error of its code: that is told before anything is tried.
    private static void requireRuntimes(Stages.Stage stage, Detection detection, Settings settings) {
        var missing = new ArrayList<>(told(detection, Detection.OLD_RUNTIME));
        var absent = told(detection, Detection.NO_RUNTIME);
        if (!absent.isEmpty() && commands(settings).anyMatch(command -> callsNothing(command, detection))) {
            missing.addAll(absent);
        }
        if (missing.isEmpty()) {
            return;
        }
        stage.failed(detection.language() + ", and what it needs is not here");
        var advice = missing.stream()
                .flatMap(problem -> Stream.ofNullable(problem.hint()))
                .map(hint -> "To mend it: " + hint)
                .toList();
        throw new StageFailed(
                missing.getFirst().message(),
                missing.stream().map(Problem::message).toList(),
                advice);
    }

    private static List<Problem> told(Detection detection, String code) {
        return detection.warnings().stream()
                .filter(warning -> warning.code().equals(code))
                .toList();
    }

    private static Stream<List<String>> commands(Settings settings) {
        return Stream.of(
                        settings.install().stream(),
                        settings.test().stream().map(Detection.Test::command),
                        settings.build().stream(),
                        settings.processes().values().stream())
                .flatMap(each -> each)
                .filter(command -> !command.isEmpty());
    }

    /// Whether the program of a command is on none of its paths; one of the project's own may yet be made.
    private static boolean callsNothing(List<String> command, Detection detection) {
        var path = Stream.of(detection.environment().getOrDefault("PATH", "").split(":"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .toList();
        var program = command.getFirst();
        return !program.contains("/") && Programs.find(program, path).isEmpty();
    }

    private Detection detect(Stages.Stage stage, Path place, Wish wish) {
        // Half-finished work of an earlier run may hold a link to anywhere.
        if (!Trees.holds(source, place.toString())) {
            throw unknown(stage, place);
        }
        try {
            return rooms.detector()
                    .detect(source, place, wish)
                    .orElseThrow(() -> wish.equals(Wish.USUAL) ? unknown(stage, place) : noFile(stage, place, wish));
        } catch (ProblemException e) {
            if (!e.problem().code().equals(NO_FILE)) {
                stage.failed("a file cannot be read");
            }
            throw e;
        }
    }

    private StageFailed unknown(Stages.Stage stage, Path place) {
        stage.failed("unknown");
        return new StageFailed(
                "nobody here knows what this is",
                List.of(),
                List.of(rooms.detector().hint(source.resolve(place).normalize())));
    }

    private Configs.Resolved resolve(String app, String layer, Detection detection) {
        var scope = new Values.Scope(attempt.run().project(), app, layer);
        Map<String, String> values = rooms.values().list(scope);
        return rooms.configs().resolve(wanted(app, layer), file, detection.asRun(), values);
    }

    private Wanted wanted(String app, String layer) {
        return new Wanted(attempt.run().project(), app, layer, attempt.run().branch());
    }

    private static String describe(Detection detection) {
        var name = detection.language()
                + detection.version().map(version -> " " + version).orElse("");
        var why = Optional.of(detection.evidence())
                .filter(evidence -> !evidence.isEmpty())
                .map(List::getFirst)
                .map(evidence -> " (" + evidence.file() + ": " + evidence.why() + ")");
        var what = detection.service() == Detection.Service.FUNCTION ? ", a function" : "";
        return name + what + why.orElse("");
    }
}
