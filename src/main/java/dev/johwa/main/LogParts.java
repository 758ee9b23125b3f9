package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.target.Logs;
import dev.johwa.watch.log.AppLogs;
import dev.johwa.watch.log.ForwardPort;
import dev.johwa.watch.log.LogStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Handler;
import org.jspecify.annotations.Nullable;

/// The store of lines of logs, and the port where others bring some.
final class LogParts implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final LogStore store;
    private final AppLogs said;
    private final Handler warnings;
    private volatile @Nullable ForwardPort port;

    /// @param settings whose budget for logs it has half of; runs have the rest
    LogParts(Settings settings, Clock clock, Masks masks, Logs printed) {
        store = new LogStore(
                settings.keptLogs(), clock, Math.max(1, settings.budgets().of(Budgets.Part.LOGS) / 2), masks);
        said = new AppLogs(printed, store);
        warnings = Logging.keepIn(said.platform());
    }

    AppLogs said() {
        return said;
    }

    LogStore store() {
        return store;
    }

    /// Takes what apps print from now on, and opens the port where somebody asked for one.
    void start(Settings settings, Clock clock, Tasks tasks) {
        tasks.every(PAUSE, "logs", said::take);
        settings.forward().ifPresent(opening -> port = ForwardPort.open(opening, store, clock, tasks));
    }

    /// `HOST:PORT` of the port that is open.
    Optional<String> address() {
        return Optional.ofNullable(port).map(ForwardPort::address);
    }

    @Override
    public void close() throws IOException {
        var open = port;
        if (open != null) {
            open.close();
        }
        warnings.close();
        store.close();
    }
}
