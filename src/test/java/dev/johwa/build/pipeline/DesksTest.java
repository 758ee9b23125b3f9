package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.git.CheckedOut;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept between runs, who gets it, and what goes when it is too much.
class DesksTest {
    private static final int BUDGET = 10_000;
    private static final List<String> MAIN = List.of("main");

    @TempDir
    Path folder;

    private Desks desks;

    @BeforeEach
    void make() {
        desks = new Desks(folder, BUDGET, "boot");
    }

    /// Works at a desk: afterwards it is of the branch, with so many bytes of dependencies.
    private void work(Desk desk, String branch, int bytes) throws IOException {
        Files.createDirectories(desk.source().resolve("node_modules/a"));
        Files.write(desk.source().resolve("node_modules/a/file"), new byte[bytes]);
        Files.setLastModifiedTime(desk.source().resolve("node_modules/a/file"), FileTime.fromMillis(1000));
        desk.checkedOut(CheckedOut.nothing(), branch, true);
        desk.installed("node_modules", "key");
    }

    private void usedAt(Desk desk, int second) throws IOException {
        Files.setLastModifiedTime(desk.folder().resolve("desk.json"), FileTime.fromMillis(second * 1000L));
    }

    @Test
    void theNextRunSitsWhereTheLastOneDid() throws IOException {
        var first = desks.take("shop", MAIN);
        work(first, "main", 10);
        desks.leave("shop", first);

        var next = desks.take("shop", List.of("feature", "main"));

        assertThat(next.folder()).isEqualTo(first.folder());
        assertThat(next.holds("node_modules", "key")).isTrue();
        assertThat(next.holds("node_modules", "other")).isFalse();
    }

    @Test
    void theBranchsOwnDeskComesBeforeTheOneUsedLast() throws IOException {
        var first = desks.take("shop", MAIN);
        var second = desks.take("shop", MAIN);
        assertThat(second.folder()).isNotEqualTo(first.folder());
        work(first, "main", 1);
        work(second, "feature", 1);
        usedAt(first, 1);
        usedAt(second, 2);
        desks.leave("shop", first);
        desks.leave("shop", second);

        assertThat(desks.take("shop", MAIN).folder()).isEqualTo(first.folder());
        assertThat(desks.take("shop", List.of("other", "main")).folder()).isEqualTo(second.folder());
    }

    @Test
    void aRunBesideAnotherGetsACopyWithTheSameTimes() throws IOException {
        var first = desks.take("shop", MAIN);
        work(first, "main", 10);
        var second = desks.take("shop", MAIN);

        assertThat(desks.copy(second, "node_modules", "other")).isFalse();
        assertThat(desks.copy(second, "node_modules", "key")).isTrue();

        var copied = second.source().resolve("node_modules/a/file");
        assertThat(Files.getLastModifiedTime(copied).toMillis()).isEqualTo(1000);
        Files.write(copied, new byte[3]);
        assertThat(first.source().resolve("node_modules/a/file")).hasSize(10);
    }

    @Test
    void aPackageWithoutAFolderOfItsOwnNeedsNone() throws IOException {
        var first = desks.take("shop", MAIN);
        work(first, "main", 1);
        first.installed("web/node_modules", "key");
        assertThat(first.holds("web/node_modules", "key")).isTrue();

        var second = desks.take("shop", MAIN);
        assertThat(desks.copy(second, "web/node_modules", "key")).isTrue();
        assertThat(second.source().resolve("web/node_modules")).doesNotExist();

        Files.createDirectories(first.source().resolve("web/node_modules"));
        assertThat(first.holds("web/node_modules", "key")).isFalse();
    }

    @Test
    void whatIsBeingInstalledIsNeitherCopiedNorKeptAfterACrash() throws IOException {
        var first = desks.take("shop", MAIN);
        work(first, "main", 10);
        first.installing("node_modules");

        assertThat(desks.copy(desks.take("shop", MAIN), "node_modules", "key")).isFalse();

        var afterTheCrash = new Desks(folder, BUDGET, "boot").take("shop", MAIN);
        assertThat(afterTheCrash.folder()).isEqualTo(first.folder());
        assertThat(afterTheCrash.holds("node_modules", "key")).isFalse();
        assertThat(afterTheCrash.spared()).isEmpty();
    }

    @Test
    void afterACrashTheDeskIsThereAndAfterAPowerCutItIsNot() throws IOException {
        work(desks.take("shop", MAIN), "main", 10);

        assertThat(new Desks(folder, BUDGET, "boot").take("shop", MAIN).holds("node_modules", "key"))
                .isTrue();
        assertThat(new Desks(folder, BUDGET, "next boot").take("shop", MAIN).holds("node_modules", "key"))
                .isFalse();
    }

