package dev.johwa.source.eject;

import dev.johwa.source.config.Front;
import dev.johwa.source.config.Settings;
import dev.johwa.source.config.Written;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files that do for a project what the platform does.
///
/// @param files texts by their paths below the project; each ends with a line's end
/// @param kept what the project has of its own and keeps, told
/// @param gaps what these files do not do, told
/// @param next commands to type
public record Ejection(Map<Path, String> files, List<String> kept, List<String> gaps, List<String> next) {
    private static final Path WORKFLOW = Path.of(".github/workflows/ci.yml");
    private static final Path COMPOSE = Path.of("compose.yaml");
    private static final List<String> COMPOSE_FILES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");

    public Ejection {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        kept = List.copyOf(kept);
        gaps = List.copyOf(gaps);
        next = List.copyOf(next);
    }

    /// Whether what lies in the place of a file is the project's own whatever is wanted: a compose file that was not
    /// made here.
    ///
    /// @param there its text
    public static boolean isOwn(Path file, String there) {
        return file.equals(COMPOSE) && !there.startsWith(ComposeText.MADE);
    }

    public static Ejection of(EjectedProject project, Set<Target> targets) {
        return new Making(project, targets).made();
    }

    private static final class Making {
        private final EjectedProject project;
        private final Set<Target> targets;
        private final Map<EjectedApp, Optional<Recipe>> recipes = new LinkedHashMap<>();
        private final Map<Path, String> files = new LinkedHashMap<>();
        private final List<String> kept = new ArrayList<>();
        private final List<String> gaps = new ArrayList<>();
        private final List<String> next = new ArrayList<>();

        Making(EjectedProject project, Set<Target> targets) {
            this.project = project;
            this.targets = targets;
        }

        Ejection made() {
            var known = new Recipes(project);
            project.apps()
                    .forEach(app -> recipes.put(
                            app, app.detection().container().isPresent() ? Optional.empty() : known.of(app)));
            if (targets.contains(Target.DOCKERFILE)) {
                recipes.forEach(this::dockerfile);
            }
            if (targets.contains(Target.COMPOSE)) {
                compose();
            }
            if (targets.contains(Target.GITHUB)) {
                github();
            }
            if (targets.contains(Target.TRAEFIK)) {
                traefik();
            }
            if (!targets.equals(Set.of(Target.TRAEFIK))) {
                project.apps().forEach(this::gaps);
            }
            return new Ejection(files, kept, gaps, next);
        }

        private void dockerfile(EjectedApp app, Optional<Recipe> recipe) {
            var container = app.detection().container();
            if (container.isPresent()) {
                if (!container.get().inline().isEmpty() || app.built().isEmpty()) {
                    return;
                }
                kept.add(app.below(container.get().file()) + " is what " + app.name() + " is built of already");
                return;
            }
            if (recipe.isEmpty()) {
                gaps.add(app.name() + ": no Dockerfile is written for "
                        + app.detection().language()
                        + " yet; those of Node.js, Python, Java, Kotlin, Go, Rust and sites are");
                return;
            }
            if (Recipes.isSite(app)) {
                var publish = app.settings().publish().orElseThrow();
                files.put(
                        app.below("nginx.conf"),
                        SiteText.of(publish.fallback(), publish.folder().equals(".")));
            }
            files.put(app.below("Dockerfile"), new DockerfileText(app, recipe.get()).text());
            files.put(app.below(".dockerignore"), IgnoreText.of(project, app));
            var folder = app.isWhole() ? "." : app.folder().toString();
            if (!recipe.get().test.isEmpty()) {
                next.add("docker build --target test " + folder);
            }
            next.add("docker build --tag " + app.label() + " " + folder);
            if (!recipe.get().prune.isEmpty() && app.detection().provider().startsWith("node")) {
                gaps.add(app.name() + ": the image has no devDependencies; what it needs of them when it runs belongs"
                        + " into dependencies");
            }
        }

        private void compose() {
            var composed = project.composeFile();
            if (composed.isPresent()) {
                kept.add(composed.get() + " says already what runs together");
                next.add("docker compose up --build --detach");
                project.apps().forEach(this::unsaid);
                return;
            }
            var own = COMPOSE_FILES.stream()
                    .filter(each -> Files.exists(project.root().resolve(each)))
                    .findFirst();
            if (own.isPresent() && !own.get().equals(COMPOSE.toString())) {
                kept.add(own.get() + " says already what runs together");
                return;
            }
            var images = images();
            if (!images.isEmpty()) {
                compose(images);
            }
        }

        private Map<EjectedApp, Optional<Recipe>> images() {
            var images = new LinkedHashMap<EjectedApp, Optional<Recipe>>();
            recipes.forEach((app, recipe) -> {
                boolean hasImage =
                        recipe.isPresent() || app.detection().container().isPresent() || project.has(app, "Dockerfile");
                if (hasImage) {
                    images.put(app, recipe);
                } else {
                    gaps.add(app.name() + ": compose.yaml leaves it out, since it has no Dockerfile");
                }
            });
            return images;
        }

        private void compose(Map<EjectedApp, Optional<Recipe>> images) {
            var text = new ComposeText(project, images);
            files.put(COMPOSE, text.text());
            if (!text.example().isEmpty()) {
                files.put(Path.of(".env.example"), text.example());
                next.add("cp .env.example .env   # and fill it in");
            }
            next.add("docker compose up --build --detach");
            text.gaps().forEach((app, unsaid) -> unsaid.forEach(what -> gap(app, what)));
            images.keySet()
                    .forEach(app -> app.settings()
                            .schedule()
                            .forEach((name, job) -> atTimes(app, name, job, app.label() + "-" + name)));
        }

