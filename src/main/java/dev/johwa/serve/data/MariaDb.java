package dev.johwa.serve.data;

import dev.johwa.build.pipeline.Fixtures;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// MariaDB from the packages of Debian, without the service that they bring. We come in by its socket, applications by
/// the loopback with a password, each as a user who may do everything in the database of its name and nothing else.
final class MariaDb implements Engine {
    private static final Path PROGRAMS = Path.of("/usr/bin");
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Pattern VERSION = Pattern.compile("Ver (\\d+\\.\\d+)\\.");
    private static final Pattern VERSION_OF_FILES = Pattern.compile("(\\d+\\.\\d+)\\..*", Pattern.DOTALL);
    private static final Duration TO_INITIALISE = Duration.ofMinutes(3);
    static final String UTF_8 = "--default-character-set=utf8mb4";
    private static final int CONNECTIONS_OF_A_USER = 60;
    private static final int WORK_MEMORY = 16;
    private static final Duration STATEMENT = Duration.ofHours(1);

    private static final String SETTINGS = """
            # Written by Johwa before each start.
            [mariadbd]
            datadir = %1$s
            socket = %2$s
            pid-file = %3$s/pid
            tmpdir = %3$s
            bind-address = 127.0.0.1
            port = %4$d
            init-file = %5$s
            skip-name-resolve
            skip-log-bin
            skip-symbolic-links
            local-infile = 0
            character-set-server = utf8mb4
            collation-server = utf8mb4_unicode_ci
            max-connections = 300
            innodb-buffer-pool-size = 128M
            innodb-log-file-size = 48M
            # What one application may take from the others; it may choose less, and another time, for its session.
            tmp-memory-table-size = %6$dM
            max-heap-table-size = %6$dM
            max-statement-time = %7$d
            idle-transaction-timeout = 900
            """;
    /// Ours is the only account that may do everything, and it comes by the socket only.
    private static final String OURS = """
            delete from mysql.global_priv where User in ('', 'root', '%1$s');
            flush privileges;
            create user '%1$s'@'localhost' identified by '%2$s';
            grant all privileges on *.* to '%1$s'@'localhost' with grant option;
            """;

    private final Tools tools;
    private final MariaDbClient client;
    private final MariaDbDumps dumps;
    private final Map<String, Optional<String>> versions = new ConcurrentHashMap<>();

    MariaDb(Tools tools) {
        this.tools = tools;
        this.client = new MariaDbClient(tools);
        this.dumps = new MariaDbDumps(tools, client);
    }

    @Override
    public Kind kind() {
        return Kind.MARIADB;
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
        if (!Files.isExecutable(SERVER)) {
            return Map.of();
        }
        // A new package has a new time.
        var key = SERVER + " " + Trees.modifiedAt(SERVER);
        return versions.computeIfAbsent(key, each -> Programs.firstLine(List.of(SERVER.toString(), "--version")))
                .map(VERSION::matcher)
                .filter(found -> found.find())
                .map(found -> Map.of(found.group(1), PROGRAMS))
                .orElse(Map.of());
    }

    @Override
    public boolean isMovable() {
        return false;
    }

    @Override
    public Movable movable() {
        throw Problem.user(
                        "data.version", "a machine has one version of MariaDB at a time, so there is no other to go to")
                .hint("dump it (`johwa data dump`), install the newer package, remove the database, add it and restore"
                        + " the dump")
                .exception();
    }

    @Override
    public String wayBack(String version, Path folder) {
        var now = installed().keySet().stream()
                .findFirst()
                .map(other -> ", in whose place is " + other)
                .orElse("");
        return "install version " + version + " of " + packageName(Optional.of(version)) + " again" + now
                + "; its data is kept in " + folder;
    }

    /// Those without a service of their own.
    @Override
    public String packageName(Optional<String> version) {
        return "mariadb-server-core mariadb-client";
    }

