package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.OtherPostgres;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.ChaosList;
import dev.johwa.door.api.DataCalls;
import dev.johwa.door.api.DataList;
import dev.johwa.door.api.DumpList;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases of applications, with the PostgreSQL of this machine.
class DataTest {
    /// Answers what its database says to the request's path, which is SQL in words joined by `+`.
    private static final String[] APP = {"app.py", """
        import http.server, os, subprocess, urllib.parse

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                address = os.environ.get('DATABASE_URL', '')
                if self.path == '/':
                    text = 'a database' if address else 'no database'
                else:
                    sql = urllib.parse.unquote_plus(self.path[1:])
                    done = subprocess.run(['psql', address, '-tAc', sql], capture_output=True, text=True)
                    text = done.stdout + done.stderr
                self.send_response(200)
                self.end_headers()
                self.wfile.write(text.encode())

        http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
        """};

    private static UpProcess up;

    @BeforeAll
    static void start() throws IOException {
        up = new UpProcess();
    }

    @AfterAll
    static void end() throws IOException {
        up.close();
    }

    /// An app that is live.
    private static Path live(String name, String... more) throws IOException {
        var repository = up.repository(
                name, Stream.concat(Stream.of(APP), Stream.of(more)).toArray(String[]::new));
        assertThat(up.push(repository, "main")).contains("live");
        return repository;
    }

    private static String add(String app, String environment) {
        var told = new StringBuilder();
        var order = new DataList.Order("postgres", Optional.empty(), Optional.empty());
        up.client()
                .data()
                .add(
                        new AppName(app, app),
                        environment,
                        order,
                        event ->
                                event.text().ifPresent(line -> told.append(line).append('\n')));
        return told.toString();
    }

