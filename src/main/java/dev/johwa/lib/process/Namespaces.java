package dev.johwa.lib.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Goes into the namespaces in which another program is, by nsenter of util-linux.
final class Namespaces {
    private static final Map<String, String> OPTIONS =
            Map.of("mnt", "--mount", "pid", "--pid", "ipc", "--ipc", "uts", "--uts", "net", "--net");

    private Namespaces() {}

    /// The words before a program that bring it there; none where the other is in ours.
    static List<String> prefix(long pid, boolean isRoot) {
        var words = new ArrayList<String>();
        OPTIONS.forEach((kind, option) -> {
            if (isOther(pid, kind)) {
                words.add(option);
            }
        });
        if (words.isEmpty()) {
            return List.of();
        }
        words.sort(null);
        if (!isRoot && isOther(pid, "user")) {
            words.addAll(List.of("--user", "--preserve-credentials"));
        }
        words.addAll(0, List.of("/usr/bin/nsenter", "--target", String.valueOf(pid)));
        words.add("--");
        return words;
    }

    private static boolean isOther(long pid, String kind) {
        try {
            return !of(String.valueOf(pid), kind).equals(of("self", kind));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path of(String pid, String kind) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", pid, "ns", kind));
    }
}
