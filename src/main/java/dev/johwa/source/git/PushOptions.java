package dev.johwa.source.git;

import dev.johwa.lib.file.Shortage;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Push.RefUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Options of pushes, written down before their branches move and until their runs are: a server that is killed between
/// the two leaves them to the next one. Safe for use by many threads.
public final class PushOptions {
    private static final Logger LOG = LoggerFactory.getLogger(PushOptions.class);
    /// Letters of all the options of a push.
    private static final int MOST = 64 << 10;

    private final Path folder;
    private final Map<Long, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicLong last;
    private final long lastOfEarlier;

    /// @param folder for one file a push, made with the first one; nobody else works with it
    PushOptions(Path folder) {
        this.folder = folder;
        Whole.clear(folder);
        Trees.children(folder).forEach(this::read);
        this.lastOfEarlier =
                kept.keySet().stream().mapToLong(each -> each).max().orElse(0);
        this.last = new AtomicLong(lastOfEarlier);
    }

    private void read(Path file) {
        try {
            var number = Long.parseLong(file.getFileName().toString());
            kept.put(number, Json.read(Files.readAllBytes(file), Kept.class));
        } catch (NumberFormatException | ProblemException | IOException e) {
            LOG.warn("{} holds no options of a push: {}", file, e.getMessage());
        }
    }

    /// What a push said of branches that it was about to move.
    ///
    /// @param commits by ref: where they were to go
    public record Kept(String project, Map<String, String> commits, List<String> options) {
        public Kept {
            commits = Map.copyOf(commits);
            options = List.copyOf(options);
        }

        /// Whether it was about to move a ref to this commit.
        public boolean moves(String where, RefUpdate update) {
            return project.equals(where) && update.to().equals(commits.get(update.ref()));
        }
    }

    /// What one push wrote down.
    @FunctionalInterface
    interface Note {
        /// Takes it back: nothing moved.
        void forget();
    }

    /// Writes down what a push says, for the branches among its updates.
    ///
    /// @throws IOException with the reason in words for who pushes, when it cannot be: nothing is to move then
    Note keep(Push push) throws IOException {
        // Who was cut off waits for nothing any more.
        var options = push.options().stream()
                .filter(option -> !option.equals(Push.NO_WAIT))
                .toList();
        var commits = push.updates().stream()
                .filter(update -> update.isBranch() && !update.isDeletion())
                .collect(Collectors.toMap(RefUpdate::ref, RefUpdate::to));
        if (options.isEmpty() || commits.isEmpty()) {
            return () -> {};
        }
        if (options.stream().mapToInt(String::length).sum() > MOST) {
            throw new IOException("its options are longer than " + MOST + " letters together");
        }
        long number = last.incrementAndGet();
        write(number, new Kept(push.repository(), commits, options));
        return () -> forget(number);
    }

    private void write(long number, Kept each) throws IOException {
        try {
            Files.createDirectories(folder);
            Whole.writeDurably(file(number), Json.bytes(each), "rw-------");
            kept.put(number, each);
        } catch (IOException e) {
            var why = Shortage.of(e).map(shortage -> shortage.problem().text()).orElseGet(e::toString);
            throw new IOException("its options could not be written down: " + why, e);
        }
    }

    /// What the last push that was about to move a ref to this commit said; empty where it said nothing.
    public List<String> of(String project, RefUpdate update) {
        return kept.entrySet().stream()
                .filter(each -> each.getValue().moves(project, update))
                .max(Comparator.comparing(Map.Entry::getKey))
                .map(each -> each.getValue().options())
                .orElse(List.of());
    }

    /// Forgets what was said of branches whose runs are written down.
    public void forget(Push push) {
        kept.forEach((number, each) -> {
            if (each.project().equals(push.repository()) && covers(push.updates(), each)) {
                forget(number);
            }
        });
    }

    private static boolean covers(List<RefUpdate> updates, Kept each) {
        long covered = updates.stream()
                .filter(update -> each.moves(each.project(), update))
                .count();
        return covered == each.commits().size();
    }

    /// What earlier servers left.
    public List<Kept> earlier() {
        return kept.entrySet().stream()
                .filter(each -> each.getKey() <= lastOfEarlier)
                .map(Map.Entry::getValue)
                .toList();
    }

    /// Forgets one of those.
    public void forget(Kept earlier) {
        kept.forEach((number, each) -> {
            if (number <= lastOfEarlier && each.equals(earlier)) {
                forget(number);
            }
        });
    }

    private void forget(long number) {
        kept.remove(number);
        try {
            Files.deleteIfExists(file(number));
        } catch (IOException e) {
            // The next start sees that nobody needs it any more.
            LOG.warn("options of a push stay in {}: {}", file(number), e.getMessage());
        }
    }

    private Path file(long number) {
        return folder.resolve(Long.toString(number));
    }
}
