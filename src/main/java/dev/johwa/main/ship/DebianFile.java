package dev.johwa.main.ship;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Architecture;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import dev.johwa.lib.process.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A package of the program for Debian, as a file. dpkg puts it in the place of the one that is there; its scripts
/// have the one that works look at it and take a backup first, and restart the service then.
public record DebianFile(Path file, String version, String digest) {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Map<String, String> PATH =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8");

    public static boolean isOne(Path path) {
        return path.toString().endsWith(".deb");
    }

    /// @param home of the program that runs
    public static DebianFile open(Path file, Path home) throws IOException {
        if (!home.equals(DebianPackage.PLACE)) {
            throw Problem.user(
                            "upgrade.deb",
                            file + " is a package of Debian, and this Johwa, in " + home + ", is of none")
                    .hint("give an archive: `johwa package --only archive` writes one")
                    .exception();
        }
        var out = new ByteArrayOutputStream();
        var words = List.of("dpkg-deb", "-f", file.toAbsolutePath().toString(), "Package", "Version", "Architecture");
        var ended = Piped.run(new Command(words, Path.of("/"), PATH), InputStream.nullInputStream(), out, LIMIT);
        var told = out.toString(StandardCharsets.UTF_8);
        if (!ended.isSuccess() || !told.contains("Package: johwa\n")) {
            throw Problem.user("upgrade.deb", file + " is no package of Johwa: " + (told + ended.errors()).strip())
                    .hint("`johwa package --only deb` writes one")
                    .exception();
        }
        if (!told.contains("Architecture: " + Architecture.ofThisMachine() + "\n")) {
            throw Problem.user("upgrade.architecture", file + " is for another machine: " + told.strip())
                    .hint("write it on a machine such as this: johwa package --only deb")
                    .exception();
        }
        return new DebianFile(file, told.replaceFirst("(?s).*Version: (\\S+).*", "$1"), Archive.sha256(file));
    }

    /// @return the program that lies there then
    public String install() throws IOException {
        var words = List.of("dpkg", "-i", file.toAbsolutePath().toString());
        int status = Programs.onTerminal(new Command(words, Path.of("/"), PATH));
        if (status != 0) {
            throw Problem.resource("upgrade.dpkg", "dpkg ended with " + status + " and installed nothing new")
                    .hint("what it says above is why; what worked before works on")
                    .exception();
        }
        return Files.exists(DebianPackage.PLACE) ? Version.program(DebianPackage.PLACE) : "";
    }
}
