package dev.johwa.lib.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.RealPostgres;
import dev.johwa.Wait;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database.Access;
import dev.johwa.lib.event.Fact;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A PostgreSQL that is away, comes back, or gets a second server.
class PostgresDatabaseTest {
    private static RealPostgres postgres;

    private PostgresAddress address;

    @BeforeAll
    static void start() {
        postgres = new RealPostgres();
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @BeforeEach
    void elsewhere() {
        address = PostgresAddress.parse(postgres.address());
    }

    private Database open(Access access) {
        return Database.open(address, Kept.MIGRATIONS, access);
    }

    private static int put(Handle handle, String name) {
        return handle.execute("insert into fact_cursors (name, position) values (?, 1)", name);
    }

    private static List<String> names(Database database) {
        return database.read(handle -> handle.createQuery("select name from fact_cursors order by name")
                .mapTo(String.class)
                .list());
    }

    /// Ends the connections of a server, as a network or an administrator does.
    private static void cut(Database other) {
        other.write(handle -> {
            handle.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name like 'johwa %' and pid <> pg_backend_pid()");
            return 0;
        });
    }

    @Test
    void aSecondServerIsKeptOffAndTheFirstGoesOn() {
        try (var first = open(Access.SERVER)) {
            first.write(handle -> put(handle, "a"));
            assertThatThrownBy(() -> open(Access.SERVER))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("another server works on this state: process "
                            + ProcessHandle.current().pid())
                    .hasMessageContaining("johwa down");
            try (var beside = open(Access.BESIDE)) {
                beside.write(handle -> put(handle, "b"));
            }
            first.write(handle -> put(handle, "c"));
            assertThat(names(first)).containsExactly("a", "b", "c");
        }
        open(Access.SERVER).close();
    }

    @Test
    void whoLostTheStateToAnotherWritesNothingMore() {
        var lost = new CopyOnWriteArrayList<Problem>();
        try (var first = open(Access.SERVER);
                var beside = open(Access.BESIDE)) {
            first.onLost(lost::add);
            first.write(handle -> put(handle, "a"));
            beside.write(handle -> handle.execute("update johwa_server set owner = 'other', place = 'elsewhere'"));
            cut(beside);

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> first.write(handle -> put(handle, "b")))
                        .hasMessageContaining("taken the state over: elsewhere");
            }
            assertThat(lost).isNotEmpty().allMatch(problem -> problem.code().equals("db.lost"));
            assertThat(names(beside)).containsExactly("a");
        }
    }

    /// A copy that lagged took over. What this one knows may not be so there: it ends, and the next one looks anew.
    @Test
    void whoseConfirmedWritesAreGoneEndsAndSaysSo() {
        var lost = new CopyOnWriteArrayList<Problem>();
        try (var first = open(Access.SERVER);
                var beside = open(Access.BESIDE)) {
            first.onLost(lost::add);
            List.of("a", "b", "c").forEach(name -> first.write(handle -> put(handle, name)));
            beside.write(handle -> handle.execute("delete from fact_cursors where name in ('b', 'c')")
                    + handle.execute("update johwa_server set turn = turn - 2"));
            cut(beside);

            assertThatThrownBy(() -> first.write(handle -> put(handle, "d")))
                    .hasMessageContaining("came back without the last 2 writes that it had confirmed")
                    .hasMessageContaining("synchronous_standby_names");
            Wait.eventually(() -> !lost.isEmpty());
            assertThat(lost).extracting(Problem::code).containsOnly("db.behind");
            assertThat(names(beside)).containsExactly("a");
        }
        try (var next = open(Access.SERVER)) {
            next.write(handle -> put(handle, "d"));
            assertThat(names(next)).containsExactly("a", "d");
        }
    }

    /// Cut at any moment, also in the middle of a commit whose answer never comes.
    @Test
    void writesAreThereOnceWheneverConnectionsAreCut() throws InterruptedException {
        Set<String> answered = new ConcurrentSkipListSet<>();
        var failures = new CopyOnWriteArrayList<Throwable>();
        var goesOn = new AtomicBoolean(true);
        try (var first = open(Access.SERVER);
                var beside = open(Access.BESIDE)) {
            var writers = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                var mine = "w" + i + "-";
                writers.add(Thread.ofVirtual().start(() -> {
                    for (int n = 0; goesOn.get() || n < 20; n++) {
                        try {
                            var name = mine + n;
                            first.write(handle -> put(handle, name));
                            answered.add(name);
                        } catch (RuntimeException e) {
                            failures.add(e);
                            return;
                        }
                    }
                }));
            }
            for (int i = 0; i < 8; i++) {
                int before = answered.size();
                Wait.eventually(() -> answered.size() > before || !failures.isEmpty());
                cut(beside);
            }
            goesOn.set(false);
            for (var writer : writers) {
                writer.join();
            }
            assertThat(failures).isEmpty();
            assertThat(Set.copyOf(names(first))).isEqualTo(answered);
        }
    }

    private record Counted(int number) implements Fact {
        @Override
        public String subject() {
            return "";
        }
    }

    @Test
    void eachFactIsHeardOnceWhenItsReadIsCut() {
        var numbers = IntStream.range(0, 1200).boxed().toList();
        var heard = new ArrayList<Integer>();
        try (var first = open(Access.SERVER);
                var beside = open(Access.BESIDE);
                var facts = new FactLog(first, new SystemClock(), List.of(Counted.class))) {
            facts.append(numbers.stream().map(Counted::new).toArray(Counted[]::new));
            facts.each(Counted.class, 0, (fact, position) -> {
                heard.add(fact.number());
                if (heard.size() == 3) {
                    cut(beside);
                }
            });
            assertThat(heard).isEqualTo(numbers);
        }
    }

    @Test
    void aRestartIsWaitedForByWhatReadsAndWrites() {
        var done = ConcurrentHashMap.<String>newKeySet();
        try (var database = open(Access.SERVER)) {
            database.write(handle -> put(handle, "before"));
            assertThat(names(database)).containsExactly("before");
            postgres.stop();
            var writer = Thread.ofVirtual().start(() -> {
                database.write(handle -> put(handle, "meanwhile"));
                done.add("written");
            });
            var reader = Thread.ofVirtual().start(() -> {
                names(database);
                done.add("read");
            });
            Wait.eventually(() -> database.away().isPresent());
            assertThat(database.away().orElseThrow().text()).contains("is away for", "try again");
            assertThat(done).isEmpty();

            postgres.start();

            Wait.eventually(() -> done.size() == 2 && !writer.isAlive() && !reader.isAlive());
            assertThat(names(database)).containsExactly("before", "meanwhile");
            assertThat(database.away()).isEmpty();
        }
    }

    @Test
    void whoIsAwayForTooLongIsGivenUpAndSaidSo() {
        var lost = new AtomicInteger();
        try (var database = open(new Access(true, Duration.ofMillis(300)))) {
            database.onLost(problem -> lost.incrementAndGet());
            postgres.stop();
            try {
                assertThatThrownBy(() -> database.write(handle -> put(handle, "a")))
                        .hasMessageContaining("is away for")
                        .hasMessageContaining("start it when the database is back");
                assertThatThrownBy(() -> names(database)).hasMessageContaining("not possible to read");
                // Who looks for it again says so, a moment after those who waited.
                Wait.eventually(() -> lost.get() > 0);
            } finally {
                postgres.start();
            }
            database.write(handle -> put(handle, "b"));
            assertThat(names(database)).containsExactly("b");
        }
    }

    @Test
    void aStateOfANewerVersionIsRefused() {
        try (var database = open(Access.SERVER)) {
            database.write(handle -> handle.execute(
                    "insert into johwa_schema (position, name, sum) values (999, 'V999__future.sql', 1)"));
        }
        assertThatThrownBy(() -> open(Access.SERVER))
                .hasMessageContaining("written by a newer version")
                .hasMessageContaining("V999__future.sql");
    }

    @Test
    void anAddressThatIsWrongIsSaidAtOnceAndWithoutItsPassword() {
        assertThatThrownBy(() -> PostgresAddress.parse("postgresql://me:sec:ret@/db"))
                .hasMessageContaining("no address")
                .hasMessageContaining("postgresql://USER@HOST:5432/NAME")
                .hasMessageNotContaining("sec");
        for (var wrong : List.of(
                "postgresql://me:sec%ret@host/db",
                "postgresql://me:secret",
                "postgresql://me/x:secret@host",
                "postgresql://a@b:secret@host/db",
                "postgresql://me@host/db?password=secret",
                "me:secret@host/db")) {
            assertThatThrownBy(() -> PostgresAddress.parse(wrong))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageNotContaining("sec");
        }
        assertThatThrownBy(() -> PostgresAddress.parse("postgresql://host:5432"))
                .hasMessageContaining("'postgresql://host:***'");
        assertThatThrownBy(() -> PostgresAddress.parse("postgresql://host/db"))
                .hasMessageContaining("'postgresql://host/db'");
        assertThatThrownBy(() -> PostgresAddress.parse("postgresql://me@host/db?sslmod=x"))
                .hasMessageContaining("'sslmod' is no parameter of the address postgresql://me@host/db — write");
        assertThat(PostgresAddress.parse("postgres://me:s%3Acret@one:5433,two/db?sslmode=require"))
                .hasToString("postgresql://me@one:5433,two/db?sslmode=require");
        var nowhere = PostgresAddress.parse("postgresql://johwa@127.0.0.1:" + postgres.port() + "/nowhere");
        assertThatThrownBy(() -> Database.open(nowhere, Kept.MIGRATIONS, Access.SERVER))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("the database must be there");
    }
}
