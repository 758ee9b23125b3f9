package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.OtherPostgres;
import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Data that outlives releases, by the CLI against a real server with real databases.
class DataVerbsTest extends AtATerminal {
    /// `/write/PATH` makes a file, any other path is read.
    private static final String[] APP = {"app.py", """
        import http.server, os, subprocess, urllib.parse

        def sql(words):
            url = urllib.parse.urlparse(os.environ['DATABASE_URL'])
            argv = ['mariadb', '--no-defaults', '-NB', '-h', url.hostname, '-P', str(url.port), '-u', url.username]
            argv += ['-p' + url.password, url.path[1:], '-e', urllib.parse.unquote_plus(words)]
            done = subprocess.run(argv, capture_output=True, text=True)
            return done.stdout + done.stderr

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                try:
                    if self.path.startswith('/sql/'):
                        return self.say(sql(self.path[5:]))
                    if self.path.startswith('/write/'):
                        open(self.path[7:], 'x').write('kept')
                    text = open(self.path.replace('/write', '')[1:]).read() if self.path != '/' else 'well'
                except OSError as e:
                    text = e.strerror
                self.say(text)

            def say(self, text):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(text.encode())

        http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
        """};

    private static String ask(String app, String path) throws Exception {
        return platform.get(app + ".localhost", path).body();
    }

