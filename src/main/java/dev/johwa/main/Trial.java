package dev.johwa.main;

import dev.johwa.build.pipeline.Run;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.source.config.Values.Scope;
import dev.johwa.source.git.FolderCommit;
import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Push;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A platform of its own for the files of one folder, on free ports of this machine: whatever is tried takes the same
/// road as a push. Closing ends its processes and leaves only what makes the next trial of the folder faster.
final class Trial implements AutoCloseable {
    /// How often files are looked at, and how long they must have been still.
    static final Duration PAUSE = Duration.ofMillis(300);

    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String BRANCH = "main";
    private static final Duration WARM = Duration.ofSeconds(1);

    private final Path files;
    private final TrialFolder folder;
    private final String project;
    private final Progress progress;
    private final Server server;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private long seen;
    private long pushed;

    /// Where an app answers.
    ///
    /// @param url through the edge, by its name
    /// @param direct the instance's own address, or empty
    record Address(String url, String direct, int release) {}

    Trial(Surroundings around, Path files, Progress progress) throws IOException {
        this.files = files;
        this.progress = progress;
        this.project = name(files);
        this.folder = TrialFolder.of(around, files, project, new SystemClock().now());
        // The database's native part is unpacked there; elsewhere it would stay when a signal ends us.
        System.setProperty("org.sqlite.tmpdir", folder.path().toString());
        this.server = new Server(settings(around));
    }

    private FolderCommit commits() {
        return new FolderCommit(server.stores().repositories(), project, files);
    }

    /// As a push to a project named after the folder; always a name that the platform takes.
    private static String name(Path files) {
        var plain = String.valueOf(files.getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        var cut = plain.substring(0, Math.min(plain.length(), 40)).replaceAll("-+$", "");
        boolean isReserved = cut.matches("api|v\\d+|docs|schema|login|metrics|healthz|readyz|prometheus");
        return cut.isEmpty() ? "try" : isReserved ? cut + "-app" : cut;
    }

    private Settings settings(Surroundings around) {
        return Settings.ofItsOwn(folder.data(), around, WARM);
    }

    /// @param values that the application gets, as secrets: no log shows them
    void start(Map<String, String> values) {
        server.start();
        server.stores().repositories().create(project);
        if (!values.isEmpty()) {
            server.values().setSecrets(new Scope(project, project, "production"), values);
        }
    }

    /// Takes the files as they are now the whole way.
    ///
    /// @return why they are not live, or empty
    Optional<String> push() {
        seen = commits().fingerprint();
        pushed = seen;
        var update = commits().commit(BRANCH);
        if (update.from().equals(update.to())) {
            return Optional.empty();
        }
        progress.say("  trying    " + files);
        var refused = server.pipelines().start(new Push(project, "try", List.of(update), List.of()), this::say);
        return refused.isPresent() ? Optional.of(newest().map(Run::reason).orElse(refused.get())) : refused;
    }

    /// The words of a push, but for those that need a server that stays.
    private void say(String line) {
        if (line.strip().startsWith("Whole log: ")) {
            newest().ifPresent(this::keepLog);
            return;
        }
        progress.say(line);
    }

    private void keepLog(Run run) {
        try (var lines = server.pipelines().log(run.project(), run.number())) {
            var log = Files.createTempFile("johwa-try-" + project + "-", ".log");
            Files.write(log, (Iterable<String>) lines::iterator);
            progress.say("  Whole log: " + log);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the log is not kept", e);
        }
    }

    private Optional<Run> newest() {
        return server.pipelines().list(Optional.of(project), 1).stream().findFirst();
    }

    /// Whether files changed since the last push, and have been still since it was asked last.
    boolean hasChanged() {
        long now = commits().fingerprint();
        boolean isStill = now == seen;
        seen = now;
        return isStill && now != pushed;
    }

    /// Where each app answers that has an address, by its name.
    Map<String, Address> addresses() {
        var all = new TreeMap<String, Address>();
        for (var status : server.releases().status(Optional.of(project))) {
            if (status.state().equals("live") && !status.url().isEmpty()) {
                // The one before may still be there for a moment.
                var direct = status.instances().stream()
                        .filter(instance -> instance.process().equals("web")
                                && instance.release() == status.release().orElse(0))
                        .flatMapToInt(instance -> instance.port().stream())
                        .mapToObj(port -> "http://127.0.0.1:" + port + "/")
                        .findFirst();
                all.put(
                        status.where().name(),
                        new Address(
                                status.url(),
                                direct.orElse(""),
                                status.release().orElse(0)));
            }
        }
        return all;
    }

    /// Ends the steps that go on, and waits for their end.
    void cancel() {
        var clock = new SystemClock();
        long deadline = clock.ticks() + PATIENCE.toNanos();
        try {
            newest().filter(Trial::goesOn)
                    .ifPresent(run -> server.pipelines().cancel(run.project(), run.number(), "Ctrl-C"));
            while (newest().filter(Trial::goesOn).isPresent() && clock.ticks() < deadline) {
                clock.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("nothing to cancel", e);
        }
    }

    private static boolean goesOn(Run run) {
        return !run.state().isOver();
    }

    @Override
    public void close() {
        if (isClosed.getAndSet(true)) {
            return;
        }
        try {
            server.close();
            DownCommand.end(folder.data(), true);
            folder.close();
        } catch (IOException | UncheckedIOException e) {
            progress.say("  Something in " + folder.path() + " could not be deleted: " + e.getMessage());
        }
    }
}
