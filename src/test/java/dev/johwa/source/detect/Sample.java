package dev.johwa.source.detect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A folder to be looked at, and a machine with made-up runtimes.
public final class Sample {
    private final Path folder;
    private final Path home;

    /// @param files name, text, name, text, …
    public Sample(Path place, String... files) {
        this.folder = place.resolve("app");
        this.home = place.resolve("home");
        for (int i = 0; i < files.length; i += 2) {
            write(folder.resolve(files[i]), files[i + 1]);
        }
    }

    /// Puts a runtime on the machine where version tools keep it.
    public Sample with(String tool, String version) {
        var place = switch (tool) {
            case "node" -> ".nvm/versions/node/v" + version + "/bin/node";
            case "python" -> ".pyenv/versions/" + version + "/bin/python3";
            case "go" -> "sdk/go" + version + "/bin/go";
            case "cargo" -> ".rustup/toolchains/" + version + "-x86_64-unknown-linux-gnu/bin/cargo";
            case "ruby" -> ".rbenv/versions/" + version + "/bin/ruby";
            case "java" -> ".jdks/" + version + "/bin/java";
            case "gradle" -> ".sdkman/candidates/gradle/" + version + "/bin/gradle";
            case "maven" -> ".sdkman/candidates/maven/" + version + "/bin/mvn";
            case String other -> throw new IllegalArgumentException(other);
        };
        var program = write(home.resolve(place), "");
        if (tool.equals("java")) {
            write(program.resolveSibling("javac"), "");
        }
        return this;
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            assert file.toFile().setExecutable(true);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Detection detect() {
        return find().orElseThrow();
    }

    /// A folder of it, as one app of a repository.
    public Detection detect(String place) {
        var toolchains = new Toolchains(List.of(), home, argv -> Optional.empty());
        return new Detector(toolchains).detect(folder, Path.of(place)).orElseThrow();
    }

    public Optional<Detection> find() {
        return detector().detect(folder);
    }

    /// Where no image is made of it, though it may have a Dockerfile.
    public Detection detectWithoutImage() {
        return detector().detectWithoutImage(folder, Path.of(".")).orElseThrow();
    }

    private Detector detector() {
        return new Detector(new Toolchains(List.of(), home, argv -> Optional.empty()));
    }

    /// What its compose file makes of it as the repository of the project `shop`.
    ComposeApps.Composed composed(Map<String, String> variables, List<String> secrets, String... words) {
        var allowed = Set.of(words);
        return ComposeApps.read(
                detector(), new ComposeApps.Where(folder, "shop", variables, secrets, List.of(), allowed));
    }

    /// As the repository of the project `shop`.
    public Applications.Survey survey() {
        return new Applications(detector()).survey(folder, "shop");
    }

    /// What a folder of it is, as a part of the whole.
    public Detection detect(Path part) {
        var toolchains = new Toolchains(List.of(), home, argv -> Optional.empty());
        return new Detector(toolchains).detect(folder, part).orElseThrow();
    }

    /// The codes of what it warns of.
    public static List<String> warnings(Detection detection) {
        return detection.warnings().stream().map(problem -> problem.code()).toList();
    }

    /// The words of its first command of a kind.
    public static String words(List<List<String>> commands) {
        return commands.isEmpty() ? "" : String.join(" ", commands.getFirst());
    }
}
