package dev.johwa.lib.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Another system's folders in place of those of this machine: what a bind at `/` stands for. They are shown read-only
/// and one by one, so that folders of a program's own can lie among them.
final class Floor {
    /// What a sandbox makes itself.
    private static final Set<String> OWN = Set.of("proc", "dev", "sys", "tmp", "run", "home", "app", "etc");
    /// Names are resolved as on this machine.
    private static final Set<String> OF_THE_MACHINE = Set.of("resolv.conf", "hosts");

    private Floor() {}

    static List<String> words(Path root) {
        var words = new ArrayList<String>();
        show(root, Path.of("/"), OWN, words);
        words.addAll(List.of("--dir", "/etc"));
        show(root.resolve("etc"), Path.of("/etc"), OF_THE_MACHINE, words);
        for (var name : OF_THE_MACHINE) {
            var file = Path.of("/etc").resolve(name).toString();
            words.addAll(List.of("--ro-bind-try", file, file));
        }
        for (var place : List.of("/run", "/home", "/sys", "/sys/fs")) {
            words.addAll(List.of("--dir", place));
        }
        words.addAll(List.of("--ro-bind-try", "/sys/fs/cgroup", "/sys/fs/cgroup"));
        return words;
    }

    private static void show(Path folder, Path inside, Set<String> without, List<String> words) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var children = Files.newDirectoryStream(folder)) {
            for (var child : children) {
                var name = child.getFileName().toString();
                if (without.contains(name)) {
                    continue;
                }
                var place = inside.resolve(name).toString();
                if (Files.isSymbolicLink(child)) {
                    words.addAll(
                            List.of("--symlink", Files.readSymbolicLink(child).toString(), place));
                } else {
                    words.addAll(List.of("--ro-bind", child.toString(), place));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
