package dev.johwa.main;

import static dev.johwa.Wait.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A control group that bounds how many processes and threads there may be in it, of either version; only root makes
/// one. Who is in it goes back where it came from in the end.
final class PidsGroup implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final Path home;
    private final Path folder;

    PidsGroup(String name) throws IOException {
        home = Files.isDirectory(ROOT.resolve("pids")) ? ROOT.resolve("pids") : ROOT;
        folder = Files.createDirectories(home.resolve(name));
    }

    void enter(long pid) throws IOException {
        Files.writeString(folder.resolve("cgroup.procs"), String.valueOf(pid));
    }

    int count() throws IOException {
        return Integer.parseInt(Files.readString(folder.resolve("pids.current")).strip());
    }

    void allow(int most) throws IOException {
        Files.writeString(folder.resolve("pids.max"), String.valueOf(most));
    }

    void allowAll() throws IOException {
        Files.writeString(folder.resolve("pids.max"), "max");
    }

    private List<String> members() {
        try {
            return Files.readAllLines(folder.resolve("cgroup.procs"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean isLeft() {
        try {
            for (var pid : members()) {
                Files.writeString(home.resolve("cgroup.procs"), pid);
            }
            Files.deleteIfExists(folder);
            return true;
        } catch (IOException e) {
            // Somebody ended, or came, this moment.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        allowAll();
        eventually(this::isLeft);
    }
}
