package dev.johwa.main.ship;

import dev.johwa.lib.archive.Contents;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// The program as it lies on a machine: launcher, jars, their list and licences, and the Java that runs them.
///
/// @param home folder of the program that runs now: `lib/`, `johwa`, `caches.sh`, `id`, `sbom.json`
/// @param runtime a linked Java
/// @param version such as `0.1.0`
record Program(Path home, Path runtime, String version) {
    /// What everything in a package says it is from: no package tells when it was made.
    static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<String> NEEDED = List.of("johwa", "caches.sh", "id", "sbom.json");

    Program {
        for (var name : NEEDED) {
            if (!Files.isRegularFile(home.resolve(name))) {
                throw Problem.user("package.home", "there is no " + name + " in " + home)
                        .hint("build it from a checkout: ./johwa package")
                        .exception();
            }
        }
    }

    /// All of it below a prefix, such as `usr/lib/johwa/` or nothing.
    void addTo(Contents contents, String prefix) throws IOException {
        var jars = jars();
        for (var jar : jars) {
            contents.file(prefix + "lib/" + jar.getFileName(), jar);
        }
        for (var name : NEEDED) {
            contents.file(prefix + name, home.resolve(name));
        }
        contents.text(prefix + "id", id() + "\n");
        Licences.add(contents, prefix, jars);
        contents.tree(prefix + "runtime", runtime);
    }

    List<Path> jars() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("lib"))) {
            return all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /// Names the bytes of the jars and of the Java, so that no cache outlives either.
    private String id() throws IOException {
        try (var modules = Files.newInputStream(runtime.resolve("lib").resolve("modules"))) {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(Files.readString(home.resolve("id")).strip().getBytes(StandardCharsets.UTF_8));
            var buffer = new byte[1 << 16];
            for (int read = modules.read(buffer); read >= 0; read = modules.read(buffer)) {
                hash.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(hash.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A file that lies beside this class in the jar.
    static String resource(String name) {
        try (var in = Program.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The machine's architecture in Debian's and OCI's words.
    static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm64";
            case "amd64", "x86_64" -> "amd64";
            case String other -> other;
        };
    }
}
