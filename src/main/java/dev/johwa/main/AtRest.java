package dev.johwa.main;

import dev.johwa.door.api.Examination;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Programs;
import dev.johwa.lib.task.Tasks;
import dev.johwa.main.doctor.Doctor;
import dev.johwa.serve.backup.Made;
import dev.johwa.serve.backup.Order;
import dev.johwa.serve.data.Beside;
import dev.johwa.serve.data.Data;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.git.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The stores and databases of a data folder in which no control plane works; whoever opens it holds the folder's lock.
final class AtRest implements AutoCloseable {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Clock clock = new SystemClock();
    private final Settings settings;
    private final Parts parts;
    private final Data data;

    AtRest(Path folder, Surroundings around) {
        this.settings = Settings.ofItsOwn(folder, around, Duration.ZERO);
        var toolchains = new Toolchains(
                settings.path(), settings.home(), Optional.of(settings.toolchains()), Programs::firstLine);
        this.parts = Parts.open(settings, new Configs(ServerSpec.none()), toolchains, clock, open);
        var tasks = new Tasks();
        open.add(tasks);
        this.data = parts.data(settings, clock, tasks, Beside.NONE);
    }

    /// All that there is, with the keys; servers of databases run after it.
    Made backUp(String where, Progress progress) {
        return new BackupParts(settings.data(), parts.repositories(), data.dumps())
                .backups(parts.database(), clock, () -> () -> {}, settings)
                .make(new Order(where, true), progress);
    }

    /// Looks through all that there is.
    Examination examine(Progress progress) {
        return new Doctor(parts.stored(settings, data, clock, () -> () -> {})).examine(progress);
    }

    /// Makes databases from their dumps; their servers run after it.
    ///
    /// @throws ProblemException when one is not back
    void bringBackDatabases() {
        var problems = data.bringBack();
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    @Override
    public void close() {
        for (var part : open.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
