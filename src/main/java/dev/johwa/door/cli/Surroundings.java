package dev.johwa.door.cli;

import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.process.OwnTerminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a command finds around it when it starts: handed in, so that tests need no machine of their own.
///
/// @param environment the process' environment
/// @param folder where it was started
/// @param home the person's own folder
/// @param program the folder of the program: `lib/` and its launcher
/// @param terminal whether standard output is a terminal
public record Surroundings(
        Map<String, String> environment,
        Path folder,
        Path home,
        Path program,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// A value of the environment; an empty one counts as absent.
    public Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /// The folder of what can be made again.
    public Path cache() {
        return value("XDG_CACHE_HOME").map(Path::of).orElse(home.resolve(".cache"));
    }

    /// The folder of all state of a platform that nobody gave another.
    public Path data() {
        return home.resolve(".johwa");
    }

    /// Colour and moving progress: on a terminal, unless `NO_COLOR` is set or the terminal is dumb.
    public boolean colour() {
        return terminal
                && value("NO_COLOR").isEmpty()
                && !value("TERM").orElse("").equals("dumb");
    }

    /// How many letters a line of the answer has room for; as many as it likes where it goes into no terminal.
    public int columns() {
        if (!terminal) {
            return Integer.MAX_VALUE;
        }
        return value("COLUMNS")
                .filter(text -> text.matches("[1-9]\\d{0,4}"))
                .map(Integer::parseInt)
                .or(() -> OwnTerminal.find().map(found -> found.size().columns()))
                .orElse(Integer.MAX_VALUE);
    }

    /// The folders in which programs are looked for, in order.
    public List<Path> path() {
        return value("PATH").stream()
                .flatMap(text -> Stream.of(text.split(":")))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
    }

    /// The socket of the container engine, as Docker's own programs find it; it may not be there.
    public Path engine() {
        var named = value("DOCKER_HOST")
                .filter(host -> host.startsWith("unix://"))
                .map(host -> Path.of(host.substring("unix://".length())));
        var rootless = value("XDG_RUNTIME_DIR")
                .map(folder -> Path.of(folder).resolve("docker.sock"))
                .filter(Files::exists);
        return named.orElseGet(() -> Files.exists(Engine.USUAL) ? Engine.USUAL : rootless.orElse(Engine.USUAL));
    }

    /// The address of a BuildKit daemon, as its own programs find it.
    public Optional<String> buildkit() {
        return value("BUILDKIT_HOST").filter(address -> !address.isBlank());
    }

    public Surroundings at(Path other) {
        return new Surroundings(environment, other, home, program, in, out, err, terminal);
    }
}
