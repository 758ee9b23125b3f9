package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

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
        if (isNew()) {
            create(newest);
            return;
        }
        requireNotNewer(origin());
        try {
            var flyway = Flyway.configure()
                    .dataSource(source)
                    .baselineOnMigrate(true)
                    .baselineVersion(origin())
                    .locations(folders.stream()
                            .map(folder -> "classpath:" + folder)
                            .toArray(String[]::new))
                    .failOnMissingLocations(true)
                    .load();
            requireNotNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            throw unfit(e);
        }
        execute("pragma user_version = " + newest);
    }

    private static RuntimeException unfit(FlywayException e) {
        if (e.getCause() != null) {
            return e;
        }
        return new ProblemException(
                Problem.system("db.migrate", "the database does not come to the newest version: " + e.getMessage())
                        .hint("start the version again that wrote the data folder, or restore a backup"),
                e);
    }

    private static void requireNotNewer(Flyway flyway) {
        for (var applied : flyway.info().applied()) {
            if (applied.getState().isFailed() || applied.getState().name().contains("FUTURE")) {
                throw newer(String.valueOf(applied.getVersion()));
            }
        }
    }

    /// Of one that was made at a version behind which all lies that is known here Flyway would find nothing to do.
    private void requireNotNewer(String origin) {
        int newest = new Scripts(folders)
                .all().stream()
                        .mapToInt(each -> Integer.parseInt(each.version()))
                        .max()
                        .orElse(0);
        if (Integer.parseInt(origin) > newest) {
            throw newer(origin);
        }
    }

    private static ProblemException newer(String schema) {
        return Problem.resource(
                        "db.newer", "the data folder was written by a newer version of Johwa (schema " + schema + ")")
                .hint("use that version again, or a backup from before the upgrade")
                .exception();
    }

    private boolean isNew() {
        return ask("select count(*) from sqlite_master").equals("0");
    }

    /// A new database gets every migration at once, without Flyway, which would take longer than all else of the start;
    /// the version it was made at is noted, for Flyway to begin from.
    private void create(int newest) {
        var script = new StringBuilder("begin immediate;\n");
        var last = "";
        for (var each : new Scripts(folders).all()) {
            script.append(each.text()).append('\n');
            last = each.version();
        }
        script.append("create table schema_origin (version text not null);\n");
        script.append("insert into schema_origin (version) values ('")
                .append(last)
                .append("');\n");
        script.append("pragma user_version = ").append(newest).append(";\ncommit;\n");
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(script.toString());
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /// The version at which the database was made; `0` for one that Flyway made.
    private String origin() {
        boolean isNoted = ask("select count(*) from sqlite_master where name = 'schema_origin'")
                .equals("1");
        return isNoted ? ask("select version from schema_origin") : "0";
    }

    /// Of all that the migrations say; not 0, which a new database has.
    private int fingerprint() {
        var sum = new CRC32();
        new Scripts(folders).all().forEach(each -> sum.update(each.bytes()));
        return (int) (sum.getValue() & 0x7fffffff) | 1;
    }

    private int userVersion() {
        return Integer.parseInt(ask("pragma user_version"));
    }

    /// The first column of the first row.
    private String ask(String question) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            return row.next() ? row.getString(1) : "0";
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void execute(String sql) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
