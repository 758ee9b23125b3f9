package dev.johwa.door.cli.local;

import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.source.config.Configs.Resolved;
import dev.johwa.source.config.Settings;
import dev.johwa.source.config.Written;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Container;
import java.util.ArrayList;
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
        private final Origins origins;
        private final List<Step> steps = new ArrayList<>();

        Maker(Detection detection, Resolved resolved) {
            this.detection = detection;
            this.resolved = resolved;
            this.settings = resolved.settings();
            this.origins = new Origins(detection, resolved);
        }

        List<Step> steps() {
            var version = detection.version().map(each -> " " + each).orElse("");
            add("detect", detection.language() + version + ", " + service(), origins.evidence());
            fetched();
            add("folder", settings.folder().equals(".") ? "" : settings.folder(), origins.of("folder"));
            add("install", Written.commands(settings.install()), origins.evidence());
            tests();
            add("build", Written.commands(settings.build()), origins.of("build"));
            add(
                    "lint",
                    detection.lint().isEmpty() ? "" : Written.commands(detection.lint()) + ", stops nothing",
                    origins.evidence());
            add(
                    "artifact",
                    artifact(),
                    detection.container().map(Container::file).orElse("convention"));
            add("release", Written.commands(settings.release()), origins.of("release"));
            processes();
            if (!settings.processes().isEmpty()) {
                running();
            }
            add("verify", "/ or the health path answers below 500", "convention");
            add("", Written.commands(settings.verify()), origins.of("verify"));
            going();
            return List.copyOf(steps);
        }

        private void fetched() {
            var origin = origins.of("fetch");
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
            add("test", defaults.isEmpty() ? none : Written.commands(defaults), origins.evidence());
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
                add("", Written.commands((List<List<String>>) commands), origins.of(path));
            }
        }

        private void processes() {
            settings.processes()
                    .forEach((name, command) -> add("start " + name, started(command), origins.of("start")));
            settings.publish()
                    .ifPresent(publish -> add(
                            "serves",
                            "files of " + publish.folder()
                                    + (publish.fallback() ? ", index.html for unknown paths" : ""),
                            origins.evidence()));
        }

        private static String started(List<String> command) {
            return command.isEmpty() ? DetectCommand.BY_IMAGE : Written.command(command);
        }

        private void running() {
            add("instances", Integer.toString(settings.instances()), origins.of("instances"));
            if (settings.port().isPresent()) {
                add("port", Integer.toString(settings.port().getAsInt()), origins.of("port"));
            }
            var within = ", within " + Written.plain(settings.health().within());
            add(
                    "healthy",
                    settings.health()
                                    .path()
                                    .map(path -> path + " answers below 400")
                                    .orElse("the port answers")
                            + within,
                    origins.all("health.path", "health.within"));
            add("limits", limits(), origins.all("limits.memory", "limits.cpu", "limits.build"));
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
            add("from", from, origins.of("branch"));
            add(
                    "to",
                    environment + ", as " + (settings.processes().isEmpty() ? "files" : settings.target()),
                    origins.of("target"));
            settings.sleep().ifPresent(sleep -> add("sleeps", "after " + Written.plain(sleep), origins.of("sleep")));
            add("domains", String.join(", ", settings.domains()), origins.of("domains"));
            add("values", String.join(", ", settings.values().keySet()), origins.all(environmentPaths()));
            add("secrets", String.join(", ", settings.secrets()), origins.of("secrets"));
            add("data", String.join(", ", settings.data()), origins.of("data"));
            add("uses", String.join(", ", settings.uses()), origins.of("uses"));
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
    }
}
