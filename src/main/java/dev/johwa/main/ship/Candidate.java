package dev.johwa.main.ship;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A program that is to come in the place of the one that runs: the archive that `johwa package` writes, or the
/// folder of one that was unpacked. Known to be whole and to run here.
///
/// @param given what a person named
/// @param folder where it lies, unpacked
/// @param digest SHA-256 of the archive; of a folder what names its bytes
/// @param isUnpacked whether the folder was made for this and may be moved
public record Candidate(Path given, Path folder, String digest, Version version, boolean isUnpacked) {
    private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Map<String, String> PATH =
            Map.of("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL", "C.UTF-8", "JOHWA_NO_CACHE", "1");
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{12,64}");
    /// In a folder: the archive's digest, as `johwa setup` notes it too.
    private static final String ARCHIVE = "archive";

    /// @param place where it would be put; it is unpacked beside, so that one change of a name brings it there
    /// @throws dev.johwa.lib.problem.ProblemException when it is not whole, none of ours, or for other machines
    public static Candidate open(Path given, Place place) throws IOException {
        if (Files.isDirectory(given)) {
            return ofFolder(given, place);
        }
        if (!Files.isRegularFile(given)) {
            throw Problem.user("upgrade.path", "there is no '" + given + "'")
                    .hint("name an archive that `johwa package --only archive` wrote, or the folder of one")
                    .exception();
        }
        if (given.toString().endsWith(".deb")) {
            throw Problem.user("upgrade.deb", given + " is a package of Debian")
                    .hint("Debian installs it, and upgrades the same way: apt-get install " + given.toAbsolutePath())
                    .exception();
        }
        var digest = Archive.sha256(given);
        return thereOrFresh(given, place, digest, into -> {
            unpack(given, into);
            Files.writeString(into.resolve(ARCHIVE), digest + "\n");
        });
    }

    /// One that lies where programs lie, such as the one before, stays there; another is copied.
    private static Candidate ofFolder(Path given, Place place) throws IOException {
        var folder = given.toRealPath();
        var digest = digest(folder);
        if (place.holds(folder)) {
            return checked(given, folder, digest, false);
        }
        return thereOrFresh(given, place, digest, into -> {
            var copied =
                    run(List.of("cp", "-a", folder + "/.", into.toString()), into, OutputStream.nullOutputStream());
            if (!copied.isSuccess()) {
                throw new IOException(copied.errors());
            }
        });
    }

    private interface Filling {
        void fill(Path folder) throws IOException;
    }

    /// One that is in its place already, and whole, may be in use: it stays.
    private static Candidate thereOrFresh(Path given, Place place, String digest, Filling filling) throws IOException {
        var home = place.home(digest);
        try {
            if (digest(home).equals(digest)) {
                return checked(given, home, digest, false);
            }
        } catch (ProblemException e) {
            LOG.debug("{} is not whole: {}", home, e.getMessage());
        }
        return fresh(given, place, digest, filling);
    }

    private static Candidate fresh(Path given, Place place, String digest, Filling filling) throws IOException {
        var home = place.home(digest);
        var folder = home.resolveSibling(home.getFileName() + ".new");
        Trees.delete(folder);
        try {
            Files.createDirectories(folder);
            filling.fill(folder);
            return checked(given, folder, digest, true);
        } catch (IOException | RuntimeException e) {
            Trees.delete(folder);
            throw e;
        }
    }

    private static void unpack(Path archive, Path into) throws IOException {
        var ended = run(
                List.of("tar", "-xzf", archive.toAbsolutePath().toString(), "--strip-components=1", "--no-same-owner"),
                into,
                OutputStream.nullOutputStream());
        if (!ended.isSuccess()) {
            throw Problem.user(
                            "upgrade.archive",
                            archive + " is no whole archive: " + ended.errors().strip())
                    .hint("fetch it again, and compare `sha256sum` with SHA256SUMS beside it")
                    .exception();
        }
    }

    private static String digest(Path folder) throws IOException {
        for (var name : List.of(ARCHIVE, "id")) {
            var file = folder.resolve(name);
            var text = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
            if (NAME.matcher(text).matches()) {
                return text;
            }
        }
        throw noProgram(folder);
    }

    private static Candidate checked(Path given, Path folder, String digest, boolean isUnpacked) throws IOException {
        var file = folder.resolve(Version.FILE);
        var version = (Files.isRegularFile(file) ? Version.parse(Files.readString(file)) : Optional.<Version>empty())
                .orElseThrow(() -> noProgram(given));
        var machine = architecture(folder);
        if (machine != null && !machine.equals(System.getProperty("os.arch"))) {
            throw Problem.user(
                            "upgrade.architecture",
                            given + " brings a Java for " + machine + ", and this machine is "
                                    + System.getProperty("os.arch"))
                    .hint("write the archive on such a machine: johwa package --only archive")
                    .exception();
        }
        var said = new ByteArrayOutputStream();
        var ended = run(List.of(folder.resolve("johwa").toString(), "--version"), folder, said);
        var words = said.toString(StandardCharsets.UTF_8).strip();
        if (!ended.isSuccess() || !words.equals("johwa " + version.name())) {
            throw Problem.user(
                            "upgrade.broken",
                            "the program in " + given + " does not run here: it says '"
                                    + (words + " " + ended.errors()).strip() + "' and should say 'johwa "
                                    + version.name() + "'")
                    .hint("write the archive again: johwa package --only archive")
                    .exception();
        }
        return new Candidate(given, folder, digest, version, isUnpacked);
    }

    private static RuntimeException noProgram(Path given) {
        return Problem.user("upgrade.archive", given + " is none of ours: there is no " + Version.FILE + " in it")
                .hint("`johwa package --only archive` writes one")
                .exception();
    }

    /// In Java's words; null where the Java in it does not tell.
    private static @Nullable String architecture(Path folder) throws IOException {
        var file = folder.resolve("runtime/release");
        if (!Files.isRegularFile(file)) {
            return null;
        }
        var told = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("OS_ARCH="))
                .map(line -> line.replaceAll("OS_ARCH=\"?([^\"]*)\"?", "$1"))
                .findFirst();
        return told.map(name -> name.equals("x86_64") ? "amd64" : name).orElse(null);
    }

    private static Piped.Ended run(List<String> argv, Path folder, OutputStream out) throws IOException {
        return Piped.run(new Command(argv, folder, PATH), InputStream.nullInputStream(), out, LIMIT);
    }

    /// Puts it beside the one that is there, unless it lies there already.
    ///
    /// @return its folder
    public Path install(Place place) throws IOException {
        var home = place.home(digest);
        if (!isUnpacked) {
            return folder;
        }
        Trees.delete(home);
        return Files.move(folder, home, StandardCopyOption.ATOMIC_MOVE);
    }

    /// As its control plane names it, see `Control`.
    public String program() throws IOException {
        return Version.program(folder);
    }

    /// What was made to look at it goes.
    public void discard() {
        if (isUnpacked) {
            Trees.delete(folder);
        }
    }
}
