package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings the schema to the newest version. Flyway takes a quarter of a second to find out that nothing is to do, so
/// a fingerprint of the newest schema is kept in the database, and Flyway is asked only when it differs.
final class Migrations {
    private final DataSource source;
    private final List<String> folders;

    Migrations(DataSource source, List<String> folders) {
        this.source = source;
        this.folders = folders;
    }

    void migrate() {
        int newest = fingerprint();
        if (userVersion() == newest) {
            return;
        }
        var flyway = Flyway.configure()
                .dataSource(source)
                .locations(folders.stream().map(folder -> "classpath:" + folder).toArray(String[]::new))
                .failOnMissingLocations(true)
                .load();
        requireNotNewer(flyway);
        flyway.migrate();
        execute("pragma user_version = " + newest);
    }

    private static void requireNotNewer(Flyway flyway) {
        for (var applied : flyway.info().applied()) {
            if (applied.getState().isFailed() || applied.getState().name().contains("FUTURE")) {
                throw Problem.resource(
                                "db.newer",
                                "the data folder was written by a newer version of Johwa (schema "
                                        + applied.getVersion() + ")")
                        .hint("start that version again, or restore a backup from before the upgrade")
                        .exception();
            }
        }
    }

    /// Of the index file that lists the migrations with their sizes; not 0, which a new database has.
    private int fingerprint() {
        var sum = new CRC32();
        for (var folder : folders) {
            for (var name : index(folder)) {
                sum.update(resource(folder + "/" + name));
            }
        }
        return (int) (sum.getValue() & 0x7fffffff) | 1;
    }

    private static List<String> index(String folder) {
        return new String(resource(folder + "/index"), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static byte[] resource(String path) {
        try (var input = Migrations.class.getClassLoader().getResourceAsStream(path)) {
            if (input == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int userVersion() {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("pragma user_version")) {
            return row.next() ? row.getInt(1) : 0;
        } catch (SQLException e) {
            throw Problem.resource("db.open", "the database does not open: " + e.getMessage())
                    .hint("look at the folder's permissions and the free space")
                    .exception();
        }
    }

    private void execute(String sql) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw Problem.resource("db.write", "state could not be written: " + e.getMessage())
                    .exception();
        }
    }
}
