package dev.johwa.serve.data;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.DatabaseImages;
import dev.johwa.DockerDaemon;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.docker.Commands.CommandSpec;
import dev.johwa.lib.docker.ContainerSpec;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Attached;
import dev.johwa.source.git.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases in containers: MariaDB in a real one, by its own programs and by the names that MySQL has for them.
class ContainedTest {
    private static final Progress QUIET = line -> {};
    private static final Owner SHOP = new Owner("shop", "shop/db", "production");
    private static final Owner AWAY = new Owner("away", "away/db", "production");
    /// What an image of MySQL is told that knows no password of root.
    private static final Map<String, String> PLAIN_USER =
            Map.of("MARIADB_ROOT_PASSWORD", "", "MYSQL_USER", "shop", "MYSQL_PASSWORD", "none", "PATH", "/mysql:/bin");

    @TempDir
    static Path folder;

    private static final FakeClock CLOCK = new FakeClock(Instant.parse("2026-11-27T03:00:00Z"));
    private static final Map<String, String> SAID = new HashMap<>();

    private static Engine engine;
    private static String container;
    private static DataRig rig;
    private static Data data;

    @BeforeAll
    static void start() {
        var daemon = DockerDaemon.shared();
        engine = daemon.engine();
        container = engine.containers().create("johwa-test-mariadb", ContainerSpec.of(DatabaseImages.mariadb(daemon)));
        engine.containers().start(container);
        rig = new DataRig(folder, CLOCK, ContainedTest::beside);
        data = rig.data();
        data.contained().note(SHOP, Kind.MARIADB);
        eventually(() -> said("select 1").equals("1\n"));
    }

    @AfterAll
    static void end() {
        rig.close();
        engine.containers().remove(container);
    }

    private static Attached beside(Owner owner, Beside.Call call) {
        if (owner.equals(AWAY)) {
            throw Problem.user("instance.over", "it has ended").exception();
        }
        if (SAID.containsKey("SLOW") && call.command().getLast().equals("broken")) {
            throw Problem.resource("data.silent", "it takes too long").exception();
        }
        var values = new HashMap<>(SAID);
        values.putAll(call.values());
        return engine.commands()
                .start(container, new CommandSpec(call.command(), values, Optional.empty(), Optional.empty(), false));
    }

    private static AppDatabase shop() {
        return data.contained().of(SHOP).orElseThrow();
    }

    /// What its client says, as a person opens it.
    private static String said(String sql) {
        try {
            var client = data.open(shop(), List.of("-NBe", sql), Optional.empty(), "");
            try {
                client.in().close();
                return new String(client.out().readAllBytes(), StandardCharsets.UTF_8);
            } finally {
                client.end();
            }
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void itIsFilledDumpedAndRestored() {
        data.contained()
                .fill(shop(), "create table goods as select 'pear ü' as name; create view seen as select * from goods");
        // Of a view whose table is gone no dump can be made.
        data.contained().fill(shop(), "create table lost (id int); create view blind as select * from lost");
        said("drop table lost");
        var told = new ArrayList<String>();
        var dump = data.dumps().make(shop(), "asked", told::add);
        assertThat(String.join("\n", told)).contains("something that is gone: blind");
        said("drop view seen; drop table goods; create table other (id int)");

        var statements = "create table half (id int); nonsense;".getBytes(StandardCharsets.UTF_8);
        var broken = data.dumps().take(shop(), new ByteArrayInputStream(statements));
        assertThatThrownBy(() -> data.dumps().restore(shop(), broken, QUIET))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nonsense");
        assertThat(said("show tables like 'o%'")).isEqualTo("other\n");

        data.dumps().restore(shop(), dump, QUIET);
        assertThat(said("select name from seen")).isEqualTo("pear ü\n");
        assertThat(said("show tables like 'o%'")).isEmpty();
        assertThat(said("show databases")).doesNotContain("johwa_new");
        // It is root's, and a plain user may not make it anew.
        said("drop view seen");
    }

    @Test
    void oneOfAPlainUserIsRestoredByTheProgramsOfMySql() {
        SAID.putAll(PLAIN_USER);
        try {
            assertThat(said("select current_user()")).isEqualTo("shop@%\n");
            data.contained().fill(shop(), "create or replace table mine as select 'fig' as name");
            var dump = data.dumps().make(shop(), "asked", QUIET);
            said("drop table mine");
            data.dumps().restore(shop(), dump, QUIET);
            assertThat(said("select name from mine")).isEqualTo("fig\n");
        } finally {
            SAID.clear();
        }
    }

    @Test
    void aDumpThatIsMadeIsOneThoughNobodySaysWhatItIsWithout() {
        SAID.put("SLOW", "yes");
        try {
            assertThat(data.dumps().make(shop(), "asked", QUIET).bytes()).isPositive();
        } finally {
            SAID.clear();
        }
    }

    @Test
    void eachIsDumpedOnceADayAlsoWhenAnotherCannotBe() {
        data.contained().note(AWAY, Kind.REDIS);
        var before = daily();
        CLOCK.advance(Duration.ofHours(25));
        data.dumps().keep();
        assertThat(daily()).isEqualTo(before + 1);
        data.dumps().keep();
        assertThat(daily()).isEqualTo(before + 1);
        CLOCK.advance(Duration.ofHours(25));
        data.dumps().keep();
        assertThat(daily()).isEqualTo(before + 2);
        data.contained().forget(AWAY);
    }

    private static long daily() {
        return data.dumps().list(shop()).stream()
                .filter(dump -> dump.why().equals("daily"))
                .count();
    }
}
