package dev.johwa.watch.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Disks of which nobody has anything but one app in one environment, as the kernel tells it in `/proc/self/mountinfo`
/// (proc_pid_mountinfo(5)): a file system that is mounted as a whole below that app's folder, and nowhere else.
final class OwnDisk {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private OwnDisk() {}

    /// @param device its numbers: `8:17`
    /// @param root what of it is mounted: `/`
    private record Mount(String device, String root, Path at) {
        static Mount of(String line) {
            var words = line.split(" ");
            return new Mount(words[2], words[3], Path.of(plain(words[4])));
        }

        /// Spaces and their like are written as numbers.
        private static String plain(String text) {
            return text.replace("\\040", " ")
                    .replace("\\011", "\t")
                    .replace("\\012", "\n")
                    .replace("\\134", "\\");
        }
    }

    /// @param folder of data, in the folder of its app's environment
    static boolean has(Path folder) {
        try {
            var real = folder.toRealPath();
            var all = Files.readAllLines(MOUNTS).stream().map(Mount::of).toList();
            return all.stream()
                    .filter(mount -> real.startsWith(mount.at()))
                    .max(Comparator.comparingInt(mount -> mount.at().getNameCount()))
                    .filter(mount -> mount.at().startsWith(real.getParent()))
                    .filter(mount -> mount.root().equals("/") && isOnlyOne(mount, all))
                    .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOnlyOne(Mount mount, List<Mount> all) {
        return all.stream()
                        .filter(other -> other.device().equals(mount.device()))
                        .count()
                == 1;
    }
}
