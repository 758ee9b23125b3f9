package dev.johwa.serve.data;

import dev.johwa.build.pipeline.Fixtures;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.text.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// PostgreSQL from the packages of Debian. We come in by its socket, which lies in a folder that nobody else enters;
/// applications come by the loopback with a password, each to the one database that has the name of its role.
final class Postgres implements Engine, Movable {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TO_INITIALISE = Duration.ofMinutes(3);
    private static final Duration TO_DUMP = Duration.ofHours(2);
    static final int CONNECTIONS_OF_A_ROLE = 60;
    private static final int WORK_MEMORY = 8;
    private static final Duration STATEMENT = Duration.ofHours(1);

    private static final String SETTINGS = """
            # Written by Johwa before each start.
            hba_file = '%1$s'
            listen_addresses = '127.0.0.1'
            port = %2$d
            unix_socket_directories = '%3$s'
            unix_socket_permissions = 0700
            max_connections = 300
            shared_buffers = 128MB
            password_encryption = scram-sha-256
            wal_level = minimal
            max_wal_senders = 0
            max_wal_size = 512MB
            # Statements that fail are told to the application; here they would show its data.
            log_min_messages = log
            log_min_error_statement = panic
            log_checkpoints = off
            # What one application may take from the others; it may choose less, and another time, for its session.
            work_mem = %4$dMB
            temp_file_limit = 8GB
            statement_timeout = %5$ds
            idle_in_transaction_session_timeout = 15min
            """;
    private static final String WHO_MAY = """
            local all all trust
            host all postgres 127.0.0.1/32 reject
            host sameuser all 127.0.0.1/32 scram-sha-256
            """;

    private final Tools tools;
    private final Path given;

    /// @param given folder of programs of major versions that are no packages of this machine, `17/bin`
    Postgres(Tools tools, Path given) {
        this.tools = tools;
        this.given = given;
    }

    @Override
    public Kind kind() {
        return Kind.POSTGRES;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public boolean restoresAtRest() {
        return false;
    }

    @Override
    public Map<String, Path> installed() {
        var found = new LinkedHashMap<String, Path>();
        Stream.of(PACKAGES, given.resolve("postgres"))
                .flatMap(place -> Trees.children(place).stream())
                .filter(folder -> folder.getFileName().toString().matches("\\d+"))
                .filter(folder -> Files.isExecutable(folder.resolve("bin/postgres")))
                .sorted(Comparator.comparing((Path folder) ->
                                Integer.valueOf(folder.getFileName().toString()))
                        .reversed())
                .forEach(folder -> found.putIfAbsent(folder.getFileName().toString(), real(folder.resolve("bin"))));
        return found;
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder;
        }
    }

    @Override
    public String packageName(Optional<String> version) {
        return version.map(number -> "postgresql-" + number).orElse("postgresql");
    }

    @Override
    public String wayBack(String version, Path folder) {
        var newest = installed().keySet().stream().findFirst();
        return Engine.super.wayBack(version, folder)
                + newest.map(other -> ". Once they are back, `johwa data upgrade` brings its databases to " + other
                                + ", which is here")
                        .orElse("");
    }

    @Override
    public boolean isMovable() {
        return true;
    }

    @Override
    public Movable movable() {
        return this;
    }

