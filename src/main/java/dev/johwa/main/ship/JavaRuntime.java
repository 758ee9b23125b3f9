package dev.johwa.main.ship;

import dev.johwa.lib.problem.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/// The part of Java that the program needs, linked from the JDK that runs us. Equal JDKs give equal bytes.
final class JavaRuntime {
    /// What jdeps finds that the program and its libraries use, but the desktop, which libraries only mention; and what
    /// is found by name alone: files of jars, details of sockets and of memory.
    static final List<String> MODULES = List.of(
            "java.base",
            "java.instrument",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "jdk.httpserver",
            "jdk.jfr",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    private JavaRuntime() {}

    /// The one that an installed program brings, else one that is linked in a folder.
    static Path of(Path home, Path scratch) {
        var own = home.resolve("runtime");
        if (Files.isExecutable(own.resolve("bin/java"))) {
            return own;
        }
        var linked = scratch.resolve("runtime");
        link(linked);
        return linked;
    }

    private static void link(Path target) {
        var linker = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> Problem.user(
                                "package.no-jdk",
                                "the Java that runs this (" + System.getProperty("java.home")
                                        + ") is no JDK: it has no jlink")
                        .hint("start it on a JDK 25: JOHWA_JAVA=/path/to/jdk-25 johwa package")
                        .exception());
        var said = new StringWriter();
        var writer = new PrintWriter(said);
        int status = linker.run(
                writer,
                writer,
                "--add-modules",
                String.join(",", MODULES),
                "--no-header-files",
                "--no-man-pages",
                "--output",
                target.toString());
        if (status != 0) {
            throw Problem.resource(
                            "package.link", "jlink failed: " + said.toString().strip())
                    .exception();
        }
    }
}