        private void atTimes(EjectedApp app, String name, Settings.Job job, String what) {
            gap(
                    app,
                    "compose knows no times; a crontab's line for " + name + ": " + job.cron()
                            + "  docker compose run --rm " + what);
        }

        /// What only the project's file says of a service.
        private void unsaid(EjectedApp app) {
            var settings = app.settings();
            var file = project.composeFile().orElseThrow();
            var names = new ArrayList<>(settings.values().keySet());
            names.addAll(settings.secrets());
            if (!names.isEmpty()) {
                gap(app, "give it by " + file + " when it runs: " + String.join(", ", names));
            }
            if (!settings.release().isEmpty() && app.detection().release().isEmpty()) {
                gap(app, "run before each release: " + Written.commands(settings.release()));
            }
            settings.schedule()
                    .forEach((name, job) ->
                            atTimes(app, name, job, app.detection().run().service() + " " + Commands.line(job.run())));
        }

        private void github() {
            var text = new WorkflowText(project, recipes, targets.contains(Target.DOCKERFILE)).text();
            if (text.isEmpty()) {
                var more = project.composeFile().isPresent() ? "" : "; with --to dockerfile,github it builds the image";
                gaps.add("there is nothing to test or build, so no workflow is written" + more);
                return;
            }
            files.put(WORKFLOW, text);
            next.add("git add " + WORKFLOW + " && git commit -m 'Test on GitHub' && git push");
            recipes.forEach((app, recipe) -> {
                if (recipe.isEmpty() && app.detection().container().isEmpty()) {
                    gaps.add(app.name() + ": the workflow does not test "
                            + app.detection().language() + " yet");
                }
                untested(app);
            });
        }

        private void untested(EjectedApp app) {
            var tests =
                    app.detection().test().stream().map(Detection.Test::command).toList();
            boolean isInImage =
                    app.detection().container().map(Container::tested).orElse(true);
            if (!isInImage && !tests.isEmpty()) {
                gap(
                        app,
                        "the workflow does not run its tests (" + Written.commands(tests)
                                + "); a stage named test in its Dockerfile would");
            }
        }

        /// Routes lead to what the app is called.
        private void alias(EjectedApp app) {
            var service = app.detection().run().service();
            if (app.detection().isComposed() && !service.equals(app.label())) {
                gap(
                        app,
                        "its route leads to " + app.label() + ", and "
                                + project.composeFile().orElse("the compose file") + " calls it " + service
                                + ": give it that alias in its network");
            }
        }

        private void traefik() {
            var served = new LinkedHashMap<EjectedApp, Integer>();
            recipes.forEach((app, recipe) -> {
                int port = ComposeText.inside(app, recipe);
                if (ComposeText.serves(app) && port > 0) {
                    served.put(app, port);
                    alias(app);
                }
            });
            var text = new TraefikText(project, served);
            gaps.addAll(text.gaps());
            if (text.isEmpty()) {
                gaps.add("traefik: no app answers requests for everybody, so no route is written");
                return;
            }
            files.put(Path.of("traefik/traefik.yml"), TraefikText.start());
            files.put(Path.of("traefik/dynamic.yml"), text.routes());
            next.add("traefik --configFile=traefik/traefik.yml   # with traefik/dynamic.yml in /etc/traefik");
        }

        private void gaps(EjectedApp app) {
            var settings = app.settings();
            boolean isRouted = targets.contains(Target.TRAEFIK) && ComposeText.serves(app);
            if (!settings.verify().isEmpty()) {
                gap(app, "verify (" + Written.commands(settings.verify()) + ") is run by nothing before traffic comes");
            }
            if (!settings.domains().isEmpty() && !isRouted) {
                gap(app, "a proxy with TLS before it must lead " + String.join(", ", settings.domains()) + " to it");
            }
            if (settings.instances() > 1) {
                gap(app, "one instance runs, not " + settings.instances() + "; a proxy before it would allow more");
            }
            if (!settings.front().equals(Front.NONE) && !isRouted) {
                gap(app, "who may come in, redirects and fields of answers belong into a proxy before it");
            }
            if (!settings.uses().isEmpty()) {
                gap(app, "the addresses of " + String.join(", ", settings.uses()) + " must be given to it");
            }
            if (targets.contains(Target.DOCKERFILE) && !targets.contains(Target.COMPOSE)) {
                var names = new ArrayList<>(settings.values().keySet());
                names.addAll(settings.secrets());
                if (!names.isEmpty()) {
                    gap(app, "give it when it runs: " + String.join(", ", names) + "; --to compose writes it down");
                }
                if (!settings.release().isEmpty()) {
                    gap(app, "run before each release: " + Written.commands(settings.release()));
                }
            }
            for (var rules : List.of("_redirects", "_headers")) {
                if (Recipes.isSite(app)
                        && project.has(
                                app, app.settings().publish().orElseThrow().folder() + "/" + rules)) {
                    gap(app, rules + " is not read by nginx; say it in nginx.conf");
                }
            }
        }

        private void gap(EjectedApp app, String what) {
            gaps.add(app.name() + ": " + what);
        }
    }
}
