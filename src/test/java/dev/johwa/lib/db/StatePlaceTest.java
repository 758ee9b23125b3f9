package dev.johwa.lib.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.RealPostgres;
import dev.johwa.SmallDisk;
import dev.johwa.lib.db.Database.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the state of a folder is, and how it moves.
class StatePlaceTest {
    @TempDir
    Path folder;

    private final StateChoice choice =
            new StateChoice(PostgresAddress.parse(RealPostgres.shared().address()), Optional.empty());

    private StatePlace place() {
        return StatePlace.of(folder);
    }

    private void put(String body) {
        try (var database = place().open(Access.SERVER)) {
            database.write(handle -> {
                handle.execute("insert into facts (at, type, subject, body) values (1, 'T', '', ?)", body);
                return handle.execute(
                        "insert into domains (name, project, app, environment, forced, created_at)"
                                + " values (?, 'p', 'a', '', true, 5)",
                        body);
            });
        }
    }

    private List<String> bodies() {
        try (var database = place().open(Access.SERVER)) {
            return database.read(handle -> handle.createQuery("select body from facts order by position")
                    .mapTo(String.class)
                    .list());
        }
    }

    @Test
    void theStateMovesThereAndBackAndGoesOnInBoth() throws IOException {
        put("a");
        put("b");

        var there = place().moveTo(choice);

        assertThat(there.rows()).isEqualTo(4);
        assertThat(place()).hasToString(choice.address().toString());
        assertThat(folder.resolve("johwa.db")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(folder.resolve("state")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        put("c");
        assertThat(bodies()).containsExactly("a", "b", "c");

        assertThat(place().moveHere().rows()).isEqualTo(6);

        assertThat(place()).hasToString(folder.resolve("johwa.db").toString());
        assertThat(Files.getPosixFilePermissions(folder.resolve("johwa.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        put("d");
        assertThat(bodies()).containsExactly("a", "b", "c", "d");
        // What was left there is in nobody's way.
        assertThat(place().moveTo(choice).rows()).isEqualTo(8);
        assertThat(bodies()).containsExactly("a", "b", "c", "d");
    }

    /// Ended between any two steps: what the folder says is whole, and the move may be said again.
    @Test
    void aMoveThatWasCutOffIsSaidAgain() throws IOException {
        put("a");
        var before = Files.readAllBytes(folder.resolve("johwa.db"));
        place().moveTo(choice);
        // As if it had ended just before the note changed.
        Files.delete(folder.resolve("state"));
        Files.write(folder.resolve("johwa.db"), before);
        put("b");
        place().moveTo(choice);
        assertThat(bodies()).containsExactly("a", "b");

        // And on the way back: the file is in its place, the note still there.
        Files.writeString(folder.resolve("johwa.db"), "half");
        Files.writeString(folder.resolve("johwa.db-wal"), "of another");
        Files.writeString(folder.resolve("johwa.db.part"), "half");
        assertThat(bodies()).containsExactly("a", "b");
        place().moveHere();
        assertThat(bodies()).containsExactly("a", "b");
    }

    @Test
    void aPlaceThatIsTakenIsRefusedAndTheStateStays(@TempDir Path other) throws IOException {
        put("a");
        var theirs = StatePlace.of(other);
        theirs.choose(choice);
        theirs.open(Access.SERVER).close();

        assertThatThrownBy(() -> place().moveTo(choice))
                .hasMessageContaining("a platform keeps its state in")
                .hasMessageContaining("?schema=");
        assertThatThrownBy(() -> place().choose(choice))
                .hasMessageContaining("is in its file johwa.db, not in")
                .hasMessageContaining("johwa state move");
        assertThatThrownBy(() -> StatePlace.of(Files.createDirectory(other.resolve("third")))
                        .choose(choice))
                .hasMessageContaining("a platform keeps its state in");
        assertThat(bodies()).containsExactly("a");
        // The same again is no news.
        theirs.choose(choice);
    }

    @Test
    void tablesOfSomebodyElseStay() {
        var address = choice.address();
        var server = new PostgresServer(() -> address, "test");
        try (var theirs = server.open(server::makeSchema)) {
            theirs.execute("create table facts (theirs text)");
            theirs.execute("insert into facts values ('kept')");
            put("a");

            assertThatThrownBy(() -> place().moveTo(choice))
                    .hasMessageContaining("table facts")
                    .hasMessageContaining("?schema=johwa");
            // Nor does a new platform begin there.
            var fresh = StatePlace.of(folder.resolve("fresh"));
            assertThatThrownBy(() -> fresh.choose(choice)).hasMessageContaining("somebody else's table facts");
            assertThat(fresh.exists()).isFalse();
            assertThatThrownBy(() -> Database.open(choice.address(), List.of("db/migration"), Access.SERVER))
                    .hasMessageContaining("somebody else's table facts");

            assertThat(theirs.select("select theirs from facts")
                            .mapTo(String.class)
                            .list())
                    .containsExactly("kept");
            assertThat(bodies()).containsExactly("a");
        }
    }

    @Test
    void theFolderKeepsItsNoteUntilTheStateHasLeft() {
        put("a");
        place().moveTo(choice);
        try (var database = place().open(Access.SERVER)) {
            database.write(
                    handle -> handle.execute("alter table johwa_server add constraint stays check (use <> 'left')"));
        }

        assertThatThrownBy(() -> place().moveHere()).hasMessageContaining("stays");

        assertThat(place()).hasToString(choice.address().toString());
        try (var database = place().open(Access.SERVER)) {
            database.write(handle -> handle.execute("alter table johwa_server drop constraint stays"));
        }
        put("b");
        place().moveHere();
        assertThat(bodies()).containsExactly("a", "b");
    }

    /// Rows that are written find room beside the file, and then none in it.
    @Test
    void aDiskThatIsFullAtTheEndLosesNothing() throws Exception {
        var large = "x".repeat(5 << 20);
        try (var _ = SmallDisk.at(folder, 8)) {
            put("a");
            place().moveTo(choice);
            try (var database = place().open(Access.SERVER)) {
                database.write(handle -> handle.execute("update facts set body = ?", large));
            }

            assertThatThrownBy(() -> place().moveHere()).hasMessageContaining("the disk is full");

            assertThat(bodies()).containsExactly(large);
        }
    }

    @Test
    void whereItIsIsToldWithoutReadingWhatOthersMayNotRead() throws IOException {
        place().note(new StateChoice(choice.address(), Optional.of(folder.resolve("gone"))));
        assertThat(place()).hasToString(choice.address().toString());
        assertThat(place().problem().orElseThrow()).contains("gone");
        Files.delete(folder.resolve("state"));
        Files.createDirectory(folder.resolve("state"));
        assertThat(place()).hasToString("the PostgreSQL that " + folder.resolve("state") + " names");
        assertThat(place().problem().orElseThrow()).contains("cannot be read");
    }

    @Test
    void aPasswordIsNeitherShownNorTakenFromACommand() throws IOException {
        var address = "postgresql://me:hidden@127.0.0.1:1/db";
        assertThatThrownBy(() ->
                        StateChoice.of(Optional.of(address), Optional.empty(), Optional.empty(), Optional.empty()))
                .hasMessageContaining("--state-password FILE")
                .hasMessageNotContaining("hidden");
        var file = Files.writeString(folder.resolve("password"), "first\n");
        place().note(StateChoice.of(Optional.empty(), Optional.of(address), Optional.empty(), Optional.of(file))
                .orElseThrow());
        assertThat(place().postgres().orElseThrow().password()).contains("first");
        Files.writeString(file, "second\n");
        assertThat(place().postgres().orElseThrow().password()).contains("second");
        assertThat(Files.readString(folder.resolve("state"))).doesNotContain("first", "hidden");
        place().note(StateChoice.of(Optional.empty(), Optional.of(address), Optional.empty(), Optional.empty())
                .orElseThrow());
        assertThat(place().postgres().orElseThrow().password()).contains("hidden");
        assertThat(place().toString() + place().problem())
                .doesNotContain("hidden")
                .contains("127.0.0.1:1");
    }
}
