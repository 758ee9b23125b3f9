package dev.johwa.main.ship;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Where an installed program lies, and how another comes in its place: side by side with it, and then by one
/// change of a link.
///
/// @param link by which the program is started
/// @param versions folder of programs
/// @param prefix of their names
/// @param inside what of a program the link leads to; empty for its folder
public record Place(Path link, Path versions, String prefix, String inside) {
    /// How much of a digest names a program, here and by `johwa setup`.
    private static final int NAMED = 12;

    private static final String LAUNCHER = "johwa";
    private static final String VERSIONS = "versions";
    /// The launcher of a program that lies in the folder itself.
    private static final String FIRST = "johwa-first";

    /// @param home folder of the program that runs
    /// @throws dev.johwa.lib.problem.ProblemException when nothing can be put in its place
    public static Place of(Path home) throws IOException {
        if (!Files.isExecutable(home.resolve(LAUNCHER)) || !Files.exists(home.resolve(Version.FILE))) {
            throw Problem.user("upgrade.checkout", "this Johwa runs from " + home + ", which nobody installed")
                    .hint("in a checkout: git pull, and start `johwa up` again")
                    .exception();
        }
        if (home.equals(DebianPackage.PLACE)) {
            throw Problem.user("upgrade.debian", "this Johwa was installed by Debian's package")
                    .hint("give the package of the other one: johwa upgrade johwa_VERSION_ARCHITECTURE.deb")
                    .exception();
        }
        var parent = around(home.toAbsolutePath());
        for (var each : Trees.children(parent)) {
            if (Files.isSymbolicLink(each) && leadsTo(each, home)) {
                return new Place(each, parent, each.getFileName() + "-", "");
            }
        }
        boolean isVersion = parent.getFileName().toString().equals(VERSIONS)
                && leadsTo(parent.resolveSibling(LAUNCHER), home.resolve(LAUNCHER));
        var root = isVersion ? around(parent) : home;
        return new Place(root.resolve(LAUNCHER), root.resolve(VERSIONS), "", LAUNCHER);
    }

    private static Path around(Path file) {
        return Objects.requireNonNull(file.getParent(), "nothing of ours lies at the root of a machine");
    }

    /// The folder in which something changes.
    public Path folder() {
        return around(link);
    }

    /// Whether a program that lies there need not be brought.
    boolean holds(Path home) {
        return around(home).equals(versions) || home.equals(around(link));
    }

    private static boolean leadsTo(Path link, Path target) {
        try {
            return Files.exists(link) && link.toRealPath().equals(target.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /// The launcher by which the program is started that is there now.
    public Path launcher() {
        return inside.isEmpty() ? link.resolve(LAUNCHER) : link;
    }

    /// Where a program of these bytes lies.
    Path home(String digest) {
        return versions.resolve(prefix + digest.substring(0, NAMED));
    }

    /// From now on that program is started. Whoever is killed in it leaves the one or the other.
    public void use(Path home) throws IOException {
        var target = inside.isEmpty() ? home : home.resolve(inside);
        if (!inside.isEmpty() && !Files.isSymbolicLink(link)) {
            // What lay here before stays, by another name.
            var first = link.resolveSibling(FIRST);
            Files.copy(link, first, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        if (!inside.isEmpty() && home.equals(around(link))) {
            target = link.resolveSibling(FIRST);
        }
        var next = link.resolveSibling(link.getFileName() + ".new");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, around(link).relativize(target));
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Takes away programs that are neither in use nor the way back.
    ///
    /// @param kept the one that is there and the one before
    public void tidy(Set<Path> kept) {
        Trees.children(versions).stream()
                .filter(each -> !Files.isSymbolicLink(each) && Files.exists(each.resolve(Version.FILE)))
                .filter(each ->
                        each.getFileName().toString().matches(Pattern.quote(prefix) + "[0-9a-f]{" + NAMED + "}"))
                .filter(each -> !kept.contains(each) && !runs(each))
                .forEach(Trees::delete);
    }

    /// Whether a process runs by its Java.
    private static boolean runs(Path home) {
        return ProcessHandle.allProcesses()
                .flatMap(each -> each.info().command().stream())
                .anyMatch(each -> each.startsWith(home + "/"));
    }
}
