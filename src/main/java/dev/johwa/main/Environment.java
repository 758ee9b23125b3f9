package dev.johwa.main;

import dev.johwa.door.cli.Session;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.StateChoice;
import dev.johwa.main.ship.Version;
import dev.johwa.serve.backup.Places;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the rooms need to know of the process' environment.
final class Environment {
    /// Values without which tools cannot reach the registries of some networks. None of them is a secret of ours.
    private static final List<String> FOR_TOOLS = List.of(
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "NODE_EXTRA_CA_CERTS",
            "REQUESTS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
            "PIP_CERT",
            "PIP_INDEX_URL",
            "PIP_FIND_LINKS",
            "npm_config_registry",
            "GOPROXY",
            "GONOSUMDB",
            "GOFLAGS");

    private Environment() {}

    static Map<String, String> forTools(Surroundings around) {
        var values = new HashMap<String, String>();
        FOR_TOOLS.forEach(name -> around.value(name).ifPresent(value -> values.put(name, value)));
        return values;
    }

    /// Finds places for backups; who we are at a store of objects goes to nobody else.
    static Places places(Surroundings around) {
        var values = new HashMap<String, String>();
        Places.ENVIRONMENT.forEach(name -> around.value(name).ifPresent(value -> values.put(name, value)));
        return new Places(values, new SystemClock());
    }

    static List<Path> path(Surroundings around) {
        var path = around.value("PATH").orElse("/usr/local/bin:/usr/bin:/bin");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
    }

    static Path tools(Surroundings around) {
        return around.cache().resolve("johwa").resolve("tools");
    }

    /// Which program this is: its version, and what names the bytes of its jars where it was packed.
    static String program(Surroundings around) {
        var home = around.program();
        try {
            return Files.exists(home.resolve("id"))
                    ? Version.program(home)
                    : Version.ofThisProgram().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The PostgreSQL that somebody names for the database, by a word of a command or by the environment.
    ///
    /// @param passwordFile as it was written
    static Optional<StateChoice> state(Session session, @Nullable String word, @Nullable Path passwordFile) {
        var around = session.surroundings();
        return StateChoice.of(
                Optional.ofNullable(word),
                around.value("JOHWA_STATE"),
                around.value("JOHWA_STATE_PASSWORD"),
                Optional.ofNullable(passwordFile).map(session.folder()::resolve));
    }

    /// Words that start the edge with the same program and the same Java.
    static List<String> edgeCommand(Surroundings around) {
        var words = new ArrayList<>(edgeOptions());
        var jar = around.program().resolve("lib").resolve("johwa.jar");
        var cache = Path.of(System.getProperty("johwa.cache", "") + "-edge.aot");
        if (Files.isReadable(cache) && isNewer(cache, jar)) {
            words.add("-XX:AOTCache=" + cache);
        }
        // By -jar, whose manifest allows native access: the option for it would make the JVM refuse the cache.
        words.addAll(
                Files.exists(jar)
                        ? List.of("-jar", jar.toString())
                        : List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.add("edge");
        return words;
    }

    /// Java and how it runs the edge: small, since it only passes bytes on.
    static List<String> edgeOptions() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xms14m",
                "-Xmx256m",
                "-Xmn6m",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                // As for the control plane, see the program's script.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                // Gives back what the compilers used while it started.
                "-XX:TrimNativeHeapInterval=1000",
                // Netty's buffers by Unsafe: from Java 25 on it goes without, and is slower, unless it is told.
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.noUnsafe=false",
                // Tools for those who look for faults in Netty's users; each costs something with every buffer.
                "-Dio.netty.leakDetection.level=disabled",
                "-Dio.netty.jfr.enabled=false",
                "-Dio.netty.allocator.type=pooled",
                // Pieces of 512 KiB rather than 4 MiB: each event loop has two, one of them on the heap for TLS.
                "-Dio.netty.allocator.maxOrder=6",
                // Strangers could have us make keys again and again on one connection (TLS 1.2).
                "-Djdk.tls.rejectClientInitiatedRenegotiation=true");
    }

    private static boolean isNewer(Path one, Path other) {
        return Files.exists(other)
                && one.toFile().lastModified() >= other.toFile().lastModified();
    }
}
