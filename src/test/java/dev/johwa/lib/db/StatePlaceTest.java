package dev.johwa.lib.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.RealPostgres;
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
