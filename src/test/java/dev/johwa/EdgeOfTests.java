package dev.johwa;

import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.serve.router.EdgeSettings.Opening;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// An edge process of the program that is tested.
public final class EdgeOfTests {
    private EdgeOfTests() {}

    /// Words that start one.
    public static List<String> command() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var words = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.addAll(BuiltProgram.words("edge"));
        words.add("edge");
        return words;
    }

    /// A free port of loopback.
    public static Opening anyPort() {
        return new Opening(new InetSocketAddress("127.0.0.1", 0), OptionalInt.empty());
    }

    /// One that answers TLS too, with its files in a folder.
    public static EdgeSettings secured(Path folder, String program) {
        return new EdgeSettings(
                folder.resolve("run"),
                folder.resolve("logs"),
                anyPort(),
                Optional.of(anyPort()),
                OptionalInt.empty(),
                List.of(),
                command(),
                program);
    }
}
