package dev.johwa.main.ship;

import dev.johwa.lib.archive.Contents;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Architecture;
import dev.johwa.lib.text.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The program as it lies on a machine: launcher, jars, their list and licences, and the Java that runs them.
///
/// @param home folder of the program that runs now: `lib/`, `johwa`, `caches.sh`, `id`, `sbom.json`
/// @param runtime a linked Java
/// @param version that it is
record Program(Path home, Path runtime, Version version) {
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
        contents.text(prefix + Version.FILE, version + "\n");
        Licences.add(contents, prefix, jars, home.resolve("sbom.json"));
        contents.tree(prefix + "runtime", runtime);
    }

    List<Path> jars() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("lib"))) {
            return all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /// Names the bytes of the jars and of the Java, so that no cache outlives either.
    private String id() throws IOException {
        var hash = Digest.sha256();
        hash.update(Files.readString(home.resolve("id")).strip().getBytes(StandardCharsets.UTF_8));
        var modules = runtime.resolve("lib").resolve("modules");
        try (var in = new DigestInputStream(Files.newInputStream(modules), hash)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.of(hash).hex().substring(0, 16);
    }

    /// A file that lies beside this class in the jar.
    static String resource(String name) {
        return Resource.text(Program.class, name);
    }

    /// The machine's architecture in Debian's and OCI's words.
    static String architecture() {
        return Architecture.ofThisMachine();
    }
}
