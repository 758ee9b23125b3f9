package dev.johwa;

import dev.johwa.lib.docker.Content;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Images of databases made of the programs of this machine, which take what the official ones take as far as tests
/// need it: they run as user 1000 and let everybody in.
public final class DatabaseImages {
    private static final int USER = 1000;
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
    private static final Path POSTGRES = Path.of("/usr/lib/postgresql/15");
    private static final List<String> APPLETS =
            List.of("sh", "cat", "chmod", "chown", "grep", "mkdir", "mv", "rm", "sed", "sleep", "stat", "tail", "tr");
    private static final String START_POSTGRES = """
            #!/bin/sh
            set -e
            if [ ! -e "$PGDATA/PG_VERSION" ]; then
                initdb -D "$PGDATA" -U "$POSTGRES_USER" --auth=trust -E UTF8 --locale=C --no-sync >/dev/null
                echo 'host all all all trust' >>"$PGDATA/pg_hba.conf"
                echo "create database $POSTGRES_USER" | postgres --single -D "$PGDATA" postgres >/dev/null
            fi
            exec postgres -D "$PGDATA" -c listen_addresses='*' -c fsync=off
            """;

    private static final Path MARIADB = Path.of("/usr/share/mysql");
    private static final String START_MARIADB = """
            #!/bin/sh
            set -e
            data=/var/lib/mysql
            share=/usr/share/mysql
            server="mariadbd --no-defaults --datadir=$data --lc-messages-dir=$share --innodb-use-native-aio=0"
            if [ ! -e $data/mysql ]; then
                mkdir $data/mysql
                {
                    echo 'use mysql;'
                    echo 'set @auth_root_socket = null;'
                    cat $share/mysql_system_tables.sql $share/mysql_system_tables_data.sql
                    echo 'flush privileges;'
                    echo "alter user root@localhost identified by '$MARIADB_ROOT_PASSWORD';"
                    echo "create database $MARIADB_DATABASE;"
                    echo "create user $MARIADB_USER identified by '$MARIADB_PASSWORD';"
                    echo "grant all on $MARIADB_DATABASE.* to $MARIADB_USER;"
                } | $server --bootstrap
            fi
            exec $server --innodb-flush-log-at-trx-commit=0
            """;

    private DatabaseImages() {}

    /// `postgres:15`, whose user and database are `POSTGRES_USER`.
    public static String postgres(DockerDaemon daemon) {
        var folders = List.of("var/lib/postgresql/", "var/lib/postgresql/data/", "var/run/postgresql/");
        return image(
                daemon,
                "postgres:15",
                folders,
                tar -> {
                    for (var place : List.of(POSTGRES, Path.of("/usr/share/postgresql/15"))) {
                        try (var files = Files.walk(place)) {
                            for (var file :
                                    files.filter(DatabaseImages::isNeeded).toList()) {
                                write(tar, file, Files.readAllBytes(file));
                            }
                        }
                    }
                    libraries(
                            tar,
                            List.of("postgres", "initdb", "psql", "pg_dump", "pg_restore").stream()
                                    .map(name -> POSTGRES.resolve("bin").resolve(name)));
                    write(tar, Path.of("/bin/start"), START_POSTGRES.getBytes(StandardCharsets.UTF_8));
                },
                List.of(
                        "ENV PGDATA=/var/lib/postgresql/data PATH=" + POSTGRES + "/bin:/bin",
                        "CMD [\"/bin/start\"]",
                        "VOLUME /var/lib/postgresql/data",
                        "USER 1000"));
    }

    /// `redis:7`, which keeps what it has in `/data`.
    public static String redis(DockerDaemon daemon) {
        return image(
                daemon,
                "redis:7",
                List.of("data/"),
                tar -> {
                    var programs = Stream.of("redis-server", "redis-cli", "redis-check-rdb")
                            .map(Path.of("/usr/bin")::resolve)
                            .toList();
                    for (var program : programs) {
                        write(tar, program, Files.readAllBytes(program));
                    }
                    libraries(tar, programs.stream());
                },
                List.of(
                        "ENV PATH=/usr/bin:/bin",
                        "WORKDIR /data",
                        "VOLUME /data",
                        "CMD [\"redis-server\", \"--protected-mode\", \"no\", \"--dir\", \"/data\"]",
                        "USER 1000"));
    }