    @Test
    void anAddedFolderOutlivesReleasesRollbacksAndThePlatform() throws Exception {
        var repository = platform.repository("gallery", APP);
        assertThat(platform.push(repository, "main")).contains("live");
        assertThat(ask("gallery", "/write/up/one")).isEqualTo("No such file or directory");

        assertThat(johwa("data", "add", "gallery", "folder", "--at", "up"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.err()).contains("up/ of the app outlives its releases", "live");
        assertThat(ask("gallery", "/write/up/one")).isEqualTo("kept");
        platform.commit(repository, "version", "2");
        platform.push(repository, "main");
        assertThat(ask("gallery", "/up/one")).isEqualTo("kept");
        // Release 1 knew nothing of it, and would be there at once if it were still warm.
        assertThat(johwa("rollback", "gallery", "1")).as(terminal.err()).isZero();
        assertThat(ask("gallery", "/up/one")).isEqualTo("kept");
        platform.restart();
        assertThat(ask("gallery", "/up/one")).isEqualTo("kept");

        platform.git(repository, "checkout", "-q", "-b", "idea");
        platform.commit(repository, "version", "3");
        assertThat(platform.push(repository, "idea")).contains("live");
        assertThat(ask("idea--gallery", "/up/one")).isEqualTo("No such file or directory");
        assertThat(ask("idea--gallery", "/write/up/one")).isEqualTo("kept");

        assertThat(johwa("data", "gallery", "--json")).isZero();
        var list = Json.tree(terminal.out()).get("data");
        assertThat(list).hasSize(2);
        assertThat(list.get(1).get("variable").asString()).isEqualTo("up/");
        assertThat(list.get(1).get("kind").asString()).isEqualTo("folder");
        assertThat(list.get(1).get("environment").asString()).isEqualTo("production");
        assertThat(list.get(1).get("bytes").asInt()).isEqualTo(4);

        assertThat(johwa("data", "add", "gallery", "up/")).isZero();
        assertThat(terminal.err()).contains("there already");
        assertThat(johwa("data", "add", "gallery", "up/deep/")).isEqualTo(2);
        assertThat(terminal.err()).contains("lie in each other");
    }

    @Test
    void aFolderIsRemovedWithTheNameTypedAndOneOfJohwaYamlIsNot() throws Exception {
        var repository = platform.repository("album", APP);
        platform.commit(repository, "johwa.yaml", "data: [named/]\n");
        platform.push(repository, "main");
        assertThat(johwa("data", "add", "album", "pictures/")).isZero();
        ask("album", "/write/pictures/one");
        ask("album", "/write/named/one");

        assertThat(johwa("data", "remove", "album", "pictures")).isEqualTo(2);
        assertThat(johwa("data", "remove", "album", "pictures", "--confirm", "gallery"))
                .isEqualTo(2);
        assertThat(ask("album", "/pictures/one")).isEqualTo("kept");
        assertThat(johwa("data", "remove", "album", "pictures", "--confirm", "album"))
                .as(terminal.err())
                .isZero();
        assertThat(ask("album", "/pictures/one")).isEqualTo("No such file or directory");
        assertThat(platform.data().resolve("apps/album/data/production/pictures"))
                .doesNotExist();
        assertThat(johwa("data", "remove", "album", "named/", "--confirm", "album"))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("johwa.yaml of album says data: [named/]");
        assertThat(ask("album", "/named/one")).isEqualTo("kept");

        assertThat(johwa("data", "dump", "album", "named/")).isEqualTo(2);
        assertThat(terminal.err()).contains("is a folder, no database");
        for (var outside : new String[] {"../other/", "/etc/", "./"}) {
            assertThat(johwa("data", "add", "album", outside)).as(outside).isEqualTo(2);
            assertThat(terminal.err()).contains("no folder below the app's own");
        }
        assertThat(johwa("data", "add", "album", "foldr")).isEqualTo(2);
        assertThat(terminal.err()).contains("did you mean 'folder'?");
        assertThat(Files.exists(platform.data().resolve("apps/other"))).isFalse();
    }

    @Test
    void fromALaptopTheClientOpensOverThePlatformAsTheAppsOwnRole() throws Exception {
        platform.push(platform.repository("till", APP), "main");
        assertThat(johwa("data", "add", "till", "postgres")).as(terminal.err()).isZero();
        // A laptop has no psql.
        terminal.path = home.toString();
        assertThat(johwa("data", "connect", "till", "--", "-tAc", "select current_user like 'till_%', 'Käthe'"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).isEqualTo("t|Käthe\n");
        terminal.input = "create table notes as select 7 as number;\nselect number from notes;\nnonsense;\n";
        assertThat(johwa("data", "connect", "till", "DATABASE_URL", "--", "-qtAv", "ON_ERROR_STOP=1"))
                .isEqualTo(3);
        assertThat(terminal.out()).isEqualTo("7\n");
        assertThat(terminal.err()).contains("syntax error");
        terminal.input = "";
        // Its shell is nobody's on the server.
        assertThat(johwa("data", "connect", "till", "--", "-c", "\\! ls " + platform.data() + "; id -u"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out() + terminal.err()).contains("No such file").doesNotContain("johwa.db");
        assertThat(terminal.out()).doesNotContain("\n0\n");
        Wait.eventually(() -> {
            try (var left = Files.list(platform.data().resolve("data/clients"))) {
                return left.findAny().isEmpty();
            } catch (IOException e) {
                return false;
            }
        });
        assertThat(facts("DatabaseOpened")).anyMatch(fact -> fact.contains("current_user"));
        assertThat(facts("DatabaseClosed")).anyMatch(fact -> fact.contains("exit 3"));

        assertThat(johwa("data", "connect", "till", "DATABASE_URL", "select 1")).isEqualTo(2);
        assertThat(terminal.err()).contains("johwa data connect till -- select 1");
        assertThat(johwa("data", "connect", "till", "OTHER_URL", "--", "-l")).isEqualTo(1);
        assertThat(terminal.err()).contains("it has DATABASE_URL");
        assertThat(johwa("tokens", "new", "looks", "--role", "viewer", "--project", "till"))
                .as(terminal.err())
                .isZero();
    }

    @Test
    void statusTellsTheDatabasesOfAnAppWithoutAskingThem() throws Exception {
        var repository = platform.repository("stock", APP);
        platform.commit(repository, "johwa.yaml", "data: [redis, up/]\n");
        platform.push(repository, "main");
        Wait.eventually(() -> {
            assertThat(johwa("status", "stock", "--json")).isZero();
            return Json.tree(terminal.out()).at("/apps/0/data/0/bytes").isNumber();
        });
        var data = Json.tree(terminal.out()).at("/apps/0/data");
        assertThat(data.get(0).get("kind").asString()).isEqualTo("redis");
        assertThat(data.get(0).get("health").asString()).isEqualTo("healthy");
        assertThat(data.get(0).get("version").asString()).matches("\\d+");
        assertThat(data.get(0).at("/limits/connections").asInt()).isEqualTo(500);
        assertThat(data.get(0).at("/limits/memoryBytes").asLong()).isEqualTo(256L << 20);
        assertThat(data.get(1).get("variable").asString()).isEqualTo("up/");
        assertThat(johwa("status", "stock")).isZero();
        assertThat(terminal.out()).contains("REDIS_URL", " of 500", "healthy", "up/");
    }

    @Test
    void anAppWithMariaDbGoesLiveByAPush() throws Exception {
        var repository = platform.repository("diary", APP);
        platform.commit(
                repository,
                "johwa.yaml",
                "data: [mariadb]\nrelease: python3 -c \"import app_sql\"\n",
                "app_sql.py",
                "import os\nassert os.environ['DATABASE_URL'].startswith('mysql://diary_production_')\n");
        assertThat(platform.push(repository, "main")).contains("mariadb", "→ DATABASE_URL", "live");
        assertThat(ask(
                        "diary",
                        "/sql/create+table+days+(text+text);insert+into+days+values+('Käthe')".replace("ä", "%C3%A4")))
                .isEmpty();
        platform.commit(repository, "version", "2");
        assertThat(platform.push(repository, "main")).contains("before-release-2", "live");
        assertThat(ask("diary", "/sql/select+text+from+days")).isEqualTo("Käthe\n");
        assertThat(ask("diary", "/sql/select+@@max_statement_time")).isEqualTo("3600.000000\n");
        assertThat(johwa("data", "dump", "diary")).as(terminal.err()).isZero();
        terminal.path = home.toString();
        assertThat(johwa("data", "connect", "diary", "--", "-NBe", "select text from days"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).isEqualTo("Käthe\n");
    }

    /// `/pg/SQL` is asked, and answered with what the database says.
    private static final String[] PG = {
        "app.py",
        APP[1].replace("'/sql/'", "'/pg/'")
                .replace("self.path[5:]", "self.path[4:]")
                .replace(
                        "argv = ['mariadb', '--no-defaults', '-NB', '-h', url.hostname, '-P', str(url.port), '-u', url.username]",
                        "argv = ['psql', url.geturl(), '-tAc', urllib.parse.unquote_plus(words)]")
                .replace(
                        "    argv += ['-p' + url.password, url.path[1:], '-e', urllib.parse.unquote_plus(words)]\n", "")
    };

    @Test
    void aDatabaseIsBroughtToAnotherMajorVersionWhileRequestsWait() throws Exception {
        var repository = platform.repository("museum", PG);
        platform.push(repository, "main");
        assertThat(johwa("data", "add", "museum", "postgres"))
                .as(terminal.err())
                .isZero();
        assertThat(johwa("data", "upgrade", "museum")).isEqualTo(2);
        assertThat(terminal.err()).contains("is the newest on this machine", "apt-get install postgresql-");
        ask("museum", "/pg/create+table+visits+(id+serial)");
        platform.push(repository, "main:draft");
        ask("draft--museum", "/pg/create+table+sketches+as+select+1+as+one");

        OtherPostgres.giveTo(platform.data().resolve("data"));
        assertThat(johwa("data", "museum")).isZero();
        assertThat(terminal.err()).contains("postgres 17 is on the server; `johwa data upgrade museum DATABASE_URL`");
        assertThat(johwa("data", "upgrade", "museum", "--check")).isZero();
        assertThat(terminal.out()).contains("postgres 15 → 17", "requests wait for about", "kept for 7 days");
        assertThat(johwa("data", "upgrade", "museum", "--check", "--json")).isZero();
        assertThat(Json.tree(terminal.out()).get("from").asString()).isEqualTo("15");
        assertThat(Json.tree(terminal.out()).get("neededBytes").asLong()).isPositive();
        assertThat(johwa("data", "upgrade", "museum", "--to", "12")).isEqualTo(2);
        assertThat(terminal.err()).contains("there is no postgres 12 on this machine", "there is postgres 17, 15");
        assertThat(johwa("data", "upgrade", "museum", "--forget", "--to", "17")).isEqualTo(2);

        var visitor = new Visitor();
        try (visitor) {
            assertThat(johwa("data", "upgrade", "museum")).as(terminal.err()).isZero();
        }
        assertThat(terminal.err()).contains("rehearse", "requests wait", "are the same", "kept for 7 days");
        assertThat(terminal.out()).contains("live: museum release 4");
        assertThat(ask("museum", "/pg/show+server_version")).startsWith("17.");
        assertThat(visitor.others).isEmpty();
        assertThat(ask("museum", "/pg/select+count(*)+from+visits").strip()).isEqualTo(visitor.inserted + "");
        assertThat(johwa("status", "museum")).isZero();
        assertThat(terminal.out()).contains("postgres 17").doesNotContain("paused");
        assertThat(johwa("data", "museum", "--json", "-e", "production")).isZero();
        assertThat(Json.tree(terminal.out()).at("/data/0/kept/version").asString())
                .isEqualTo("15");
        assertThat(facts("DatabaseUpgraded")).hasSize(1);
        // What was live before knows the old address, and is not gone back to as it was.
        assertThat(johwa("rollback", "museum")).as(terminal.err()).isZero();
        assertThat(ask("museum", "/pg/show+server_version")).startsWith("17.");

        assertThat(johwa("data", "upgrade", "museum", "--forget")).isZero();
        assertThat(terminal.out()).contains("the old one is deleted");
        assertThat(johwa("data", "upgrade", "museum", "--forget")).isZero();
        assertThat(terminal.out()).contains("There is none");
        aPreviewHasItsOwnUpgrade();
    }

    private void aPreviewHasItsOwnUpgrade() throws Exception {
        assertThat(ask("draft--museum", "/pg/show+server_version")).startsWith("15.");
        assertThat(johwa("data", "upgrade", "museum", "-e", "draft"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.err())
                .contains("`johwa data upgrade museum DATABASE_URL -e draft --forget` deletes it before");
        assertThat(ask("draft--museum", "/pg/show+server_version")).startsWith("17.");
        assertThat(ask("draft--museum", "/pg/select+one+from+sketches")).isEqualTo("1\n");
        assertThat(johwa("data", "upgrade", "museum", "DATABASE_URL", "-e", "draft", "--forget"))
                .isZero();
        assertThat(terminal.out()).contains("the old one is deleted");
    }

    /// Somebody who writes all the time, and keeps what was answered otherwise than as usual.
    private static final class Visitor implements AutoCloseable {
        private final List<String> others = new CopyOnWriteArrayList<>();
        private volatile int inserted;
        private volatile boolean isLeaving;
        private final Thread thread = new Thread(this::visit);

        Visitor() {
            thread.start();
        }

        private void visit() {
            while (!isLeaving) {
                try {
                    var answer = ask("museum", "/pg/insert+into+visits+default+values");
                    if (answer.equals("INSERT 0 1\n")) {
                        inserted++;
                    } else {
                        others.add(answer);
                    }
                } catch (Exception e) {
                    others.add(e.toString());
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            isLeaving = true;
            thread.join();
        }
    }

    private static List<String> facts(String type) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + platform.data().resolve("johwa.db"));
                var query = connection.prepareStatement("select body from facts where type like ?")) {
            query.setString(1, "%" + type + "%");
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }
}
