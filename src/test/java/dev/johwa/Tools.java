package dev.johwa;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Programs that tests need and that `scripts/verify` brings.
public final class Tools {
    private Tools() {}

    /// @return its path, where `verify` puts it or on PATH; a test that misses it is skipped, which CI takes for a
    /// failure
    public static String find(String name) {
        var folders = Stream.concat(
                Stream.of(folder().resolve("bin")),
                Stream.of(System.getenv("PATH").split(":")).map(Path::of));
        var found = folders.map(each -> each.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), name + " is not here; `./johwa verify` fetches it");
        return found.get().toString();
    }

    /// A file of an npm package that `verify` brings.
    public static Path npm(String path) {
        return file("npm/node_modules/" + path);
    }

    /// A file that `verify` brings.
    public static Path file(String path) {
        var file = folder().resolve(path);
        assumeTrue(Files.exists(file), file + " is not here; `./johwa verify` fetches it");
        return file;
    }

    /// The class path of a Java program that `verify` brings.
    public static String jars(String name) {
        var place = folder().resolve(name);
        assumeTrue(Files.isDirectory(place), name + " is not here; `./johwa verify` fetches it");
        return place + "/*";
    }

    /// A folder for what tests make once on a machine and use again, by a name that says how it was made.
    public static Path made(String name) {
        return folder().resolve(name);
    }

    private static Path folder() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("johwa/tools");
    }
}
