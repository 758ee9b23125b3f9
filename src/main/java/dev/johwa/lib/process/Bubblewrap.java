package dev.johwa.lib.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Gets bubblewrap from Debian's packages into a folder of our own, without installing it.
public final class Bubblewrap {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;

    /// @param folder below which packages are unpacked
    public Bubblewrap(Path folder) {
        this.folder = folder;
    }

    /// Where the program lies once fetched.
    public Path program() {
        return folder.resolve("bubblewrap/usr/bin/bwrap");
    }

    /// Downloads and unpacks the package; empty when this machine has no `apt-get`, or it fails.
    public Optional<Path> fetch() {
        if (Files.isExecutable(program())) {
            return Optional.of(program());
        }
        try {
            var work = Files.createDirectories(folder.resolve("download"));
            if (!runs(List.of("apt-get", "download", "bubblewrap"), work)) {
                runs(List.of("apt-get", "update", "-q"), work);
                runs(List.of("apt-get", "download", "bubblewrap"), work);
            }
            try (var packages = Files.newDirectoryStream(work, "bubblewrap_*.deb")) {
                for (var each : packages) {
                    runs(
                            List.of(
                                    "dpkg",
                                    "-x",
                                    each.toString(),
                                    folder.resolve("bubblewrap").toString()),
                            work);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Files.isExecutable(program()) ? Optional.of(program()) : Optional.empty();
    }

    private static boolean runs(List<String> argv, Path work) throws IOException {
        var builder = new ProcessBuilder(argv)
                .directory(work.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("DEBIAN_FRONTEND", "noninteractive"));
        var process = Spawn.start(builder);
        try {
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
