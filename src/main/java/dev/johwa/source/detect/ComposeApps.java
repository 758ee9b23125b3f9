package dev.johwa.source.detect;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.compose.ComposeFile;
import dev.johwa.source.compose.ComposeProject;
import dev.johwa.source.compose.Forbidden;
import dev.johwa.source.compose.Service;
import dev.johwa.source.compose.WebService;
import dev.johwa.source.detect.Applications.Application;
import dev.johwa.source.detect.Detection.Container;
import dev.johwa.source.detect.Detector.Wish;
import dev.johwa.source.detect.ServiceRun.Commit;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.dockerfile.Dockerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// The services of a compose file as applications of their project: the one that people visit has the project's name,
/// others their own. Of one thread.
public final class ComposeApps {
    private final Detector detector;
    private final Path repository;
    private final List<String> secrets;
    private final ComposeProject project;
    private final String file;
    private final ComposeLines lines;
    private final Optional<WebService> web;
    private final Set<String> built = new HashSet<>();

    private ComposeApps(Detector detector, Where where, ComposeProject project, String file) {
        this.detector = detector;
        this.repository = where.repository();
        this.secrets = where.secrets();
        this.project = project;
        this.file = file;
        this.lines = ComposeLines.of(repository, file);
        this.web = WebService.of(project);
    }

    /// Whether a compose file lies at the top of a repository.
    public static Optional<String> file(Path repository) {
        return ComposeFile.find(repository).map(found -> found.getFileName().toString());
    }

    /// What a compose file makes of a repository.
    ///
    /// @param apps in an order in which each comes after those that it needs
    /// @param builds whether an image of any of them is built here
    /// @param serves whether people visit one of them
    /// @param notes what is left out, and warnings
    /// @param refused what no platform runs for others
    public record Composed(
            List<Application> apps, boolean builds, boolean serves, List<Problem> notes, List<Problem> refused) {
        /// @throws ProblemException with all that no platform runs for others
        public Composed requireAllowed() {
            if (!refused.isEmpty()) {
                throw new ProblemException(refused);
            }
            return this;
        }

        /// Whether it is what runs. Of a folder that is known without it, it may be for those only who develop.
        ///
        /// @param isKnown whether anything else was found to run
        public boolean decides(boolean isKnown) {
            return !isKnown || builds && serves && !isForDevelopment();
        }

        /// Whether a service has its sources mounted over what its image has of them.
        public boolean isForDevelopment() {
            return apps.stream()
                    .flatMap(app -> app.detection().warnings().stream())
                    .anyMatch(warning -> warning.code().equals(ServiceRun.DEVELOPMENT));
        }
    }

    /// Of what it is read.
    ///
    /// @param name of the project
    /// @param variables that its references see, by name
    /// @param secrets names of others, of which only the names are seen
    /// @param profiles whose services count beside those without one; when there are none, `COMPOSE_PROFILES`
    /// @param allowed what of [Forbidden#ALLOWABLE] the operator allows the project
    public record Where(
            Path repository,
            String name,
            Map<String, String> variables,
            List<String> secrets,
            List<String> profiles,
            Set<String> allowed) {
        private ComposeFile.Request request() {
            var all = new HashMap<>(variables);
            secrets.forEach(secret -> all.put(secret, ContainerRun.Hidden.reference(secret)));
            return new ComposeFile.Request(repository, List.of(), profiles, all, true);
        }
    }

    /// @throws ProblemException with all that is wrong with the file, and all that no platform runs for others
    public static Composed read(Detector detector, Where where) {
        return look(detector, where).requireAllowed();
    }

