package dev.johwa.serve.data;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import dev.johwa.source.git.Progress;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases of the kind mariadb, with the server of this machine.
class MariaDbTest {
    private static final Progress QUIET = line -> {};
    private static final Owner SHOP = DataRig.SHOP;

    @TempDir
    static Path folder;

    private static DataRig rig;
    private static Data data;

    @BeforeAll
    static void start() {
        rig = new DataRig(folder);
        data = rig.data();
    }

    @AfterAll
    static void end() {
        rig.close();
    }

    private static String add(Owner owner) {
        data.add(owner, Kind.require("mysql"), "DATABASE_URL", QUIET);
        return data.addresses(owner).get("DATABASE_URL");
    }

    @Test
    void eachHasWhatIsItsOwnAndKeepsIt() {
        var shop = add(SHOP);
        var blog = add(new Owner("blog", "blog", "production"));
        assertThat(shop).matches("mysql://(shop_production_\\w{8}):[0-9a-f]{64}@127\\.0\\.0\\.1:\\d+/\\1");
        assertThat(DataRig.sql(shop, "create table pets (name text); insert into pets values ('Käthe 🐈')"))
                .isEmpty();
        assertThat(DataRig.sql(blog.replaceFirst("/[^/]*$", shop.replaceFirst(".*/", "/")), "select 1"))
                .contains("Access denied");
        assertThat(DataRig.sql(shop.replaceFirst(":[^:/@]+@", ":guess@"), "select 1"))
                .contains("Access denied");
        assertThat(DataRig.sql(shop.replaceFirst("//[^:]+:", "//root:"), "select 1"))
                .contains("Access denied");
        assertThat(DataRig.sql(shop, "select load_file('/etc/passwd')")).isEqualTo("NULL");
        assertThat(DataRig.sql(shop, "select user from mysql.global_priv")).contains("denied");

        rig.down();
        data = rig.data();
        data.recover();
        assertThat(data.addresses(SHOP)).containsEntry("DATABASE_URL", shop);
        assertThat(DataRig.sql(shop, "select name from pets")).isEqualTo("Käthe 🐈");
        var status = data.list(each -> each.owner().equals(SHOP)).getFirst();
        assertThat(status.problem()).isEmpty();
        assertThat(status.version()).matches("\\d+\\.\\d+");
        assertThat(status.bytes().orElseThrow()).isPositive();
        assertThat(data.lately()).contains(status);
    }