    @Test
    void halfFinishedWorkStaysWhileFilesStayAndCachesStayAnyway() throws IOException {
        var desk = desks.take("shop", MAIN);
        Files.createDirectories(desk.source().resolve("target/classes"));
        Files.createDirectories(desk.source().resolve("rust/target"));
        Files.writeString(
                desk.source().resolve("rust/target/CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
        desk.keep(Set.of("target", "rust/target"), Set.of());
        assertThat(desk.source().resolve("target")).isDirectory();

        desk.forgetMadeOfFiles();

        assertThat(desk.source().resolve("target")).doesNotExist();
        assertThat(desk.source().resolve("rust/target")).isDirectory();
        desk.keep(Set.of(), Set.of());
        assertThat(desk.source().resolve("rust/target")).doesNotExist();
    }

    @Test
    void aCheckoutThatWasCutOffMayHaveLostFiles() throws IOException {
        var desk = desks.take("shop", MAIN);
        Files.createDirectories(desk.source().resolve("old/target/classes"));
        desk.keep(Set.of("old/target"), Set.of());

        desk.checkedOut(CheckedOut.nothing(), "main", false);

        assertThat(desk.source()).isEmptyDirectory();
    }

    @Test
    void whatTheCommitHasItselfIsNeitherKeptNorTakenAway() throws IOException {
        var desk = desks.take("shop", MAIN);
        work(desk, "main", 10);
        desk.keep(Set.of("dist"), Set.of("node_modules"));
        var written = Files.createDirectories(desk.source().resolve("dist")).resolve("page.html");
        Files.writeString(written, "committed");

        desk.checkedOut(commit("dist/page.html", "node_modules/own/index.js"), "main", false);
        desk.installed("node_modules", "key");
        assertThat(desk.holds("node_modules", "key")).isFalse();
        desk.keep(Set.of(), Set.of());

        assertThat(written).hasContent("committed");
        assertThat(desk.source().resolve("node_modules")).isDirectory();
    }

    private CheckedOut commit(String... paths) throws IOException {
        var record = folder.resolve("record");
        try (var out = new DataOutputStream(Files.newOutputStream(record))) {
            out.writeInt(1);
            out.writeInt(paths.length);
            for (var path : paths) {
                out.writeUTF(path);
                out.writeUTF("id");
                out.writeInt(0);
                out.writeUTF("stamp");
            }
        }
        return CheckedOut.load(record);
    }

    @Test
    void aLinkThatAStepMadeLeadsNobodyOut() throws IOException {
        var desk = desks.take("shop", MAIN);
        var others = Files.createDirectories(folder.resolve("others"));
        Files.createDirectories(others.resolve("dist"));
        Files.createDirectories(desk.source());
        desk.keep(Set.of("web/dist"), Set.of());
        Files.createSymbolicLink(desk.source().resolve("web"), others);

        assertThat(desk.isInside("web/dist")).isFalse();
        assertThat(desk.isInside("api/dist")).isTrue();
        assertThat(desk.isInside(".")).isTrue();
        desk.keep(Set.of(), Set.of());

        assertThat(others.resolve("dist")).isDirectory();
    }

    @Test
    void nobodySitsAtADeskThatIsBeingDeleted() throws IOException {
        var desk = desks.take("shop", MAIN);
        work(desk, "main", 10);
        desks.leave("shop", desk);
        Files.move(desk.folder(), desk.folder().resolveSibling("gone-desk-1"));

        var next = desks.take("shop", MAIN);

        assertThat(next.folder()).isEqualTo(desk.folder());
        assertThat(desks.copy(next, "node_modules", "key")).isFalse();
        desks.leave("shop", next);
        desks.trim("shop");
        assertThat(folder.resolve("shop/cache/gone-desk-1")).doesNotExist();
    }

    @Test
    void beyondTheBudgetWhatWasUsedLongestAgoGoes() throws IOException {
        var old = desks.take("shop", MAIN);
        var fresh = desks.take("shop", MAIN);
        work(old, "main", 6000);
        work(fresh, "main", 6000);
        usedAt(old, 1);
        usedAt(fresh, 2);
        Files.createDirectories(folder.resolve("shop/cache/left-by-an-earlier-version"));
        desks.leave("shop", old);

        desks.trim("shop");
        assertThat(old.folder()).as("a run goes on").isDirectory();

        desks.leave("shop", fresh);
        desks.trim("shop");
        assertThat(fresh.folder()).isDirectory();
        assertThat(folder.resolve("shop/cache")).isDirectoryNotContaining(path -> !path.equals(fresh.folder()));
    }

    @Test
    void aHomeThatIsTooLargeAloneBeginsAnew() throws IOException {
        var desk = desks.take("shop", MAIN);
        Files.write(desks.home("shop").resolve("fetched"), new byte[2 * BUDGET]);
        work(desk, "main", 10);
        desks.leave("shop", desk);

        desks.trim("shop");

        assertThat(desks.home("shop")).doesNotExist();
        assertThat(desk.folder()).isDirectory();
        desks.take("shop", MAIN);
        assertThat(desks.home("shop")).isEmptyDirectory();
    }
}
