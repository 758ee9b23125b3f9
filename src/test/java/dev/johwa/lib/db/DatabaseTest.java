package dev.johwa.lib.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What every room may rely on, wherever the state is kept.
@ParameterizedClass
@EnumSource(Kept.class)
class DatabaseTest {
    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = kept.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static int put(Handle handle, String name, long position) {
        return handle.createUpdate("insert into fact_cursors (name, position) values (:name, :position)")
                .bind("name", name)
                .bind("position", position)
                .execute();
    }

    private static List<String> names(Handle handle) {
        return handle.createQuery("select name from fact_cursors order by name")
                .mapTo(String.class)
                .list();
    }

    private List<String> names() {
        return database.read(DatabaseTest::names);
    }

    @Test
    void whatIsWrittenIsThereAfterItIsOpenedAgain() {
        assertThat(database.<Integer>write(handle -> put(handle, "a", 1))).isEqualTo(1);
        database.close();
        open();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void aWriteThatFailsLeavesTheOthersOfItsTransactionAlone() {
        database.write(handle -> put(handle, "a", 1));
        var failed = new AtomicInteger();
        IntStream.range(0, 64).parallel().forEach(i -> {
            try {
                database.write(handle -> {
                    put(handle, "b" + i, i);
                    return i % 2 == 0 ? put(handle, "a", 2) : 0;
                });
            } catch (RuntimeException e) {
                failed.incrementAndGet();
            }
        });
        assertThat(failed).hasValue(32);
        assertThat(names()).hasSize(33).doesNotContain("b0").contains("b1");
    }

    @Test
    void whatTheWorkThrowsComesOutAndNothingIsChanged() {
        assertThatThrownBy(() -> database.write(handle -> {
                    put(handle, "a", 1);
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThat(names()).isEmpty();
    }

    @Test
    void aReadSeesOneViewAndAReadWithinAWriteWhatThatWrote() {
        database.write(handle -> put(handle, "a", 1));
        var seen = database.read(handle -> {
            names(handle);
            var writer = Thread.ofVirtual().start(() -> database.write(other -> put(other, "b", 2)));
            join(writer);
            return names(handle);
        });
        assertThat(seen).containsExactly("a");
        List<String> within = database.write(handle -> {
            put(handle, "c", 3);
            return names();
        });
        assertThat(within).containsExactly("a", "b", "c");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aReadChangesNothing() {
        assertThatThrownBy(() -> database.read(handle -> put(handle, "a", 1))).isInstanceOf(RuntimeException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void textsAreOrderedByTheirBytesAndKeepEveryCharacter() {
        var all = List.of("Z", "_", "a", "b c", "é", "日本", "😀");
        database.write(handle -> {
            all.reversed().forEach(name -> put(handle, name, 1));
            return 0;
        });
        assertThat(names()).containsExactlyElementsOf(all);
        assertThat(database.<Optional<String>>read(
                        handle -> handle.createQuery("select name from fact_cursors where name > 'Z' and name < 'a'")
                                .mapTo(String.class)
                                .findOne()))
                .contains("_");
    }

    /// Programs write such things to their output, which is kept as messages of tests.
    @Test
    void textsThatAreNoneDoNotFail() {
        database.write(handle -> put(handle, "a\u0000b\uD800c", 1));
        assertThat(names()).singleElement().asString().startsWith("a").endsWith("c");
    }

    @Test
    void momentsIdsAndNumbersComeBackAsTheyWere() {
        var at = Instant.ofEpochMilli(1_764_000_000_123L);
        var id = UUID.randomUUID();
        database.write(handle -> handle.createUpdate(
                        "insert into domains (name, project, app, environment, forced, created_at)"
                                + " values (:name, :id, '', '', :forced, :at)")
                .bind("name", "x.example")
                .bind("id", id)
                .bind("forced", true)
                .bind("at", at)
                .execute());
        database.read(handle -> handle.createQuery("select * from domains where forced")
                .map(row -> {
                    assertThat(row.getColumn("created_at", Instant.class)).isEqualTo(at);
                    assertThat(row.getColumn("project", UUID.class)).isEqualTo(id);
                    assertThat(row.getColumn("forced", Boolean.class)).isTrue();
                    return 0;
                })
                .one());
    }

    @Test
    void manyRowsComeOneByOneAndInTheOrderTheyWereWritten() {
        database.write(handle -> {
            for (int i = 0; i < 2_000; i++) {
                handle.execute("insert into facts (at, type, subject, body) values (?, 'T', '', ?)", i, "{}");
            }
            return 0;
        });
        long sum = database.read(handle -> {
            try (var rows = handle.createQuery("select at from facts order by position")
                    .mapTo(Long.class)
                    .iterator()) {
                long next = 0;
                while (rows.hasNext()) {
                    assertThat(rows.next()).isEqualTo(next++);
                }
                return next;
            }
        });
        assertThat(sum).isEqualTo(2_000);
    }

    @Test
    void whoListensHearsOfWhatBecameDurable() {
        var heard = new AtomicInteger();
        database.onChange(heard::incrementAndGet);
        database.write(handle -> put(handle, "a", 1));
        Wait.eventually(() -> heard.get() > 0);
        database.close();
        assertThatThrownBy(() -> database.write(handle -> 0)).isInstanceOf(DatabaseClosed.class);
    }

    @Test
    void aCopyIsAFileWithTheSameRowsAndEqualContentsGiveEqualBytes() throws IOException {
        database.write(handle -> {
            put(handle, "a", 1);
            handle.execute("insert into facts (at, type, subject, body) values (7, 'T', '', ?)", "b\u0000c");
            return handle.execute("insert into domains (name, project, app, environment, forced, created_at)"
                    + " values ('x.example', 'p', 'a', '', true, 5)");
        });
        var copies = List.of(folder.resolve("copy"), folder.resolve("again"));
        copies.forEach(database::copyTo);
        assertThat(copies.getLast()).hasSameBinaryContentAs(copies.getFirst());
        try (var copy = Database.open(copies.getFirst(), Kept.MIGRATIONS)) {
            assertThat(copy.<List<String>>read(DatabaseTest::names)).containsExactly("a");
            assertThat(copy.<String>read(handle -> handle.createQuery("select name from domains where forced")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("x.example");
        }
    }
}
