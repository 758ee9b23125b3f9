package dev.johwa.source.eject;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.ShellLine;
import dev.johwa.source.config.Written;
import dev.johwa.source.detect.Detection.Container;
import dev.johwa.source.dockerfile.Dockerfile;
import dev.johwa.source.dockerfile.ImageDescription;
import dev.johwa.source.dockerfile.ImageDescription.Base;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The image of an app that a Dockerfile of the project's own makes, and what the project says of how it runs.
final class OwnImage {
    /// Programs that become the command they are given, as the platform knows them.
    private static final Pattern PASSES_ON = Pattern.compile(
            "(?i).*entrypoint.*|.*\\.(sh|bash)|(docker-)?tini(-static)?|dumb-init|catatonit|gosu|su-exec|env|--");

    private final EjectedApp app;
    private final Container container;
    private final Optional<ImageDescription> said;

    private OwnImage(EjectedApp app, Container container, Optional<ImageDescription> said) {
        this.app = app;
        this.container = container;
        this.said = said;
    }

    /// @return empty where no Dockerfile makes its image, or a compose file says how it runs
    static Optional<OwnImage> of(EjectedProject project, EjectedApp app) {
        return app.built()
                .filter(_ -> !app.detection().isComposed())
                .map(container -> new OwnImage(app, container, described(project, app, container)));
    }

    /// Of one with mistakes nothing is known; `johwa check` tells them.
    private static Optional<ImageDescription> described(EjectedProject project, EjectedApp app, Container container) {
        try {
            var file = project.root().resolve(app.below(container.file()));
            var read = Dockerfile.read(container.file(), Files.readAllBytes(file), arguments(app, container));
            return Optional.of(read.describe(container.stage()));
        } catch (ProblemException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> arguments(EjectedApp app, Container container) {
        var all = new TreeMap<>(container.arguments());
        all.putAll(app.settings().buildArguments());
        return all;
    }

    /// What `docker build` is told of it, beside its folder and its tag; empty, or with a space before each.
    ///
    /// @param isTest whether the stage of its tests is meant
    static String options(EjectedApp app, Container container, boolean isTest) {
        var words = new ArrayList<String>();
        container.stage().filter(_ -> !isTest).ifPresent(stage -> words.addAll(List.of("--target", stage)));
        if (isTest) {
            words.addAll(List.of("--target", Container.TEST));
        }
        arguments(app, container).forEach((name, value) -> words.addAll(List.of("--build-arg", name + "=" + value)));
        if (!container.file().equals("Dockerfile")) {
            words.addAll(List.of("--file", app.below(container.file()).toString()));
        }
        return words.isEmpty() ? "" : " " + ShellLine.of(words);
    }

    /// The lines below `build` in a compose file; empty where the folder alone says it.
    List<String> build() {
        var lines = new ArrayList<String>();
        if (!container.file().equals("Dockerfile")) {
            lines.add("dockerfile: " + Scalar.of(container.file()));
        }
        container.stage().ifPresent(each -> lines.add("target: " + Scalar.of(each)));
        var arguments = arguments(app, container);
        if (!arguments.isEmpty()) {
            lines.add("args:");
            arguments.forEach((name, value) -> lines.add("  " + name + ": " + Scalar.of(value.replace("$", "$$"))));
        }
        return lines;
    }

    /// Where its paths begin: as its Dockerfile says, else where images begin.
    Path folder() {
        return Path.of("/").resolve(said.flatMap(each -> each.start().folder()).orElse("/"));
    }

    /// Those whose command the project says; the others start as the image does.
    Map<String, List<String>> processes() {
        var processes = new LinkedHashMap<String, List<String>>();
        app.settings()
                .processes()
                .forEach((name, argv) -> processes.put(name, argv.isEmpty() ? argv : Commands.words(argv)));
        return processes;
    }

    /// The key by which a command takes the place of what the image starts. Its entry point stays where it is known to
    /// pass a command on; another one would take it for words of its own.
    String commandKey() {
        var entry = said.map(each -> each.start().entrypoint()).orElse(List.of());
        if (entry.isEmpty()) {
            return "command";
        }
        boolean passesOn = Stream.of(entry.getFirst(), entry.getLast())
                .map(word -> word.substring(word.lastIndexOf('/') + 1))
                .anyMatch(word -> PASSES_ON.matcher(word).matches());
        return passesOn ? "command" : "entrypoint";
    }

    boolean asksByItself() {
        return said.flatMap(ImageDescription::healthcheck).isPresent();
    }

    /// What asks the path of the app's health, where its image is sure to have what asks.
    Optional<List<String>> check(int port) {
        var path = app.settings().health().path();
        if (path.isEmpty() || port == 0 || asksByItself()) {
            return Optional.empty();
        }
        var bases = said.map(ImageDescription::bases).orElse(List.of());
        if (isMadeOf(bases, "(.*/)?node(:.*)?")) {
            return Optional.of(NodeRecipe.check(port, path.get()));
        }
        if (isMadeOf(bases, "(.*/)?python(:.*)?")) {
            return Optional.of(PythonRecipe.check(port, path.get()));
        }
        return isMadeOf(bases, "(.*/)?(alpine|busybox)(:.*)?|.*:.*alpine.*")
                ? Optional.of(List.of("wget", "-q", "-O", "/dev/null", "http://127.0.0.1:" + port + path.get()))
                : Optional.empty();
    }

    private static boolean isMadeOf(List<Base> bases, String reference) {
        return !bases.isEmpty()
                && bases.stream().allMatch(base -> base.reference().matches(reference));
    }

    /// What a compose file of it leaves open.
    List<String> gaps(int port) {
        var gaps = new ArrayList<String>();
        var path = app.settings().health().path();
        if (path.isPresent() && check(port).isEmpty() && !asksByItself()) {
            gaps.add("nothing asks " + path.get()
                    + " whether it is well, since it is not known what its image has to ask"
                    + " with; a HEALTHCHECK in " + app.below(container.file()) + " does");
        }
        var relative = app.settings().data().stream()
                .filter(each -> each.endsWith("/") && !each.startsWith("/"))
                .toList();
        if (!relative.isEmpty() && said.flatMap(each -> each.start().folder()).isEmpty()) {
            gaps.add("compose.yaml has " + String.join(", ", relative) + " in /, since " + app.below(container.file())
                    + " has no WORKDIR; where its base image has one, put it before the path");
        }
        if (app.settings().processes().values().stream()
                .anyMatch(argv -> !argv.isEmpty() && !Commands.folder(argv).isEmpty())) {
            gaps.add("what starts in a folder of its own starts in that of the image: "
                    + Written.commands(List.copyOf(app.settings().processes().values())));
        }
        return gaps;
    }
}
