package dev.johwa.main.doctor;

import dev.johwa.build.image.Images;
import dev.johwa.build.registry.Registry;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.serve.backup.BackupPorts.Held;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.target.Target;
import dev.johwa.source.config.Values;
import dev.johwa.source.git.Repositories;
import java.nio.file.Path;
import java.util.function.Supplier;

/// All that a platform keeps.
///
/// @param folder the data folder
/// @param hold keeps files from being collected or packed until it is closed
public record Stored(
        Path folder,
        Database database,
        Values values,
        Repositories repositories,
        Images images,
        Registry registry,
        Target target,
        Data data,
        Clock clock,
        Supplier<Held> hold) {}
