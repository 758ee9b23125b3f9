package dev.johwa.serve.data;

import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Dumps of databases of a MariaDB, and the way back from one.
record MariaDbDumps(Tools tools, MariaDbClient client) {
    private static final Duration TO_DUMP = Duration.ofHours(2);

    /// Views of what is gone: their comment says so. Who asks for rows has them opened.
    List<String> broken(Site site, Role role) {
        return client.sql(site, """
                select table_name from information_schema.tables where table_schema = '%s'
                    and table_type = 'VIEW' and table_rows is null and table_comment <> 'VIEW'
                """.formatted(role.name())).lines().toList();
    }

    /// As the user of the application, who may do no more than that.
    void dump(Site site, Role role, OutputStream out) {
        var argv = new ArrayList<>(List.of(
                site.program("mariadb-dump"),
                "--no-defaults",
                MariaDb.UTF_8,
                "--host=127.0.0.1",
                "--port=" + site.port(),
                "--user=" + role.name(),
                "--single-transaction",
                "--quick",
                "--hex-blob",
                "--routines",
                "--events",
                "--no-tablespaces"));
        broken(site, role).forEach(view -> argv.add("--ignore-table=" + role.name() + "." + view));
        argv.add(role.name());
        tools.pass(tools.command(argv, Map.of("MYSQL_PWD", role.password())), "", out, TO_DUMP);
    }

    /// Databases cannot change their names here. So a dump proves itself in a copy; then it is noted, and from there on
    /// it becomes the database, however often that is begun anew.
    void restore(Site site, Role role, Path dump) {
        tidy(site, role);
        var copy = role.name() + "_new";
        client.sql(
                site,
                "create database `" + copy + "`; grant all privileges on " + MariaDbClient.granted(copy) + " to '"
                        + role.name() + "'@'127.0.0.1';");
        try {
            load(site, role, copy, dump);
            note(site, role.name(), dump);
        } finally {
            client.sql(
                    site,
                    "revoke all privileges on " + MariaDbClient.granted(copy) + " from '" + role.name()
                            + "'@'127.0.0.1'; drop database `" + copy + "`;");
        }
        become(site, role);
    }

    private static Path noted(Site site, String name) {
        return site.folder().resolve("becomes-" + name);
    }

    private static void note(Site site, String name, Path dump) {
        try {
            var part = noted(site, name + ".part");
            Files.copy(dump, part, StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, noted(site, name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nobody else is in it meanwhile: its user has another password for that long.
    private void become(Site site, Role role) {
        var ours = new Role(role.name(), UUID.randomUUID().toString());
        letIn(site, ours);
        client.kill(site, role.name());
        client.sql(site, "drop database if exists `%1$s`; create database `%1$s`;".formatted(role.name()));
        load(site, ours, role.name(), noted(site, role.name()));
        // Before the application writes again, since it would begin anew.
        Trees.delete(noted(site, role.name()));
        letIn(site, role);
    }

    private void letIn(Site site, Role role) {
        client.sql(site, "alter user '" + role.name() + "'@'127.0.0.1' identified by '" + role.password() + "';");
    }

    /// The client does what a dump says, also to files and by a shell, unless it is told not to; and as the server's
    /// user it sees nothing of the machine.
    private void load(Site site, Role role, String database, Path dump) {
        var argv = List.of(
                "/bin/sh",
                "-c",
                "dump=$1; shift; exec \"$@\" <\"$dump\"",
                "sh",
                dump.toString(),
                site.program("mariadb"),
                "--no-defaults",
                MariaDb.UTF_8,
                "--sandbox",
                "--host=127.0.0.1",
                "--port=" + site.port(),
                "--user=" + role.name(),
                database);
        tools.read(site, tools.command(argv, Map.of("MYSQL_PWD", role.password())), dump, TO_DUMP);
    }

    void tidy(Site site, Role role) {
        Trees.delete(noted(site, role.name() + ".part"));
        client.sql(site, "drop database if exists `" + role.name() + "_new`;");
        if (Files.exists(noted(site, role.name()))) {
            become(site, role);
        } else {
            letIn(site, role);
        }
    }
}
