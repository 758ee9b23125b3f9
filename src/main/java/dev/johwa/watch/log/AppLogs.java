package dev.johwa.watch.log;

import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.target.Logs;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What apps say, wherever it lies: what their instances print, and what others brought. Safe for use by many threads.
public final class AppLogs {
    private final Logs printed;
    private final LogStore kept;
    private final Tasks tasks;

    public AppLogs(Logs printed, LogStore kept, Tasks tasks) {
        this.printed = printed;
        this.kept = kept;
        this.tasks = tasks;
    }

    /// The newest lines that are wanted, oldest first.
    public List<LogLine> read(LogSearch search) {
        var all = Stream.concat(
                        printed.read(query(search)).stream().map(line -> line(search.app(), line)),
                        kept.find(search).stream())
                .sorted(Comparator.comparing(LogLine::at))
                .toList();
        return all.subList(Math.max(0, all.size() - search.limit()), all.size());
    }

    /// Whether there is any line of an app.
    public boolean knows(String app, String environment) {
        return !read(LogSearch.last(app, environment, 1)).isEmpty();
    }

    /// Tells the newest lines and then each that comes, until cancelled, one at a time.
    ///
    /// @param searches which ones now: those that come later are told from their first line on
    public void follow(Supplier<List<LogSearch>> searches, Consumer<LogLine> lines, Cancel cancel)
            throws InterruptedException {
        var oneAtATime = new ReentrantLock();
        Consumer<LogLine> tell = line -> {
            oneAtATime.lock();
            try {
                lines.accept(line);
            } finally {
                oneAtATime.unlock();
            }
        };
        var brought = tasks.call("kept lines", () -> {
            kept.follow(searches, tell, cancel);
            return true;
        });
        var _ = brought.exceptionally(e -> {
            cancel.cancel("nobody listens");
            return false;
        });
        printed.follow(
                () -> searches.get().stream().map(AppLogs::query).toList(),
                line -> tell.accept(line("", line)),
                cancel);
    }

    private static Logs.Query query(LogSearch search) {
        return new Logs.Query(
                search.app(),
                search.environment(),
                search.limit(),
                search.release(),
                search.since(),
                search.until(),
                search.terms().stream()
                        .map(Term::needle)
                        .flatMap(Optional::stream)
                        .findFirst(),
                search.from());
    }

    private static LogLine line(String app, Logs.Line line) {
        var source = new LogSource(line.release(), "", line.instance(), line.stream(), "");
        return LogLine.of(line.at(), app, source, line.text(), "");
    }
}