    /// The same, where it may yet turn out that the file is not what runs.
    ///
    /// @throws ProblemException with all that is wrong with the file
    public static Composed look(Detector detector, Where where) {
        var reading = ComposeFile.read(where.request());
        var refused = reading.refused().stream()
                .filter(problem -> Forbidden.allowable(problem)
                        .filter(where.allowed()::contains)
                        .isEmpty())
                .map(problem -> refused(problem, where.name()))
                .toList();
        var apps = new ComposeApps(
                detector, where, reading.project(), file(where.repository()).orElse("compose.yaml"));
        try {
            return new Composed(
                    apps.all(where.name()),
                    reading.project().services().values().stream()
                            .anyMatch(service -> service.build().isPresent()),
                    apps.web.isPresent(),
                    Stream.concat(reading.notes().stream(), reading.idle().stream())
                            .toList(),
                    refused);
        } catch (ProblemException e) {
            throw refused.isEmpty() ? e : new ProblemException(refused);
        }
    }

    private static Problem refused(Problem problem, String name) {
        return Forbidden.allowable(problem)
                .map(word -> problem.hint(problem.hint() + "; the operator may allow it in the server spec: allow: {"
                        + name + ": [" + word + "]}"))
                .orElse(problem)
                .as(Severity.ERROR);
    }

    private List<Application> all(String name) {
        var found = new ArrayList<Application>();
        for (var service : project.inOrder()) {
            boolean isVisited = isVisited(service);
            var app = isVisited ? name : service.name();
            var place = service.build().map(build -> place(service, build)).orElse(Path.of("."));
            found.add(new Application(app, place, detection(service, place), Set.of()));
        }
        return List.copyOf(found);
    }

    private boolean isVisited(Service service) {
        return web.filter(each -> each.service().equals(service.name())).isPresent();
    }

    /// Where its image is built, relative to the repository.
    private Path place(Service service, Service.Build build) {
        var context = Path.of(build.context()).normalize();
        var top = repository.toAbsolutePath().normalize();
        if (!build.context().startsWith("/") || !context.startsWith(top)) {
            throw Problem.user(
                            "compose.context",
                            "'" + service.name() + "' is built of " + build.context() + ", which is not in the commit")
                    .hint("build it of a folder of the repository")
                    .exception();
        }
        var relative = top.relativize(context);
        return relative.toString().isEmpty() ? Path.of(".") : relative;
    }

    private Detection detection(Service service, Path place) {
        var draft = new Draft("compose", "Compose");
        draft.folder = place.toString();
        draft.guessed = false;
        var run = new ServiceRun(project, service, new Commit(repository, lines), draft, web).read(secrets);
        draft.container = Optional.of(service.build()
                .map(build -> built(service, build, place, run, draft))
                .orElseGet(() -> new Container("", Optional.empty(), Map.of(), false, run)));
        starts(service, draft);
        return draft.done();
    }

    private Container built(Service service, Service.Build build, Path place, ContainerRun run, Draft draft) {
        requireOpen(service, build);
        var dockerfile = dockerfile(service, build);
        var stage = Optional.of(build.target()).filter(target -> !target.isEmpty());
        var inline = inline(build, place, dockerfile);
        var name = inline.equals(build.inline()) ? dockerfile : inlined(service);
        var wish = new Wish(name, stage, build.arguments(), inline);
        var image = detector.detect(repository, place, wish)
                .filter(found -> found.container().isPresent())
                .orElseThrow(() -> Problem.user(
                                "dockerfile.missing",
                                "'" + service.name() + "' is built of "
                                        + place.resolve(dockerfile).normalize() + ", which is not in this commit")
                        .hint("name it by `build: {context: …, dockerfile: …}` in " + file)
                        .exception());
        boolean isFirst = built.add(place.resolve(dockerfile).normalize().toString());
        if (isFirst) {
            tests(image, draft);
        }
        boolean isTested = image.container().map(Container::tested).orElse(false);
        return new Container(name, stage, build.arguments(), isFirst && isTested, run, inline);
    }

