package dev.johwa.lib.process;

import dev.johwa.lib.process.Confinement.Bind;
import dev.johwa.lib.process.Confinement.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Bubblewrap, where it works: a file system of the program's own, made of the system's folders and its binds.
final class Sandbox {
    private static final List<String> SYSTEM = List.of(
            "/usr",
            "/bin",
            "/sbin",
            "/lib",
            "/lib32",
            "/lib64",
            "/libx32",
            "/etc",
            "/opt",
            "/run/systemd/resolve",
            // Runtimes ask here how much memory and how many processors they have.
            "/sys/fs/cgroup",
            "/sys/devices/system/cpu");

    private final Optional<Path> bubblewrap;
    private final boolean isRoot;
    private final String why;

    private Sandbox(Optional<Path> bubblewrap, boolean isRoot, String why) {
        this.bubblewrap = bubblewrap;
        this.isRoot = isRoot;
        this.why = why;
    }

    /// Tries the candidates, in order; the first that can start a program is used.
    static Sandbox find(List<Path> candidates, boolean isRoot) {
        var why = "bubblewrap is not installed; install the package 'bubblewrap' for a sandbox around every step";
        for (var candidate : candidates) {
            if (!Files.isExecutable(candidate)) {
                continue;
            }
            var sandbox = new Sandbox(Optional.of(candidate), isRoot, "");
            if (sandbox.works()) {
                return sandbox;
            }
            why = candidate + " cannot make a sandbox here (user namespaces may be switched off)";
        }
        return new Sandbox(Optional.empty(), isRoot, why);
    }

    private boolean works() {
        try {
            var confinement = new Confinement(Isolation.FILES, 0, List.of(), Confinement.Limits.none());
            var argv = new ArrayList<>(prefix(confinement));
            argv.add("/bin/true");
            var process = Spawn.start(new ProcessBuilder(argv)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD));
            boolean ended = process.waitFor(5, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Optional<Path> program() {
        return bubblewrap;
    }

    String why() {
        return why;
    }

    /// Whether the program gets a file system of its own.
    boolean isUsed(Confinement confinement) {
        return confinement.isolation() != Isolation.NONE && bubblewrap.isPresent();
    }

    /// The words before a program that confine it.
    List<String> prefix(Confinement confinement) {
        var words = new ArrayList<String>();
        if (isUsed(confinement)) {
            words.add(bubblewrap.orElseThrow().toString());
            words.addAll(
                    List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--proc", "/proc", "--dev", "/dev"));
            var floor = confinement.binds().stream().filter(Sandbox::isFloor).findFirst();
            words.addAll(floor.map(bind -> Floor.words(bind.source())).orElseGet(Sandbox::ofTheMachine));
            Stream.of("/tmp", "/var/tmp", "/dev/shm")
                    .filter(folder -> floor.isEmpty() || !folder.startsWith("/var"))
                    .forEach(folder -> words.addAll(List.of("--perms", "1777", "--tmpfs", folder)));
            confinement.binds().stream().filter(bind -> !isFloor(bind)).forEach(bind -> words.addAll(words(bind)));
            if (isRoot && confinement.account() != 0) {
                words.addAll(List.of("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"));
            }
            words.add("--");
        }
        if (isRoot && confinement.account() != 0) {
            words.addAll(AsAccount.prefix(confinement.account()));
        }
        return words;
    }

    private static boolean isFloor(Bind bind) {
        return bind.inside().equals(Path.of("/"));
    }

    private static List<String> ofTheMachine() {
        var words = new ArrayList<String>();
        SYSTEM.forEach(folder -> words.addAll(words(Bind.readOnly(Path.of(folder)))));
        words.addAll(List.of("--dir", "/var", "--dir", "/run", "--dir", "/home"));
        words.addAll(ownFolders());
        return words;
    }

    /// Programs of the system expect folders of their own below `/var`, such as `/var/lib/nginx`: they find them empty,
    /// writable and theirs alone.
    private static List<String> ownFolders() {
        var words = new ArrayList<String>();
        for (var parent : List.of("/var/lib", "/var/log", "/var/cache")) {
            words.addAll(List.of("--dir", parent));
            try (var folders = Files.newDirectoryStream(Path.of(parent), Files::isDirectory)) {
                folders.forEach(folder -> words.addAll(List.of("--perms", "0777", "--dir", folder.toString())));
            } catch (IOException e) {
                // A machine without that folder: nothing of its programs expects one.
            }
        }
        return words;
    }

    private static List<String> words(Bind bind) {
        var words = new ArrayList<String>();
        // Made by itself, bubblewrap gives a missing parent to its owner only.
        for (int depth = 1; depth < bind.inside().getNameCount(); depth++) {
            words.addAll(List.of("--dir", "/" + bind.inside().subpath(0, depth)));
        }
        words.addAll(List.of(
                bind.writable() ? "--bind" : "--ro-bind-try",
                bind.source().toString(),
                bind.inside().toString()));
        return words;
    }
}
