package dev.johwa.main.ship;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import dev.johwa.lib.process.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A small Debian, made by debootstrap: what the image stands on.
final class BaseSystem {
    private static final String SUITE = "trixie";
    private static final String PACKAGES = "git,ca-certificates,bubblewrap,iproute2,procps";
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final List<Path> SYSTEM =
            List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/bin"), Path.of("/bin"));

    private BaseSystem() {}

    /// Why none can be made here; empty when one can.
    static String whyNot() throws IOException {
        if (Programs.find("debootstrap", SYSTEM).isEmpty()) {
            return "debootstrap is not installed (apt-get install debootstrap)";
        }
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0 ? "" : "debootstrap needs root";
    }

    /// @param environment so that proxies and certificates of the network are known
    static void make(Path root, Map<String, String> environment) throws IOException {
        var told = new HashMap<>(environment);
        // Days in /etc/shadow, among others.
        told.put("SOURCE_DATE_EPOCH", String.valueOf(Program.TIME.getEpochSecond()));
        told.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        var argv = List.of("debootstrap", "--variant=minbase", "--include=" + PACKAGES, SUITE, root.toString());
        try (var said = Files.newOutputStream(root.resolveSibling(root.getFileName() + ".log"))) {
            var ended = Piped.run(new Command(argv, Path.of("/"), told), InputStream.nullInputStream(), said, LIMIT);
            if (!ended.isSuccess()) {
                throw Problem.external(
                                "package.base", "debootstrap ended with " + ended.status() + ": " + ended.errors())
                        .hint("give a root folder of your own with --base, or leave the image out: "
                                + "--only archive,deb")
                        .exception();
            }
        }
    }
}