    /// A file of the repository outside of what is sent to the builder goes there as a text.
    private String inline(Service.Build build, Path place, String dockerfile) {
        var file = repository.resolve(place).resolve(dockerfile).normalize();
        boolean isSent = !Path.of(dockerfile).normalize().startsWith("..");
        if (!build.inline().isEmpty()
                || isSent
                || !Trees.holds(repository, repository.relativize(file).toString())) {
            return build.inline();
        }
        try {
            return Files.isRegularFile(file) && Files.size(file) <= Dockerfile.MOST_BYTES
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inlined(Service service) {
        return service.name() + ".dockerfile_inline";
    }

    /// Who has an image can read its build arguments.
    private void requireOpen(Service service, Service.Build build) {
        var problems = new ArrayList<Problem>();
        build.arguments()
                .forEach((name, value) -> secrets.stream()
                        .filter(secret -> value.contains(ContainerRun.Hidden.reference(secret)))
                        .map(secret -> Problem.user(
                                        "compose.secret-argument",
                                        "'" + service.name() + "': the build argument '" + name + "' is the secret "
                                                + secret + ", which everybody reads in the image")
                                .at(lines.of(service.name(), name))
                                .hint(
                                        "give it by `build: {secrets: […]}`, and read it by `RUN --mount=type=secret,id=…` in the"
                                                + " Dockerfile"))
                        .forEach(problems::add));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    /// One that stands in the compose file is a file of that name while the image is built.
    private static String dockerfile(Service service, Service.Build build) {
        if (!build.inline().isEmpty()) {
            return inlined(service);
        }
        return build.dockerfile().isEmpty() ? Wish.USUAL.file() : build.dockerfile();
    }

    /// They run once, however many services are built of the same file.
    private static void tests(Detection image, Draft draft) {
        draft.packageManager = image.packageManager();
        draft.install.addAll(image.install());
        draft.build.addAll(image.build());
        draft.test.addAll(image.test());
        draft.lint.addAll(image.lint());
        draft.caches.addAll(image.caches());
        draft.layers.addAll(image.layers());
        draft.kept.addAll(image.kept());
        draft.madeOf.putAll(image.madeOf());
        draft.environment.putAll(image.environment());
        draft.buildEnvironment.putAll(image.buildEnvironment());
        draft.testEnvironment.putAll(image.testEnvironment());
        draft.tools.addAll(image.tools());
        draft.missing.addAll(image.missing());
        draft.testsNeedBuild = image.testsNeedBuild();
        image.warnings().forEach(draft::warn);
    }

    private void starts(Service service, Draft draft) {
        var port = port(service);
        boolean isOnce = project.services().values().stream().anyMatch(other -> {
            var needed = other.dependsOn().get(service.name());
            return needed != null && needed.condition().equals("service_completed_successfully");
        });
        if (isOnce) {
            draft.service = Detection.Service.JOB;
            draft.release.add(List.of());
            draft.because(file, "runs once in each release, before what waits for its end");
        } else if (port.isPresent()) {
            draft.service = Detection.Service.WEB;
            draft.port = port;
            draft.start.put("web", List.of());
            draft.because(
                    file,
                    isVisited(service)
                            ? "'" + service.name() + "' is what people visit: "
                                    + web.orElseThrow().why()
                            : "it publishes port " + port.getAsInt());
        } else {
            draft.service = Detection.Service.WORKER;
            draft.start.put("worker", List.of());
            draft.because(
                    file,
                    WebService.isData(service)
                            ? "keeps data for the others, which find it as '" + service.name() + "'"
                            : "reached by the others as '" + service.name() + "', and by nobody else");
        }
    }

    /// At which its visitors are served: that of the service people visit, and of each other that publishes one.
    private OptionalInt port(Service service) {
        if (isVisited(service)) {
            var visited = web.orElseThrow();
            return OptionalInt.of(visited.port());
        }
        if (WebService.isData(service)) {
            return OptionalInt.empty();
        }
        return service.ports().stream()
                .filter(port -> port.protocol().equals("tcp"))
                .mapToInt(Service.Port::target)
                .findFirst();
    }
}
