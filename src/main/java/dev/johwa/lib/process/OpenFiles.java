package dev.johwa.lib.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Files and sockets that programs have open, as far as `/proc` tells (proc(5), cgroups(7)).
///
/// @param sockets of all of them; one that several have is one
/// @param files of the one that has most of what it may
/// @param limit what that one may have
public record OpenFiles(int sockets, int files, long limit) {
    private static final Path PROC = Path.of("/proc");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    static OpenFiles of(List<Long> pids) {
        var sockets = new HashSet<String>();
        int files = 0;
        long limit = Long.MAX_VALUE;
        for (long pid : pids) {
            int count = ProcFolder.open(pid, sockets::add);
            long most = count == 0 ? Long.MAX_VALUE : ProcFolder.mostFiles(pid);
            if ((double) count / most > (double) files / limit) {
                files = count;
                limit = most;
            }
        }
        // One that several have is one: workers have that of their parent, on which all of them listen.
        return new OpenFiles(sockets.size(), files, limit);
    }

    /// Of a container's processes.
    ///
    /// @param pid of its first one, on this machine
    /// @param container its id
    /// @return empty where they are not of this machine, or may not be looked at
    public static Optional<OpenFiles> ofContainer(long pid, String container) {
        try (var lines = Files.lines(PROC.resolve(pid + "/cgroup"), StandardCharsets.ISO_8859_1)) {
            var group = lines.filter(line -> line.contains(container))
                    .filter(line -> line.startsWith("0::") || line.contains(":pids:"))
                    .findFirst();
            if (group.isEmpty() || !Files.isReadable(PROC.resolve(pid + "/fd"))) {
                return Optional.empty();
            }
            var path = group.get().substring(group.get().indexOf(":/") + 2);
            var folder = (group.get().startsWith("0::") ? GROUPS : GROUPS.resolve("pids")).resolve(path);
            return Optional.of(Cgroups.members(List.of(folder)))
                    .filter(members -> members.contains(pid))
                    .map(OpenFiles::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
