package dev.johwa.main.ship;

import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.archive.Contents;
import dev.johwa.lib.archive.ParallelGzip;
import dev.johwa.lib.archive.Tar;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The program that runs now, as one file: program, Java and systemd units, all below one folder.
///
/// @param architecture of machines on which it runs, in Debian's words
public record Archive(Path file, String architecture) {
    /// Where the units in it expect the program.
    static final String PLACE = "/opt/johwa";

    /// Made once and kept in the person's cache; an older one goes.
    public static Archive kept(Surroundings around) throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw Problem.user(
                            "setup.archive",
                            "this Johwa runs on " + System.getProperty("os.name")
                                    + ", and the server needs one for Linux")
                    .hint("make it on a Linux machine (johwa package --only archive) and name it: --archive FILE")
                    .exception();
        }
        var folder = around.cache().resolve("johwa/archive");
        var home = around.program();
        var file = folder.resolve(
                name(Files.readString(home.resolve("id")).strip() + "-" + Runtime.version()) + ".tar.gz");
        if (!Files.exists(file)) {
            Trees.delete(folder);
            var scratch = Files.createTempDirectory(Files.createDirectories(folder), "making");
            var program = new Program(home, JavaRuntime.of(home, scratch), Version.ofThisProgram());
            write(program, name("johwa"), scratch.resolve("archive"));
            Files.move(scratch.resolve("archive"), file, StandardCopyOption.ATOMIC_MOVE);
            Trees.delete(scratch);
        }
        return new Archive(file, Program.architecture());
    }

    private static String name(String start) {
        return start + "-linux-" + Program.architecture();
    }

    /// @param name of the folder in it
    static void write(Program program, String name, Path file) throws IOException {
        var contents = new Contents();
        program.addTo(contents, "");
        contents.text("systemd/johwa.service", Units.service(PLACE));
        contents.text("systemd/johwa.socket", Units.socket());
        contents.text("systemd/johwa-tls.socket", Units.tlsSocket());
        contents.text("systemd/default", Units.options());
        try (var out = Files.newOutputStream(file);
                var gzip = new ParallelGzip(out)) {
            Tar.write(contents, name + "/", Program.TIME, gzip);
        }
    }

    /// Which program is in it; empty where it does not tell, or is none of ours.
    public Optional<Version> version() throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return Tar.text(in, Version.FILE).flatMap(Version::parse);
        } catch (ZipException | EOFException e) {
            return Optional.empty();
        }
    }

    public String sha256() throws IOException {
        return sha256(file);
    }

    static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), Digest.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Digest.of(in.getMessageDigest()).hex();
        }
    }
}
