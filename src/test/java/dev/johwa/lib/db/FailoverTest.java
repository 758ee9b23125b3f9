package dev.johwa.lib.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.RealPostgres;
import dev.johwa.Wait;
import dev.johwa.lib.db.Database.Access;
import dev.johwa.lib.problem.Problem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A PostgreSQL that dies for good, and its copy that takes over: real streaming replication. The address names both.
class FailoverTest {
    private static RealPostgres first;
    private static RealPostgres copy;

    @BeforeAll
    static void start() {
        first = new RealPostgres();
        copy = RealPostgres.copyOf(first);
    }

    @AfterAll
    static void end() {
        copy.close();
        first.close();
    }

    private static int put(Handle handle, String name) {
        return handle.execute("insert into fact_cursors (name, position) values (?, 1)", name);
    }

    private static List<String> names(Database database) {
        return database.read(handle -> handle.createQuery("select name from fact_cursors order by name")
                .mapTo(String.class)
                .list());
    }

    private static Database open(String address) {
        return Database.open(PostgresAddress.parse(address), Kept.MIGRATIONS, Access.SERVER);
    }

    private static long behind(Database database) {
        return database.read(handle -> handle.createQuery("select coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(),"
                        + " replay_lsn)), 1000000) from pg_stat_replication")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void whatWasWrittenIsThereAndWhatIsUnderWayGoesOnWhereTheCopyTakesOver() throws Exception {
        var lost = new CopyOnWriteArrayList<Problem>();
        try (var database = open(first.addressWith(copy))) {
            database.onLost(lost::add);
            database.write(handle -> put(handle, "a"));
            assertThat(names(database)).containsExactly("a");
            Wait.eventually(() -> behind(database) == 0);
            first.stop();
            var writing = CompletableFuture.supplyAsync(() -> database.write(handle -> put(handle, "b")));
            var reading = CompletableFuture.supplyAsync(() -> names(database));
            Wait.eventually(() -> database.away().isPresent());

            copy.promote();

            assertThat(writing.get(60, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(reading.get(60, TimeUnit.SECONDS)).contains("a");
            assertThat(names(database)).containsExactly("a", "b");
            assertThat(lost).isEmpty();
            // One server at a time holds there too.
            assertThatThrownBy(() -> open("postgresql://johwa@127.0.0.1:" + copy.port() + "/postgres?schema="
                            + database.toString().replaceFirst(".*schema=", "")))
                    .hasMessageContaining("another server works on this state");
        }
    }
}
