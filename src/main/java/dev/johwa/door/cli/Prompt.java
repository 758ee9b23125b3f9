package dev.johwa.door.cli;

import dev.johwa.door.api.AppList;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// How the folder's project is in a few words, for a shell's prompt: from a small file that is seconds old, else asked
/// for with a short patience. It says nothing rather than anything wrong.
final class Prompt {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final int MOST_APPS = 3;

    private final Session session;
    private final Clock clock = new SystemClock();

    Prompt(Session session) {
        this.session = session;
    }

    void tell() {
        GitRemote.find(session.folder())
                .map(this::line)
                .filter(line -> !line.isEmpty())
                .ifPresent(line -> session.screen().line(line));
    }

    private String line(GitRemote remote) {
        var file = session.surroundings()
                .cache()
                .resolve(
                        "johwa/prompt-" + (remote.server() + "-" + remote.project()).replaceAll("[^A-Za-z0-9.-]", "_"));
        try {
            var before = kept(file);
            if (before.filter(line -> isFresh(file)).isPresent()) {
                return before.get();
            }
            var now = asked(remote.project());
            var line = now.orElseGet(
                    () -> before.map(old -> old.replaceFirst("\\?*$", "?")).orElse(""));
            keep(file, line);
            return line;
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<String> kept(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private boolean isFresh(Path file) {
        try {
            var age = Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.now());
            return !age.isNegative() && age.compareTo(FRESH) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Where nobody answers, it is not asked again for a while either.
    private static void keep(Path file, String line) throws IOException {
        var part = Files.createDirectories(file.getParent())
                .resolve(file.getFileName() + "." + ProcessHandle.current().pid());
        Files.writeString(part, line);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Optional<String> asked(String project) {
        try (var tasks = new Tasks()) {
            return Optional.of(tasks.call(
                            "status",
                            () -> told(session.client()
                                    .status(Optional.of(project))
                                    .apps()))
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join());
        } catch (CompletionException | ProblemException e) {
            return Optional.empty();
        }
    }

    private static String told(List<AppList.App> apps) {
        var production = apps.stream()
                .filter(app -> app.environment().equals("production"))
                .toList();
        var shown = production.stream().limit(MOST_APPS).map(Prompt::told).collect(Collectors.joining(" "));
        return production.size() > MOST_APPS ? shown + " …" : shown;
    }

    private static String told(AppList.App app) {
        var release = app.release().isPresent() ? " #" + app.release().getAsInt() : "";
        return app.name() + release + (app.state().equals("live") ? "" : " " + app.state());
    }
}