    @Override
    public void initialise(Site site, Path folder) {
        var argv = List.of(
                site.program("initdb"),
                "--pgdata=" + folder,
                "--username=postgres",
                "--auth=reject",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-instructions");
        tools.fill(site, argv, folder, TO_INITIALISE);
    }

    @Override
    public Optional<String> versionOf(Path files) {
        try {
            var file = files.resolve("PG_VERSION");
            return Optional.of(Files.exists(file) ? Files.readString(file).strip() : "none");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> command(Site site) {
        var whoMay = tools.tell(site, "pg_hba.conf", WHO_MAY);
        var settings = tools.tell(
                site,
                "postgresql.conf",
                SETTINGS.formatted(whoMay, site.port(), site.socket(), WORK_MEMORY, STATEMENT.toSeconds()));
        return List.of(site.program("postgres"), "-D", site.files().toString(), "-c", "config_file=" + settings);
    }

    @Override
    public boolean answers(Site site) {
        try {
            return sql(site, "select 1").equals("1");
        } catch (ProblemException e) {
            return false;
        }
    }

    /// Its fast end: sessions are cut off, everything is written.
    @Override
    public String endSignal() {
        return "INT";
    }

    /// The name is of our own making: letters, digits and `_`.
    @Override
    public void create(Site site, String name, String password) {
        sql(site, """
                select 'create role "%1$s" login connection limit %3$d'
                    where not exists (select from pg_roles where rolname = '%1$s') \\gexec
                alter role "%1$s" password '%2$s';
                select 'create database "%1$s" owner "%1$s" template template0'
                    where not exists (select from pg_database where datname = '%1$s') \\gexec
                revoke all on database "%1$s" from public;
                """.formatted(name, password, CONNECTIONS_OF_A_ROLE));
    }

    /// Without a password the role comes in by our socket only. Cut off twice: somebody may have been at the door.
    @Override
    public void close(Site site, Role role) {
        sql(site, """
                alter role "%1$s" password null;
                select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = '%1$s';
                select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = '%1$s';
                """.formatted(role.name()));
    }

    /// As the role of the application, which may set no more for itself than it had. Lists are stored as they are
    /// written.
    @Override
    public void takeSettings(Site old, Site site, Role role) {
        var name = role.name();
        var settings = tools.ask(tools.command(psql(old, name)), """
                select format('alter %s set %I to %s;',
                        case when setrole = 0 then 'database "%1$s"'
                            when setdatabase = 0 then 'role "%1$s"'
                            else 'role "%1$s" in database "%1$s"' end,
                        split_part(setting, '=', 1),
                        case when setting ~ '^(search_path|temp_tablespaces)='
                            then substr(setting, strpos(setting, '=') + 1)
                            else quote_literal(substr(setting, strpos(setting, '=') + 1)) end)
                    from pg_db_role_setting, unnest(setconfig) as setting
                    where setrole in (0, (select oid from pg_roles where rolname = '%1$s'))
                        and setdatabase in (0, (select oid from pg_database where datname = '%1$s'));
                """.replace("%1$s", name), PATIENCE);
        tools.ask(tools.command(psql(site, name)), settings, PATIENCE);
    }

    /// As the role of the application: what runs while rows are counted is of its making. What an extension brings
    /// changes with its version.
    @Override
    public Map<String, Long> contents(Site site, Role role) {
        var rows = tools.ask(
                tools.command(psql(site, role.name())), Resource.text(Postgres.class, "contents.sql"), TO_DUMP);
        return rows.lines()
                .filter(row -> !row.isBlank())
                .collect(Collectors.toMap(
                        row -> row.substring(0, row.lastIndexOf('|')),
                        row -> Long.valueOf(row.substring(row.lastIndexOf('|') + 1)),
                        Long::sum));
    }

    @Override
    public void drop(Site site, String name) {
        sql(site, """
                drop database if exists "%1$s" with (force);
                drop role if exists "%1$s";
                """.formatted(name));
    }

    /// As the role of the application, which may do no more than that.
    @Override
    public void dump(Site site, Role role, OutputStream out) {
        tools.pass(
                tools.command(List.of(
                        site.program("pg_dump"),
                        "--host=" + site.socket(),
                        "--port=" + site.port(),
                        "--username=" + role.name(),
                        "--dbname=" + role.name(),
                        "--format=custom")),
                "",
                out,
                TO_DUMP);
    }

    /// Two databases change their names in one transaction. Nobody may be connected to them then.
    @Override
    public void restore(Site site, Role role, Path dump) {
        tidy(site, role);
        var name = role.name();
        sql(site, """
                create database "%1$s_new" owner "%1$s" template template0;
                revoke all on database "%1$s_new" from public;
                """.formatted(name));
        tools.read(
                site,
                List.of(
                        site.program("pg_restore"),
                        "--host=" + site.socket(),
                        "--port=" + site.port(),
                        "--username=" + name,
                        "--dbname=" + name + "_new",
                        "--no-owner",
                        "--no-acl",
                        "--exit-on-error",
                        dump.toString()),
                dump,
                TO_DUMP);
        sql(site, """
                alter database "%1$s" allow_connections false;
                select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname in ('%1$s', '%1$s_new');
                begin;
                alter database "%1$s" rename to "%1$s_old";
                alter database "%1$s_new" rename to "%1$s";
                commit;
                """.formatted(name));
    }

    @Override
    public void tidy(Site site, Role role) {
        sql(site, """
                drop database if exists "%1$s_new" with (force);
                drop database if exists "%1$s_old" with (force);
                select 'alter database "%1$s" allow_connections true' from pg_database
                    where datname = '%1$s' and not datallowconn \\gexec
                """.formatted(role.name()));
    }

    /// `postgresql`, since not every library takes `postgres`.
    @Override
    public String address(int port, String name, String password) {
        return "postgresql://" + name + ":" + password + "@127.0.0.1:" + port + "/" + name;
    }

    @Override
    public Optional<String> addressForJava(int port, String name, String password) {
        return Optional.of(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=" + name + "&password=" + password);
    }

    @Override
    public Optional<Fixtures.Client> client(Site site, String name, String password) {
        var command = List.of(
                site.program("psql"),
                "--no-psqlrc",
                "--quiet",
                "--single-transaction",
                "--set=ON_ERROR_STOP=1",
                "--file");
        var values = Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", String.valueOf(site.port()),
                "PGUSER", name,
                "PGPASSWORD", password,
                "PGDATABASE", name);
        return Optional.of(new Fixtures.Client(command, values));
    }

    @Override
    public DataStatus.Limits limits() {
        return new DataStatus.Limits(CONNECTIONS_OF_A_ROLE, (long) WORK_MEMORY << 20, STATEMENT);
    }

    @Override
    public Map<String, Usage> usage(Site site) {
        return Usage.byName(sql(site, """
                select datname, pg_database_size(oid),
                    (select count(*) from pg_stat_activity where datid = pg_database.oid)
                    from pg_database where not datistemplate
                """), "|");
    }

    @Override
    public Command asking(Site site) {
        return tools.command(psql(site, "postgres"));
    }

    private String sql(Site site, String text) {
        return tools.ask(asking(site), text, PATIENCE).strip();
    }

    /// @param name of the database and the role
    private static List<String> psql(Site site, String name) {
        return List.of(
                site.program("psql"),
                "--host=" + site.socket(),
                "--port=" + site.port(),
                "--username=" + name,
                "--dbname=" + name,
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--set=ON_ERROR_STOP=1",
                "--file=-");
    }
}
