package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.CheckedOut;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept between runs, who gets it, and what goes when it is too much.
class DesksTest {
    private static final int BUDGET = 10_000;
    private static final List<String> MAIN = List.of("main");
    private static final Trust SHOP = Trust.production("shop");
    private static final Trust PREVIEW = Trust.of("shop", "refs/heads/topic", "preview");
    private static final Trust STAGING = Trust.of("shop", "refs/heads/develop", "staging");
    private static final Trust STRANGER = Trust.of("shop", "refs/pull/12/head", "production");
    private static final Trust OTHER_STRANGER = Trust.of("shop", "refs/pull/13/head", "");

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
        var first = desks.take(SHOP, MAIN);
        work(first, "main", 10);
        desks.leave(SHOP, first);

        var next = desks.take(SHOP, List.of("feature", "main"));

        assertThat(next.folder()).isEqualTo(first.folder());
        assertThat(next.holds("node_modules", "key")).isTrue();
        assertThat(next.holds("node_modules", "other")).isFalse();
    }

    @Test
    void theBranchsOwnDeskComesBeforeTheOneUsedLast() throws IOException {
        var first = desks.take(SHOP, MAIN);
        var second = desks.take(SHOP, MAIN);
        assertThat(second.folder()).isNotEqualTo(first.folder());
        work(first, "main", 1);
        work(second, "feature", 1);
        usedAt(first, 1);
        usedAt(second, 2);
        desks.leave(SHOP, first);
        desks.leave(SHOP, second);

        assertThat(desks.take(SHOP, MAIN).folder()).isEqualTo(first.folder());
        assertThat(desks.take(SHOP, List.of("other", "main")).folder()).isEqualTo(second.folder());
    }

    @Test
    void aRunBesideAnotherGetsACopyWithTheSameTimes() throws IOException {
        var first = desks.take(SHOP, MAIN);
        work(first, "main", 10);
        var second = desks.take(SHOP, MAIN);

        assertThat(desks.copy(SHOP, second, "node_modules", "other", new Cancel()))
                .isFalse();
        assertThat(desks.copy(SHOP, second, "node_modules", "key", new Cancel()))
                .isTrue();

        var copied = second.source().resolve("node_modules/a/file");
        assertThat(Files.getLastModifiedTime(copied).toMillis()).isEqualTo(1000);
        Files.write(copied, new byte[3]);
        assertThat(first.source().resolve("node_modules/a/file")).hasSize(10);
    }

    @Test
    void aPackageWithoutAFolderOfItsOwnNeedsNone() throws IOException {
        var first = desks.take(SHOP, MAIN);
        work(first, "main", 1);
        first.installed("web/node_modules", "key");
        assertThat(first.holds("web/node_modules", "key")).isTrue();

        var second = desks.take(SHOP, MAIN);
        assertThat(desks.copy(SHOP, second, "web/node_modules", "key", new Cancel()))
                .isTrue();
        assertThat(second.source().resolve("web/node_modules")).doesNotExist();

        Files.createDirectories(first.source().resolve("web/node_modules"));
        assertThat(first.holds("web/node_modules", "key")).isFalse();
    }

    @Test
    void whatIsBeingInstalledIsNeitherCopiedNorKeptAfterACrash() throws IOException {
        var first = desks.take(SHOP, MAIN);
        work(first, "main", 10);
        first.installing("node_modules");

        assertThat(desks.copy(SHOP, desks.take(SHOP, MAIN), "node_modules", "key", new Cancel()))
                .isFalse();

        var afterTheCrash = new Desks(folder, BUDGET, "boot").take(SHOP, MAIN);
        assertThat(afterTheCrash.folder()).isEqualTo(first.folder());
        assertThat(afterTheCrash.holds("node_modules", "key")).isFalse();
        assertThat(afterTheCrash.spared()).isEmpty();
    }

    @Test
    void afterACrashTheDeskIsThereAndAfterAPowerCutItIsNot() throws IOException {
        work(desks.take(SHOP, MAIN), "main", 10);

        assertThat(new Desks(folder, BUDGET, "boot").take(SHOP, MAIN).holds("node_modules", "key"))
                .isTrue();
        assertThat(new Desks(folder, BUDGET, "next boot").take(SHOP, MAIN).holds("node_modules", "key"))
                .isFalse();
    }

    @Test
    void halfFinishedWorkStaysWhileFilesStayAndCachesStayAnyway() throws IOException {
        var desk = desks.take(SHOP, MAIN);
        Files.createDirectories(desk.source().resolve("target/classes"));
        Files.createDirectories(desk.source().resolve("rust/target"));
        Files.writeString(
                desk.source().resolve("rust/target/CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
        desk.keep(Map.of("target", List.of(), "rust/target", List.of()), Set.of());
        assertThat(desk.source().resolve("target")).isDirectory();

        desk.forgetMadeOfFiles();

        assertThat(desk.source().resolve("target")).doesNotExist();
        assertThat(desk.source().resolve("rust/target")).isDirectory();
        desk.keep(Map.of(), Set.of());
        assertThat(desk.source().resolve("rust/target")).doesNotExist();
    }

    @Test
    void aChangeTakesAwayWhatIsMadeOfItWhereItsToolWouldLeaveSomething() throws IOException {
        var desk = desks.take(SHOP, MAIN);
        for (var place : List.of("lib/target", "web/target", "minds")) {
            Files.createDirectories(desk.source().resolve(place));
        }
        desk.keep(
                Map.of(
                        "lib/target", List.of("lib/src", "pom.xml"),
                        "web/target", List.of("web/src", "lib", "pom.xml"),
                        "minds", List.of()),
                Set.of());

        desk.checkedOut(changed("lib/src-other/A.java", "web/src/A.java"), "main", true);

        assertThat(desk.source().resolve("web")).doesNotExist();
        assertThat(desk.source().resolve("lib/target")).isDirectory();
        desk.checkedOut(changed("pom.xml"), "main", true);
        assertThat(desk.source().resolve("lib")).doesNotExist();
        assertThat(desk.source().resolve("minds")).isDirectory();
        assertThat(desk.spared()).containsExactly("minds");
    }

    private static CheckedOut changed(String... paths) {
        return new CheckedOut(Map.of(), List.of(), List.of(), List.of(paths));
    }

    @Test
    void aCheckoutThatWasCutOffMayHaveLostFiles() throws IOException {
        var desk = desks.take(SHOP, MAIN);
        Files.createDirectories(desk.source().resolve("old/target/classes"));
        desk.keep(Map.of("old/target", List.of()), Set.of());

        desk.checkedOut(CheckedOut.nothing(), "main", false);

        assertThat(desk.source()).isEmptyDirectory();
    }

    @Test
    void whatTheCommitHasItselfIsNeitherKeptNorTakenAway() throws IOException {
        var desk = desks.take(SHOP, MAIN);
        work(desk, "main", 10);
        desk.keep(Map.of("dist", List.of()), Set.of("node_modules"));
        var written = Files.createDirectories(desk.source().resolve("dist")).resolve("page.html");
        Files.writeString(written, "committed");

        desk.checkedOut(commit("dist/page.html", "node_modules/own/index.js"), "main", false);
        desk.installed("node_modules", "key");
        assertThat(desk.holds("node_modules", "key")).isFalse();
        desk.keep(Map.of(), Set.of());

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
        var desk = desks.take(SHOP, MAIN);
        var others = Files.createDirectories(folder.resolve("others"));
        Files.createDirectories(others.resolve("dist"));
        Files.createDirectories(desk.source());
        desk.keep(Map.of("web/dist", List.of()), Set.of());
        Files.createSymbolicLink(desk.source().resolve("web"), others);

        assertThat(desk.isInside("web/dist")).isFalse();
        assertThat(desk.isInside("api/dist")).isTrue();
        assertThat(desk.isInside(".")).isTrue();
        desk.keep(Map.of(), Set.of());

        assertThat(others.resolve("dist")).isDirectory();
    }

    @Test
    void nobodySitsAtADeskThatIsBeingDeleted() throws IOException {
        var desk = desks.take(SHOP, MAIN);
        work(desk, "main", 10);
        desks.leave(SHOP, desk);
        Files.move(desk.folder(), desk.folder().resolveSibling("gone-desk-1"));

        var next = desks.take(SHOP, MAIN);

        assertThat(next.folder()).isEqualTo(desk.folder());
        assertThat(desks.copy(SHOP, next, "node_modules", "key", new Cancel())).isFalse();
        desks.leave(SHOP, next);
        desks.trim("shop");
        assertThat(folder.resolve("shop/cache/gone-desk-1")).doesNotExist();
    }

    @Test
    void beyondTheBudgetWhatWasUsedLongestAgoGoes() throws IOException {
        var old = desks.take(SHOP, MAIN);
        var fresh = desks.take(SHOP, MAIN);
        work(old, "main", 6000);
        work(fresh, "main", 6000);
        usedAt(old, 1);
        usedAt(fresh, 2);
        Files.createDirectories(folder.resolve("shop/cache/left-by-an-earlier-version"));
        desks.leave(SHOP, old);

        desks.trim("shop");
        assertThat(old.folder()).as("a run goes on").isDirectory();

        desks.leave(SHOP, fresh);
        desks.trim("shop");
        assertThat(fresh.folder()).isDirectory();
        assertThat(folder.resolve("shop/cache")).isDirectoryNotContaining(path -> !path.equals(fresh.folder()));
    }

    @Test
    void aHomeThatIsTooLargeAloneBeginsAnew() throws IOException {
        var desk = desks.take(SHOP, MAIN);
        new DependencyStores(desks).bring(SHOP, new Cancel());
        Files.write(desks.home(SHOP).resolve("fetched"), new byte[2 * BUDGET]);
        work(desk, "main", 10);
        desks.leave(SHOP, desk);

        desks.trim("shop");

        assertThat(desks.home(SHOP)).doesNotExist();
        assertThat(desk.folder()).isDirectory();
        new DependencyStores(desks).bring(SHOP, new Cancel());
        assertThat(desks.home(SHOP)).isEmptyDirectory();
    }

    @Test
    void aLayerReadsProductionsWorkAndItsOwnAndNobodyElses() throws IOException {
        var all = List.of(SHOP, STAGING, PREVIEW, STRANGER, OTHER_STRANGER);
        for (var writer : all) {
            var desk = desks.take(writer, MAIN);
            work(desk, "main", 10);
            desk.installed("node_modules", writer.name());
            desks.leave(writer, desk);
        }

        for (var reader : all) {
            var desk = desks.take(reader, MAIN);
            Trees.delete(desk.source());
            var seen = all.stream()
                    .filter(writer -> !writer.equals(reader))
                    .filter(writer -> desks.copy(reader, desk, "node_modules", writer.name(), new Cancel()))
                    .toList();
            assertThat(seen).as("read by " + reader.name()).isEqualTo(reader.equals(SHOP) ? List.of() : List.of(SHOP));
            work(desk, "main", 10);
            desk.installed("node_modules", reader.name());
            desks.leave(reader, desk);
        }
    }

    @Test
    void aDeskIsTakenInItsOwnLayerAlone() {
        var places = Stream.of(SHOP, STAGING, PREVIEW, STRANGER, OTHER_STRANGER)
                .map(trust -> {
                    var desk = desks.take(trust, MAIN);
                    desks.leave(trust, desk);
                    return desk.folder();
                })
                .toList();

        assertThat(places).doesNotHaveDuplicates();
        assertThat(desks.take(STRANGER, MAIN).folder()).isEqualTo(places.get(3));
    }

    @Test
    void aNewHomeBringsFetchedPackagesOfProductionAndNoPasswords() throws IOException {
        var home = desks.home(SHOP);
        Files.createDirectories(home.resolve("go/pkg/mod/closed"));
        Files.createDirectories(home.resolve(".m2/repository/org"));
        Files.writeString(home.resolve("go/pkg/mod/closed/file"), "module");
        Files.writeString(home.resolve(".m2/repository/org/a.jar"), "jar");
        Files.writeString(home.resolve(".m2/settings.xml"), "password");
        Files.writeString(home.resolve(".npmrc"), "password");
        Files.setPosixFilePermissions(home.resolve("go/pkg/mod/closed"), PosixFilePermissions.fromString("r-xr-xr-x"));

        new DependencyStores(desks).bring(PREVIEW, new Cancel());

        var brought = desks.home(PREVIEW);
        assertThat(brought.resolve("go/pkg/mod/closed/file")).hasContent("module");
        assertThat(Files.getPosixFilePermissions(brought.resolve("go/pkg/mod/closed")))
                .isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(brought.resolve(".m2/repository/org/a.jar")).hasContent("jar");
        assertThat(brought.resolve(".m2/settings.xml")).doesNotExist();
        assertThat(brought.resolve(".npmrc")).doesNotExist();

        Files.writeString(brought.resolve(".m2/repository/org/a.jar"), "poisoned");
        new DependencyStores(desks).bring(PREVIEW, new Cancel());
        assertThat(brought.resolve(".m2/repository/org/a.jar")).hasContent("poisoned");
        assertThat(home.resolve(".m2/repository/org/a.jar")).hasContent("jar");
    }

    @Test
    void halfFinishedWorkOfProductionIsBroughtWhereItIsACache() throws IOException {
        var desk = desks.take(SHOP, MAIN);
        for (var place : List.of("target", "dist")) {
            Files.createDirectories(desk.source().resolve(place));
            Files.writeString(desk.source().resolve(place).resolve("made"), "x");
        }
        Files.writeString(desk.source().resolve("target/CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
        desk.keep(Map.of("target", List.of(), "dist", List.of()), Set.of());
        var goal = folder.resolve("goal");

        assertThat(desks.copyCache(PREVIEW, "target", goal, new Cancel()))
                .as("a run works there")
                .isFalse();
        desks.leave(SHOP, desk);
        assertThat(desks.copyCache(PREVIEW, "dist", goal, new Cancel())).isFalse();
        assertThat(desks.copyCache(PREVIEW, "src", goal, new Cancel())).isFalse();
        assertThat(desks.copyCache(PREVIEW, "target", goal, new Cancel())).isTrue();
        assertThat(goal.resolve("made")).hasContent("x");
    }

    @Test
    void beyondTheBudgetTheLeastTrustedGoFirst() throws IOException {
        for (var trust : List.of(STRANGER, SHOP, PREVIEW, STAGING)) {
            var desk = desks.take(trust, MAIN);
            work(desk, "main", 3_000);
            desks.leave(trust, desk);
        }

        desks.trim("shop");

        assertThat(folder.resolve("shop/cache/desk-1")).isDirectory();
        assertThat(folder.resolve("shop/layers/staging/cache/desk-1")).isDirectory();
        assertThat(folder.resolve("shop/layers/preview/cache/desk-1")).isDirectory();
        assertThat(folder.resolve("shop/layers").resolve(STRANGER.name()).resolve("cache"))
                .isEmptyDirectory();
    }

    /// A step can put a link anywhere among its own files; what it leads to is another project's.
    @Test
    void aLinkInWhatIsBroughtToALayerLeadsNobodyOut() throws IOException {
        var other = Files.createDirectories(folder.resolve("other/home/.m2/repository"));
        Files.writeString(other.resolve("private.jar"), "of another project");
        Files.writeString(other.resolve("CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
        var desk = desks.take(SHOP, MAIN);
        Files.createDirectories(desk.source().resolve("web/repository"));
        desk.keep(Map.of("kept/repository", List.of()), Set.of("web/repository"));
        desk.installed("web/repository", "key");
        Trees.delete(desk.source().resolve("web"));
        Files.createDirectories(desks.home(SHOP));
        for (var link : List.of(
                desk.source().resolve("web"),
                desk.source().resolve("kept"),
                desks.home(SHOP).resolve(".m2"))) {
            Files.createSymbolicLink(link, other.getParent());
        }
        desks.leave(SHOP, desk);

        new DependencyStores(desks).bring(PREVIEW, new Cancel());
        var branch = desks.take(PREVIEW, MAIN);

        assertThat(desks.home(PREVIEW).resolve(".m2/repository/private.jar")).doesNotExist();
        assertThat(desks.copy(PREVIEW, branch, "web/repository", "key", new Cancel()))
                .isFalse();
        assertThat(desks.copyCache(PREVIEW, "kept/repository", folder.resolve("goal"), new Cancel()))
                .isFalse();
    }

    @Test
    void aHomeThatAKillLeftHalfMadeOrHalfDeletedGoes() throws IOException {
        for (var trust : List.of(SHOP, PREVIEW)) {
            new DependencyStores(desks).bring(trust, new Cancel());
            Files.createDirectories(desks.draft(trust).resolve(".m2"));
            Files.createDirectories(desks.draft(trust).resolveSibling("gone-home"));
        }

        desks.trim("shop");

        for (var trust : List.of(SHOP, PREVIEW)) {
            assertThat(desks.home(trust)).isDirectory();
            assertThat(desks.draft(trust).getParent()).isEmptyDirectory();
        }
    }
}
