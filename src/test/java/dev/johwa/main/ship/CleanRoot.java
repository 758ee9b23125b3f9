package dev.johwa.main.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A machine on which nothing of ours has ever been: a small Debian that `./johwa verify` fetched once. What a command
/// changes there is gone when it ends.
public record CleanRoot(Path root, Path scratch) {
    private static final String NAME = "bookworm-2";

    public static CleanRoot in(Path scratch) {
        var caches = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        var root = caches.resolve("johwa/tools/roots").resolve(NAME);
        assertThat(root.resolve("bin/sh")).as("made by scripts/verify, as root").exists();
        return new CleanRoot(root, scratch);
    }

    /// What its apt can install, for a machine without a network: PostgreSQL.
    public Path packages() {
        var packages = root.resolveSibling(NAME + "-packages-1");
        assertThat(packages.resolve("Packages"))
                .as("made by scripts/verify, as root")
                .exists();
        return packages;
    }

    /// @param files seen there as `/files`
    /// @return what the script printed; it must end well
    String run(Path files, String script) throws IOException, InterruptedException {
        var place = Files.createTempDirectory(scratch, "root");
        var outside = Path.of("src/test/resources/clean-root.sh").toAbsolutePath();
        var argv = new ArrayList<>(List.of("unshare", "-mpfn", "--kill-child", "sh", outside.toString()));
        argv.addAll(List.of(root.toString(), place.toString(), files.toString(), "/bin/sh", "-ec", script));
        return run(argv, 240);
    }

    /// Runs a program of this machine to its end.
    public static String run(List<String> argv, int seconds) throws IOException, InterruptedException {
        var said = Files.createTempFile("said", ".txt");
        var builder = new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        var process = builder.start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        var text = Files.readString(said);
        Files.delete(said);
        assertThat(ended)
                .as("%s took longer than %s s and said: %s", argv, seconds, text)
                .isTrue();
        assertThat(process.exitValue()).as("%s said: %s", argv, text).isZero();
        return text;
    }
}