    /// `mariadb:10`, whose database is `shop`, of the user `shop` with the password `none`; that of root is `all`. Its
    /// programs are in `/mariadb`, and by the names that MySQL has for them in `/mysql`.
    public static String mariadb(DockerDaemon daemon) {
        var folders = List.of("var/lib/mysql/", "run/mysqld/", "mariadb/", "mysql/");
        var programs = Map.of("mariadb", "mysql", "mariadb-dump", "mysqldump");
        return image(
                daemon,
                "mariadb:10",
                folders,
                tar -> {
                    for (var name : List.of("mysql_system_tables.sql", "mysql_system_tables_data.sql")) {
                        write(tar, MARIADB.resolve(name), Files.readAllBytes(MARIADB.resolve(name)));
                    }
                    var errors = MARIADB.resolve("english/errmsg.sys");
                    write(tar, errors, Files.readAllBytes(errors));
                    var server = Path.of("/usr/sbin/mariadbd");
                    write(tar, server, Files.readAllBytes(server));
                    for (var program : programs.entrySet()) {
                        var file = Path.of("/usr/bin").resolve(program.getKey());
                        write(tar, Path.of("/mariadb").resolve(program.getKey()), Files.readAllBytes(file));
                        link(tar, "mysql/" + program.getValue(), "/mariadb/" + program.getKey());
                    }
                    libraries(
                            tar,
                            Stream.concat(
                                    Stream.of(server),
                                    programs.keySet().stream().map(Path.of("/usr/bin")::resolve)));
                    write(tar, Path.of("/bin/start"), START_MARIADB.getBytes(StandardCharsets.UTF_8));
                },
                List.of(
                        "ENV MARIADB_ROOT_PASSWORD=all MARIADB_DATABASE=shop MARIADB_USER=shop MARIADB_PASSWORD=none",
                        "ENV PATH=/mariadb:/usr/sbin:/bin",
                        "VOLUME /var/lib/mysql",
                        "CMD [\"/bin/start\"]",
                        "USER 1000"));
    }

    /// The compiler of PostgreSQL brings a hundred megabytes.
    private static boolean isNeeded(Path file) {
        return Files.isRegularFile(file)
                && !file.toString().contains("bitcode")
                && !file.toString().contains("llvmjit");
    }

    @FunctionalInterface
    private interface Filling {
        void fill(TarArchiveOutputStream tar) throws IOException;
    }

    private static String image(
            DockerDaemon daemon, String name, List<String> folders, Filling filling, List<String> changes) {
        if (daemon.engine().images().inspect(name).isEmpty()) {
            Content content = out -> {
                var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                folder(tar, "tmp/", 0, 01777);
                for (var folder : folders) {
                    folder(tar, folder, USER, 0755);
                }
                write(
                        tar,
                        Path.of("/etc/passwd"),
                        "root:x:0:0::/:/bin/sh\nuser:x:1000:1000::/tmp:/bin/sh\n".getBytes(StandardCharsets.UTF_8));
                write(tar, Path.of("/bin/busybox"), Files.readAllBytes(DockerDaemon.busyboxFile()));
                for (var applet : APPLETS) {
                    link(tar, "bin/" + applet, "busybox");
                }
                filling.fill(tar);
                tar.finish();
                tar.flush();
            };
            daemon.engine().images().importTar(content, name, changes, new Cancel());
        }
        return name;
    }

    private static void link(TarArchiveOutputStream tar, String name, String goal) throws IOException {
        var link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        link.setLinkName(goal);
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
    }

    private static void folder(TarArchiveOutputStream tar, String name, int owner, int mode) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setIds(owner, owner);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void libraries(TarArchiveOutputStream tar, Stream<Path> programs) throws IOException {
        Set<String> all = new LinkedHashSet<>();
        for (var program : programs.toList()) {
            LIBRARY.matcher(said("ldd", program.toString())).results().forEach(found -> all.add(found.group(1)));
        }
        for (var library : all) {
            write(tar, Path.of(library), Files.readAllBytes(Path.of(library)));
        }
    }

    private static String said(String... argv) {
        try {
            var process = new ProcessBuilder(new ArrayList<>(List.of(argv))).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(TarArchiveOutputStream tar, Path place, byte[] bytes) throws IOException {
        var entry = new TarArchiveEntry(place.toString().substring(1));
        entry.setSize(bytes.length);
        entry.setMode(0755);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