    private static DataList.Item seen(String app, String environment) {
        return up.client().data().list(Optional.of(new AppName(app, app)), Optional.of(environment)).data().stream()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLiveAppGetsADatabaseThatOutlivesTheServer() throws IOException {
        live("lasting");
        assertThat(up.ask("lasting", "/")).isEqualTo("200 no database");

        assertThat(add("lasting", "production")).contains("→ DATABASE_URL", "live");

        assertThat(up.ask("lasting", "/create+table+visits+(id+int);insert+into+visits+values+(7)"))
                .contains("INSERT 0 1");
        isCutUntilItsServerIsKilled();
        assertThat(up.ask("lasting", "/select+id+from+visits")).isEqualTo("200 7");
        up.start();
        assertThat(up.ask("lasting", "/select+id+from+visits")).isEqualTo("200 7");
        up.down();
        assertThat(up.leftOvers("lasting")).isEmpty();
        up.start();
        eventually(() -> up.ask("lasting", "/select+id+from+visits").equals("200 7"));
        assertThat(up.client().chaos().list().faults()).isEmpty();
        assertThat(seen("lasting", "production").problem()).isEmpty();
        assertThat(seen("lasting", "production").bytes().orElseThrow()).isGreaterThan(1_000_000);
        assertThat(add("lasting", "production")).contains("there already");
        assertThat(metrics())
                .containsPattern("johwa_database_up\\{app=\"lasting\",[^}]*\\} 1")
                .containsPattern("johwa_database_bytes\\{app=\"lasting\",[^}]*\\} \\d{7,}")
                .containsPattern("johwa_database_connections\\{app=\"lasting\",[^}]*\\} \\d")
                .containsPattern("johwa_database_connections_limit\\{app=\"lasting\",[^}]*\\} [1-9]");
    }

    /// New connections and living ones; what cut them joins them, also without a control plane.
    private static void isCutUntilItsServerIsKilled() {
        var going = CompletableFuture.supplyAsync(() -> up.ask("lasting", "/select+pg_sleep(600)"));
        eventually(
                () -> up.ask("lasting", "/select+count(*)+from+pg_stat_activity+where+query+like+'select+pg_sleep%25'")
                        .equals("200 1"));
        var order = Map.of("environment", "production", "data", "DATABASE_URL", "for", "5m", "production", "true");
        var app = new AppName("lasting", "lasting");
        up.client().chaos().begin(app, new ChaosList.Order("cut", order));
        assertThat(going.join()).contains("terminating connection due to administrator command");
        assertThat(up.ask("lasting", "/select+id+from+visits")).contains("too many connections for role");
        assertThatThrownBy(() -> up.client().chaos().begin(app, new ChaosList.Order("cut", order)))
                .hasMessageContaining("is cut already");
        up.client().chaos().stop(app, new ChaosList.Stop(Optional.of("production")));
        assertThat(up.ask("lasting", "/select+id+from+visits")).isEqualTo("200 7");

        up.client().chaos().begin(app, new ChaosList.Order("cut", order));
        assertThat(up.ask("lasting", "/select+id+from+visits")).contains("too many connections for role");
        up.kill();
        eventually(() -> up.ask("lasting", "/select+id+from+visits").equals("200 7"));
    }

    @Test
    void whatJohwaYamlNamesIsThereBeforeTheReleaseCommandAndEachPreviewHasItsOwn() throws IOException {
        var repository = live(
                "blog",
                "johwa.yaml",
                "data: [postgres]\nrelease: psql $DATABASE_URL -qc 'create table if not exists posts (id int)'\n");
        assertThat(up.ask("blog", "/insert+into+posts+values+(1)")).isEqualTo("200 INSERT 0 1");

        up.git(repository, "checkout", "-q", "-b", "idea");
        assertThat(up.push(repository, "idea")).contains("live");
        assertThat(up.ask("idea--blog", "/select+count(*)+from+posts")).isEqualTo("200 0");
        assertThat(up.ask("blog", "/select+count(*)+from+posts")).isEqualTo("200 1");

        up.push(repository, ":idea");
        assertThat(up.client()
                        .data()
                        .list(Optional.of(new AppName("blog", "blog")), Optional.empty())
                        .data())
                .extracting(DataList.Item::environment)
                .containsExactly("production");
        assertThatThrownBy(() -> up.client().data().remove(database("blog"), event -> {}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("johwa.yaml");
    }

    @Test
    void anAppReachesNoOtherDatabase() throws IOException {
        live("mine");
        live("yours");
        add("mine", "production");
        add("yours", "production");
        var yours = address("yours");
        var theirs = yours.replaceFirst(".*/", "");

        assertThat(psql(address("mine").replaceFirst("/[^/]*$", "/" + theirs))).contains("no pg_hba.conf entry");
        assertThat(psql(address("mine").replaceFirst("/[^/]*$", "/postgres"))).contains("no pg_hba.conf entry");
        assertThat(psql(yours.replaceFirst(":[^:/@]+@", ":guess@"))).contains("password authentication failed");
        assertThat(psql(yours)).isEqualTo("1");
        assertThat(up.ask("mine", "/select+pg_read_file('/etc/passwd')")).contains("permission denied");
    }

    private static DataCalls.Place database(String app) {
        return new DataCalls.Place(new AppName(app, app), "production", "DATABASE_URL");
    }

    private static String address(String app) {
        return up.client().data().address(database(app)).address();
    }

    private static String metrics() {
        try (var calls = new HttpCalls(URI.create(up.ready().url()))) {
            var uri = URI.create(up.ready().url() + "/metrics");
            var answer = calls.send(new HttpCalls.Call("GET", uri, Map.of(), new byte[0], Duration.ofSeconds(30)));
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
    }

    private static String psql(String address) {
        return psql(address, "select 1");
    }

    private static String psql(String address, String sql) {
        try {
            var process = new ProcessBuilder("psql", address, "-tAc", sql)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aServerThatDiesIsStartedAgain() throws IOException {
        live("robust");
        add("robust", "production");
        up.ask("robust", "/create+table+things+(id+int);insert+into+things+values+(3)");
        var running = servers();
        assertThat(running).hasSize(1);
        var account = Files.getOwner(Path.of("/proc/" + running.getFirst().pid()));
        assertThat(account.getName())
                .isNotEqualTo("root")
                .isNotEqualTo(Files.getOwner(up.data().resolve("git")).getName());
        running.getFirst().destroyForcibly();
        eventually(() -> up.ask("robust", "/select+id+from+things").equals("200 3"));
        eventually(() -> seen("robust", "production").problem().isEmpty());
    }

    /// The servers themselves, not those that they started.
    private static List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info()
                        .arguments()
                        .filter(words -> words.length > 1
                                && words[0].equals("-D")
                                && words[1].startsWith(up.data().toString()))
                        .isPresent())
                .toList();
    }

    @Test
    void whatWasCutOffIsFinished() throws Exception {
        live("cut");
        var adding = new Thread(() -> {
            try {
                add("cut", "production");
            } catch (ProblemException e) {
                // The server went away.
            }
        });
        adding.start();
        eventually(() -> !up.client()
                .data()
                .list(Optional.of(new AppName("cut", "cut")), Optional.empty())
                .data()
                .isEmpty());
        up.kill();
        up.start();
        adding.join();
        assertThat(seen("cut", "production").problem()).isEmpty();
        add("cut", "production");
        assertThat(up.ask("cut", "/select+1")).isEqualTo("200 1");
    }

    @Test
    void aRemovedDatabaseIsGoneAndTheAppKnows() throws IOException {
        live("brief");
        add("brief", "production");
        var address = address("brief");
        up.client().data().remove(database("brief"), event -> {});
        assertThat(up.ask("brief", "/")).isEqualTo("200 no database");
        assertThat(psql(address)).contains("authentication failed");
        assertThatThrownBy(() -> address("brief")).hasMessageContaining("has no database DATABASE_URL");
    }

    @Test
    void whatAReleaseCommandSpoilsIsBroughtBack() throws IOException {
        var repository = live("careful", "johwa.yaml", "data: [postgres]\nrelease: 'true'\n");
        up.ask("careful", "/create+table+notes+(text+text);insert+into+notes+values+('kept')");
        up.commit(repository, "johwa.yaml", "data: [postgres]\nrelease: psql $DATABASE_URL -qc 'drop table notes'\n");

        assertThat(up.push(repository, "main")).contains("dump", "before-release-2", "live");
        assertThat(up.ask("careful", "/select+text+from+notes")).contains("does not exist");
        var dump = up.client().data().dumps(database("careful")).dumps().getFirst();
        up.client().data().restore(database("careful"), new DumpList.Order(Optional.of(dump.id())), event -> {});

        assertThat(up.ask("careful", "/select+text+from+notes")).isEqualTo("200 kept");
        assertThat(up.client().data().dumps(database("careful")).dumps())
                .extracting(DumpList.Item::why)
                .containsExactly("before-restore", "before-release-2");
    }

    @Test
    void aDumpGoesToAnotherAppAndOneThatIsBrokenChangesNothing(@TempDir Path folder) throws IOException {
        live("giver");
        live("taker");
        add("giver", "production");
        add("taker", "production");
        up.ask("giver", "/create+table+facts+(id+int);insert+into+facts+values+(42)");
        up.ask("taker", "/create+table+own+(id+int);insert+into+own+values+(1)");
        var made = up.client().data().dump(database("giver"), event -> {});
        var file = folder.resolve("giver.dump");
        try (var out = Files.newOutputStream(file)) {
            up.client().data().fetchDump(database("giver"), made.id(), out);
        }
        assertThat(file).hasSize(made.bytes());

        var broken = folder.resolve("broken.dump");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(file), (int) made.bytes() / 2));
        var bad = up.client().data().bringDump(database("taker"), broken);
        assertThatThrownBy(() -> up.client()
                        .data()
                        .restore(database("taker"), new DumpList.Order(Optional.of(bad.id())), event -> {}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("pg_restore");
        assertThat(up.ask("taker", "/select+id+from+own")).isEqualTo("200 1");

        var good = up.client().data().bringDump(database("taker"), file);
        up.client().data().restore(database("taker"), new DumpList.Order(Optional.of(good.id())), event -> {});
        assertThat(up.ask("taker", "/select+id+from+facts")).isEqualTo("200 42");
        assertThat(up.ask("taker", "/select+id+from+own")).contains("does not exist");
        assertThat(up.ask("taker", "/insert+into+facts+values+(43)")).isEqualTo("200 INSERT 0 1");
    }

    @Test
    void aRestoreThatIsCutOffLeavesTheDatabaseUsable() throws Exception {
        live("patient");
        add("patient", "production");
        up.ask("patient", "/create+table+many+as+select+n,md5(n::text)+from+generate_series(1,200000)+as+n");
        up.client().data().dump(database("patient"), event -> {});
        var restoring = new Thread(() -> {
            try {
                up.client().data().restore(database("patient"), new DumpList.Order(Optional.empty()), event -> {});
            } catch (ProblemException e) {
                // The server went away.
            }
        });
        restoring.start();
        eventually(() ->
                psql(address("patient"), "select datname from pg_database").contains("_new"));
        up.kill();
        up.start();
        restoring.join();

        assertThat(up.ask("patient", "/select+count(*)+from+many")).isEqualTo("200 200000");
        assertThat(psql(address("patient"), "select datname from pg_database")).doesNotContain("_new", "_old");
        assertThat(seen("patient", "production").problem()).isEmpty();
    }

    @Test
    void anUpgradeThatIsKilledGoesOnOrIsUndone() throws Exception {
        live("mover");
        add("mover", "production");
        up.ask("mover", "/create+table+kept+as+select+n+from+generate_series(1,1000)+as+n");
        OtherPostgres.giveTo(up.data().resolve("data"));
        for (var step : List.of("MOVING", "SWITCHED")) {
            var upgrading = new Thread(() -> {
                try {
                    up.client().data().upgrade(database("mover"), Optional.empty(), event -> {});
                } catch (ProblemException e) {
                    // The server went away.
                }
            });
            upgrading.start();
            eventually(() -> stepOfUpgrade().equals(step) || stepOfUpgrade().equals("KEPT"));
            up.kill();
            up.start();
            upgrading.join();

            assertThat(up.ask("mover", "/select+count(*)+from+kept")).as(step).isEqualTo("200 1000");
            assertThat(up.ask("mover", "/insert+into+kept+values+(0);delete+from+kept+where+n=0"))
                    .isEqualTo("200 INSERT 0 1\nDELETE 1");
            var version = seen("mover", "production").version().orElseThrow();
            assertThat(stepOfUpgrade()).isEqualTo(version.equals("17") ? "KEPT" : "");
            assertThat(up.ask("mover", "/show+server_version")).startsWith("200 " + version);
            assertThat(seen("mover", "production").problem()).isEmpty();
        }
        if (stepOfUpgrade().isEmpty()) {
            assertThat(up.client().data().upgrade(database("mover"), Optional.of("17"), event -> {}))
                    .hasValueSatisfying(deployed -> assertThat(deployed.live()).isTrue());
        }
        assertThat(up.ask("mover", "/show+server_version")).startsWith("200 17.");
        assertThat(up.client().data().forgetOld(database("mover")).forgotten()).isTrue();
        assertThat(up.ask("mover", "/select+count(*)+from+kept")).isEqualTo("200 1000");

        // The other tests begin without it.
        up.client().data().remove(database("mover"), event -> {});
        OtherPostgres.takeFrom(up.data().resolve("data"));
    }

    /// Empty when there is none.
    private static String stepOfUpgrade() {
        var file = "jdbc:sqlite:" + up.data().resolve("johwa.db");
        try (var connection = DriverManager.getConnection(file);
                var query = connection.createStatement();
                var rows = query.executeQuery("select step from data_upgrades")) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final String[] FIXED = {
        "johwa.yaml",
        "data: [postgres]\nrelease: psql $DATABASE_URL -qf schema.sql\n",
        "schema.sql",
        "create table if not exists pets (name text primary key);\n",
        "fixtures/10-cats.sql",
        "insert into pets values ('cat');\n",
        "fixtures/20-dogs.sh",
        "#!/bin/sh\npsql $DATABASE_URL -qc \"insert into pets values ('dog')\"\n",
        "fixtures/readme.txt",
        "Animals.\n",
        "test_pets.py",
        """
        import os, subprocess, unittest

        class Pets(unittest.TestCase):
            def test_known_pets(self):
                address = os.environ['DATABASE_URL']
                self.assertIn('_test_', address)
                names = subprocess.check_output(['psql', address, '-tAc', 'select name from pets order by 1'], text=True)
                self.assertEqual(names.split(), ['cat', 'dog'])
                subprocess.check_call(['psql', address, '-qc', 'delete from pets'])
        """
    };

    @Test
    void previewsAndTestsMeetOnTheSameDataAndProductionHasNoneOfIt() throws IOException {
        var repository = up.repository(
                "zoo", Stream.concat(Stream.of(APP), Stream.of(FIXED)).toArray(String[]::new));
        assertThat(repository.resolve("fixtures/20-dogs.sh").toFile().setExecutable(true))
                .isTrue();
        up.commit(repository, "version", "2");

        assertThat(up.push(repository, "main")).contains("1 passed", "for the tests: DATABASE_URL", "live");
        assertThat(up.ask("zoo", "/select+count(*)+from+pets")).isEqualTo("200 0");
        assertThat(psql(address("zoo"), "select datname from pg_database where datname like 'zoo_%'"))
                .startsWith("zoo_production_")
                .doesNotContain("\n");

        up.git(repository, "checkout", "-q", "-b", "idea");
        up.commit(repository, "version", "3");
        assertThat(up.push(repository, "idea")).contains("fixtures", "2 done", "live");
        assertThat(up.ask("idea--zoo", "/select+name+from+pets")).isEqualTo("200 cat\ndog");
        up.ask("idea--zoo", "/delete+from+pets+where+name='cat'");
        up.commit(repository, "version", "4");
        assertThat(up.push(repository, "idea")).contains("live").doesNotContain("2 done");
        assertThat(up.ask("idea--zoo", "/select+name+from+pets")).isEqualTo("200 dog");
    }

    @Test
    void fixturesThatFailAreToldAndBeginAnewWithTheNextPush() throws IOException {
        var repository = live("garden", "johwa.yaml", "data: [postgres]\n");
        up.git(repository, "checkout", "-q", "-b", "idea");
        up.commit(
                repository,
                "fixtures/1.sql",
                "create table a (id int);\n",
                "fixtures/2.sql",
                "insert into b values (1);\n");
        assertThat(up.push(repository, "idea")).contains("fixtures/2.sql", "relation \"b\" does not exist");
        up.commit(repository, "fixtures/2.sql", "insert into a values (1);\n");
        assertThat(up.push(repository, "idea")).contains("live");
        assertThat(up.ask("idea--garden", "/select+count(*)+from+a")).isEqualTo("200 1");
    }

    @Test
    void anAppThatInsistsOnItsPortReachesItsDatabaseToo() throws IOException {
        var app = APP[1].replace("int(os.environ['PORT'])", "38117");
        var repository = up.repository("stubborn", "app.py", app, "johwa.yaml", "data: [postgres]\nport: 38117\n");
        assertThat(up.push(repository, "main")).contains("live");
        assertThat(up.ask("stubborn", "/select+1")).isEqualTo("200 1");
        up.commit(repository, "version", "2");
        assertThat(up.push(repository, "main")).contains("live");
        assertThat(up.ask("stubborn", "/select+2")).isEqualTo("200 2");
        assertThat(up.ask("stubborn", "/select+3")).isEqualTo("200 3");
    }

    @Test
    void anUnknownKindIsTold() {
        var order = new DataList.Order("oracle", Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> up.client().data().add(new AppName("shop", "shop"), "production", order, event -> {}))
                .hasMessageContaining("oracle");
    }
}
