package dev.johwa.serve.backup;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.source.git.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What backups are made of.
///
/// @param data the data folder
/// @param parts what goes in beside the database, in this order: what another part names comes after it
/// @param keys parts that go in only when asked
/// @param prepare lets rooms write what their parts should hold, such as dumps
/// @param hold keeps what goes in from being collected or packed until it is closed
/// @param johwa version of the program
/// @param plan which are made by themselves
public record BackupPorts(
        Path data,
        Database database,
        Clock clock,
        Supplier<List<Part>> parts,
        List<Part> keys,
        Consumer<Progress> prepare,
        Supplier<Held> hold,
        String johwa,
        Plan plan) {

    /// Something held off; closed, it goes on.
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// Where a copy in the making, and what was seen last, lie.
    Path desk() {
        return data.resolve("run/backup");
    }

    /// Names the platform; it goes along.
    Path identity() {
        return data.resolve("platform");
    }
}