    @Override
    public void initialise(Site site, Path folder) {
        var argv = List.of(
                site.program("mariadb-install-db"),
                "--no-defaults",
                "--datadir=" + folder,
                "--tmpdir=" + folder,
                "--skip-name-resolve",
                "--skip-test-db",
                "--auth-root-authentication-method=normal");
        tools.fill(site, argv, folder, TO_INITIALISE);
    }

    @Override
    public Optional<String> versionOf(Path files) {
        for (var name : List.of("mariadb_upgrade_info", "mysql_upgrade_info")) {
            var file = files.resolve(name);
            try {
                if (Files.exists(file)) {
                    var found = VERSION_OF_FILES.matcher(Files.readString(file));
                    return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<String> command(Site site) {
        var ours = tools.tell(site, "init.sql", OURS.formatted(MariaDbClient.US, tools.password(site)));
        var text = SETTINGS.formatted(
                site.files(),
                MariaDbClient.socket(site),
                site.socket(),
                site.port(),
                ours,
                WORK_MEMORY,
                STATEMENT.toSeconds());
        return List.of(SERVER.toString(), "--defaults-file=" + tools.tell(site, "my.cnf", text));
    }

    @Override
    public boolean answers(Site site) {
        try {
            return client.sql(site, "select 1").equals("1");
        } catch (ProblemException e) {
            return false;
        }
    }

    @Override
    public String endSignal() {
        return "TERM";
    }

    @Override
    public void create(Site site, String name, String password) {
        client.sql(site, """
                create database if not exists `%1$s`;
                create user if not exists '%1$s'@'127.0.0.1' identified by '%2$s';
                alter user '%1$s'@'127.0.0.1' identified by '%2$s' with max_user_connections %3$d;
                grant all privileges on %4$s to '%1$s'@'127.0.0.1';
                """.formatted(name, password, CONNECTIONS_OF_A_USER, MariaDbClient.granted(name)));
    }

    @Override
    public void drop(Site site, String name) {
        client.sql(site, """
                drop user if exists '%1$s'@'127.0.0.1';
                drop database if exists `%1$s`;
                """.formatted(name));
        client.kill(site, name);
    }

    @Override
    public List<String> broken(Site site, Role role) {
        return dumps.broken(site, role);
    }

    @Override
    public void dump(Site site, Role role, OutputStream out) {
        dumps.dump(site, role, out);
    }

    @Override
    public void restore(Site site, Role role, Path dump) {
        dumps.restore(site, role, dump);
    }

    @Override
    public void tidy(Site site, Role role) {
        dumps.tidy(site, role);
    }

    /// Libraries know it by the older name.
    @Override
    public String address(int port, String name, String password) {
        return "mysql://" + name + ":" + password + "@127.0.0.1:" + port + "/" + name;
    }

    @Override
    public Optional<String> addressForJava(int port, String name, String password) {
        return Optional.of("jdbc:mariadb://127.0.0.1:" + port + "/" + name + "?user=" + name + "&password=" + password);
    }

    @Override
    public Optional<Fixtures.Client> client(Site site, String name, String password) {
        var command = List.of(
                "/bin/sh",
                "-c",
                "exec \"$1\" --no-defaults " + UTF_8 + " --host=127.0.0.1 --port=\"$2\" --user=\"$3\" \"$3\" <\"$4\"",
                "sh",
                site.program("mariadb"),
                String.valueOf(site.port()),
                name);
        return Optional.of(new Fixtures.Client(command, Map.of("MYSQL_PWD", password)));
    }

    @Override
    public DataStatus.Limits limits() {
        return new DataStatus.Limits(CONNECTIONS_OF_A_USER, (long) WORK_MEMORY << 20, STATEMENT);
    }

    @Override
    public Map<String, Usage> usage(Site site) {
        return Usage.byName(client.sql(site, """
                select s.schema_name,
                    (select coalesce(sum(t.data_length + t.index_length), 0) from information_schema.tables t
                        where t.table_schema = s.schema_name),
                    (select count(*) from information_schema.processlist p where p.user = s.schema_name)
                    from information_schema.schemata s
                """), "\t");
    }

    @Override
    public Command asking(Site site) {
        return client.asking(site);
    }
}