    @Test
    void aDumpIsRestoredWithAllThatBelongsToIt() {
        var owner = new Owner("dumped", "dumped", "production");
        var address = add(owner);
        var database = data.require(owner, "DATABASE_URL");
        DataRig.sql(
                address,
                "create table notes (id int primary key, text text, bytes blob);"
                        + "insert into notes values (1, 'kept', 0x00ff27);"
                        + "create view shown as select text from notes;"
                        + "create trigger loud before insert on notes for each row set new.text = upper(new.text);"
                        + "create function one() returns int return 1;"
                        + "create table lost (id int); create view blind as select * from lost; drop table lost");
        var told = new ArrayList<String>();
        var dump = data.dumps().make(database, "asked", told::add);
        assertThat(String.join("\n", told)).contains("something that is gone: blind");
        DataRig.sql(address, "drop table notes; drop view shown; create table other (id int)");

        var broken = data.dumps().take(database, in("create table half (id int); nonsense;"));
        assertThatThrownBy(() -> data.dumps().restore(database, broken, QUIET))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nonsense");
        assertThat(DataRig.sql(address, "show tables")).isEqualTo("blind\nother");

        data.dumps().restore(database, dump, QUIET);
        assertThat(DataRig.sql(
                        address, "insert into notes values (2, 'new', 0x01); select text, hex(bytes) from notes"))
                .isEqualTo("kept\t00FF27\nNEW\t01");
        assertThat(DataRig.sql(address, "select one(), count(*) from shown")).isEqualTo("1\t2");
        assertThat(DataRig.sql(address, "show tables like 'other'")).isEmpty();
        assertThat(DataRig.sql(address, "show databases")).doesNotContain("_new");
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDumpThatSomebodyBringsReachesNothingElse() {
        var owner = new Owner("guest", "guest", "production");
        var address = add(owner);
        var victim = add(new Owner("victim", "victim", "production"));
        DataRig.sql(victim, "create table own (id int)");
        var database = data.require(owner, "DATABASE_URL");
        var seen = folder.resolve("seen");
        for (var evil : new String[] {
            "drop table `" + victim.replaceFirst(".*/", "") + "`.own;",
            "\\! touch " + seen + "\n",
            "set global max_connections = 1;"
        }) {
            var dump = data.dumps().take(database, in(evil));
            assertThatThrownBy(() -> data.dumps().restore(database, dump, QUIET))
                    .as(evil)
                    .isInstanceOf(ProblemException.class);
        }
        assertThat(seen).doesNotExist();
        assertThat(DataRig.sql(victim, "show tables")).isEqualTo("own");
        assertThat(DataRig.sql(address, "select 1")).isEqualTo("1");
    }

    @Test
    void aRestoreThatWasCutOffIsEnded() throws Exception {
        var owner = new Owner("cut", "cut", "production");
        var address = add(owner);
        var database = data.require(owner, "DATABASE_URL");
        DataRig.sql(address, "create table notes as select 'kept' as text");
        var dump = data.dumps().make(database, "asked", QUIET);
        // As when the power went between two statements of what becomes the database.
        Files.copy(dump.file(), rig.servers().resolve(database.server()).resolve("becomes-" + database.name()));
        DataRig.sql(address, "drop table notes");
        new DataStore(rig.database()).mark(database, AppDatabase.State.RESTORING);

        data = rig.data();
        data.recover();
        assertThat(DataRig.sql(address, "select text from notes")).isEqualTo("kept");
        DataRig.sql(address, "insert into notes values ('new')");
        data = rig.data();
        data.recover();
        assertThat(DataRig.sql(address, "select count(*) from notes")).isEqualTo("2");
    }

    @Test
    void whatIsCutOnPurposeIsAwayUntilNobodyHoldsIt() throws Exception {
        var owner = new Owner("away", "away", "staging");
        var address = add(owner);
        var other = add(new Owner("beside", "beside", "staging"));
        var going = CompletableFuture.supplyAsync(() -> DataRig.sql(address, "select sleep(60)"));
        eventually(
                () -> DataRig.sql(address, "select count(*) from information_schema.processlist where info like '%60%'")
                        .equals("2"));
        var held = data.cut(data.require(owner, "DATABASE_URL"), Duration.ofMinutes(5));
        assertThat(going.join()).contains("ERROR");
        assertThat(DataRig.sql(address, "select 1")).contains("account is locked");
        assertThat(DataRig.sql(other, "select 1")).isEqualTo("1");
        // As when the control plane is killed.
        held.in().close();
        eventually(() -> DataRig.sql(address, "select 1").equals("1"));
        held.end();
        var again = data.cut(data.require(owner, "DATABASE_URL"), Duration.ofMinutes(5));
        again.end();
        data.join(owner, "DATABASE_URL");
        assertThat(DataRig.sql(address, "select 1")).isEqualTo("1");
    }

    @Test
    void fixturesGoInAndARemovedOneIsGone() throws Exception {
        var owner = new Owner("zoo", "zoo", "idea");
        var address = add(owner);
        Files.writeString(
                folder.resolve("pets.sql"), "create table pets (name text);\ninsert into pets values ('cat');\n");
        var client = data.client(owner).orElseThrow();
        var argv = new ArrayList<>(client.command());
        argv.add("pets.sql");
        var command = new Command(argv, folder, client.values());
        assertThat(Piped.run(command, in(""), OutputStream.nullOutputStream(), Duration.ofSeconds(30))
                        .isSuccess())
                .isTrue();
        assertThat(DataRig.sql(address, "select name from pets")).isEqualTo("cat");
        data.discard(owner);
        assertThat(DataRig.sql(address, "select 1")).containsAnyOf("Access denied", "is not allowed to connect");
    }

    @Test
    void javaGetsTheAddressInItsOwnForm() {
        var owner = new Owner("java", "java", "production");
        data.add(owner, Kind.MARIADB, "SPRING_DATASOURCE_URL", QUIET);
        assertThat(data.addresses(owner).get("SPRING_DATASOURCE_URL"))
                .matches("jdbc:mariadb://127\\.0\\.0\\.1:\\d+/(\\w+)\\?user=\\1&password=[0-9a-f]{64}");
    }
}
