package dev.johwa.door.cli.local;

import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.source.config.Configs.Resolved;
import dev.johwa.source.config.Origin;
import dev.johwa.source.config.Settings;
import dev.johwa.source.config.Written;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Container;
import dev.johwa.source.detect.Detection.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The process of one app, from what is found to where it is released, each step with who decided it.
record AppPlan(String app, List<Step> steps) {

    /// @param origin `johwa.yaml:3:7`, the layer, or the file that detection read
    record Step(String name, String what, String origin) {}

    static AppPlan of(String app, Detection detection, Resolved resolved) {
        return new AppPlan(app, new Maker(detection, resolved).steps());
    }

    private static final class Maker {
        private final Detection detection;
        private final Resolved resolved;
        private final Settings settings;
        private final List<Step> steps = new ArrayList<>();

        Maker(Detection detection, Resolved resolved) {
            this.detection = detection;
            this.resolved = resolved;
            this.settings = resolved.settings();
        }

        List<Step> steps() {
            var version = detection.version().map(each -> " " + each).orElse("");
            add("detect", detection.language() + version + ", " + service(), evidence());
            fetched();
            add("folder", settings.folder().equals(".") ? "" : settings.folder(), origin("folder"));
            add("install", Written.commands(settings.install()), evidence());
            tests();
            add("build", Written.commands(settings.build()), origin("build"));
            add(
                    "lint",
                    detection.lint().isEmpty() ? "" : Written.commands(detection.lint()) + ", stops nothing",
                    evidence());
            add(
                    "artifact",
                    artifact(),
                    detection.container().map(Container::file).orElse("convention"));
            add("release", Written.commands(settings.release()), origin("release"));
            processes();
            if (!settings.processes().isEmpty()) {
                running();
            }
            add("verify", "/ or the health path answers below 500", "convention");
            add("", Written.commands(settings.verify()), origin("verify"));
            going();
            return List.copyOf(steps);
        }

        private void fetched() {
            var origin = origin("fetch");
            detection.missing().stream()
                    .flatMap(missing -> settings.fetch()
                            ? ToolStore.intent(missing).stream()
                            : ToolStore.refusal(missing, origin).stream())
                    .forEach(text -> add("fetch", text, origin));
        }

        private String service() {
            return Written.plain(resolved.values().getOrDefault("service", "")).toString();
        }

        private void tests() {
            var own = Stream.of("rules.test", "test")
                    .mapToInt(path -> resolved.values().get(path) instanceof List<?> list ? list.size() : 0)
                    .sum();
            var all = settings.test().stream().map(Detection.Test::command).toList();
            var defaults = all.subList(0, all.size() - own);
            var stage = detection.container().filter(Container::tested).map(Container::file);
            var none = stage.map(file -> "the stage " + Container.TEST + " of " + file)
                    .orElse("no tests found");
            add("test", defaults.isEmpty() ? none : Written.commands(defaults), evidence());
            more("rules.test");
            more("test");
        }

        private String artifact() {
            return detection.container().isPresent()
                    ? "the image that the Dockerfile makes, by digest"
                    : "an image of what was built, by digest";
        }

        @SuppressWarnings("unchecked") // commands are lists of words
        private void more(String path) {
            if (resolved.values().get(path) instanceof List<?> commands) {
                add("", Written.commands((List<List<String>>) commands), origin(path));
            }
        }

        private void processes() {
            settings.processes().forEach((name, command) -> add("start " + name, started(command), origin("start")));
            settings.publish()
                    .ifPresent(publish -> add(
                            "serves",
                            "files of " + publish.folder()
                                    + (publish.fallback() ? ", index.html for unknown paths" : ""),
                            evidence()));
        }

        private static String started(List<String> command) {
            return command.isEmpty() ? DetectCommand.BY_IMAGE : Written.command(command);
        }

        private void running() {
            add("instances", Integer.toString(settings.instances()), origin("instances"));
            if (settings.port().isPresent()) {
                add("port", Integer.toString(settings.port().getAsInt()), origin("port"));
            }
            var within = ", within " + Written.plain(settings.health().within());
            add(
                    "healthy",
                    settings.health()
                                    .path()
                                    .map(path -> path + " answers below 400")
                                    .orElse("the port answers")
                            + within,
                    origins("health.path", "health.within"));
            add("limits", limits(), origins("limits.memory", "limits.cpu", "limits.build"));
        }

        private String limits() {
            return Stream.of("memory", "cpu", "build")
                    .flatMap(name -> Optional.ofNullable(resolved.values().get("limits." + name)).stream()
                            .map(value -> name + " " + Written.plain(value)))
                    .collect(Collectors.joining(", "));
        }

        private void going() {
            var environment = settings.environment();
            var branch = resolved.values().get("branch");
            var from = switch (environment) {
                case "production" -> branch == null ? "the default branch" : "branch " + branch;
                case "preview" -> "every other branch, each with a preview of its own";
                case String _ -> branch == null ? "no branch yet (set 'branch')" : "branch " + branch;
            };
            add("from", from, origin("branch"));
            add(
                    "to",
                    environment + ", as " + (settings.processes().isEmpty() ? "files" : settings.target()),
                    origin("target"));
            settings.sleep().ifPresent(sleep -> add("sleeps", "after " + Written.plain(sleep), origin("sleep")));
            add("domains", String.join(", ", settings.domains()), origin("domains"));
            add("values", String.join(", ", settings.values().keySet()), origins(environmentPaths()));
            add("secrets", String.join(", ", settings.secrets()), origin("secrets"));
            add("data", String.join(", ", settings.data()), origin("data"));
            add("uses", String.join(", ", settings.uses()), origin("uses"));
        }

        private String[] environmentPaths() {
            return settings.values().keySet().stream()
                    .map(name -> "env." + name)
                    .toArray(String[]::new);
        }

        private void add(String name, String what, String origin) {
            if (!what.isEmpty()) {
                steps.add(new Step(name, what, origin));
            }
        }

        /// The file that decided what it is.
        private String evidence() {
            return detection.evidence().isEmpty()
                    ? "convention"
                    : detection.evidence().getFirst().file();
        }

        private String origin(String path) {
            var origin = Optional.ofNullable(resolved.origins().get(path))
                    .map(Origin::text)
                    .orElse("convention");
            boolean isFound = origin.equals("convention")
                    && List.of("build", "start", "release").contains(path);
            return isFound && detection.service() != Service.LIBRARY ? evidence() : origin;
        }

        /// Each once, the weakest only where it stands alone.
        private String origins(String... paths) {
            var all = new LinkedHashSet<String>();
            Stream.of(paths).map(this::origin).forEach(all::add);
            if (all.size() > 1) {
                all.remove("convention");
            }
            return String.join(", ", all);
        }
    }
}
