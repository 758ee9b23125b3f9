package dev.johwa.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.text.RawNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoriesTest {
    @TempDir
    Path folder;

    private Repositories repositories;
    private Path work;

    @BeforeEach
    void open() throws Exception {
        repositories = new Repositories(folder.resolve("git"), Optional.empty());
        work = Files.createDirectories(folder.resolve("work"));
        git("init", "-q", "-b", "main");
        repositories.create("shop");
    }

    private String git(String... words) throws IOException, InterruptedException {
        var argv = new ArrayList<>(List.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.com"));
        argv.addAll(List.of(words));
        var process = new ProcessBuilder(argv)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.strip();
    }

    private String commit(String message) throws Exception {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
        git("push", "-q", "--force", folder.resolve("git/shop.git").toString(), "HEAD:main");
        return git("rev-parse", "HEAD");
    }

    @Test
    void locksOfAServerThatWasKilledAreGoneUnlessSomebodyWorksThere() throws Exception {
        commit("first");
        var place = folder.resolve("git/shop.git");
        var locks = List.of(place.resolve("refs/heads/main.lock"), place.resolve("packed-refs.lock"));
        for (var lock : locks) {
            Files.createFile(lock);
        }
        var worker = new ProcessBuilder("sleep", "60").directory(place.toFile()).start();
        try {
            new Repositories(folder.resolve("git"), Optional.empty()).previews("shop");
            assertThat(locks).allSatisfy(lock -> assertThat(lock).exists());
        } finally {
            worker.destroyForcibly().waitFor();
        }

        new Repositories(folder.resolve("git"), Optional.empty()).previews("shop");

        assertThat(locks).noneSatisfy(lock -> assertThat(lock).exists());
        assertThat(commit("second")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "Shop", "a b", "-x", "x-", "a--b", "🙂", "", "a;b", "api", "healthz", "a/b", "."})
    void namesThatCannotBeAreToldWithOneThatCan(String name) {
        assertThatThrownBy(() -> repositories.create(name))
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("example '");
        assertThat(repositories.exists(name)).isFalse();
    }

    @Test
    void aNameOf300CharactersIsRefusedInShort() {
        assertThatThrownBy(() -> repositories.create("x".repeat(300)))
                .hasMessageContaining("1 to 63")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
    }

    @Test
    void filesComeOutAsTheyAre() throws Exception {
        Files.writeString(work.resolve("run.sh"), "#!/bin/sh\r\n");
        assertThat(work.resolve("run.sh").toFile().setExecutable(true)).isTrue();
        Files.createDirectories(work.resolve("a b/ü"));
        Files.writeString(work.resolve("a b/ü/'$x"), "1");
        Files.createSymbolicLink(work.resolve("a b/link"), Path.of("../run.sh"));
        var commit = commit("Files");

        var out = Files.createDirectories(folder.resolve("out"));
        repositories.checkOut("shop", commit, CheckoutPlace.empty(out));

        assertThat(Files.isExecutable(out.resolve("run.sh"))).isTrue();
        assertThat(Files.readString(out.resolve("run.sh"))).isEqualTo("#!/bin/sh\r\n");
        assertThat(Files.readString(out.resolve("a b/ü/'$x"))).isEqualTo("1");
        assertThat(Files.readSymbolicLink(out.resolve("a b/link"))).hasToString("../run.sh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../outside", "a/../../../x", "here/../x", ".."})
    void aLinkOutOfTheTreeIsRefusedAndNamed(String goal) throws Exception {
        Files.createSymbolicLink(work.resolve("escape"), Path.of(goal));
        var commit = commit("Link");

        var out = Files.createDirectories(folder.resolve("out"));
        assertThatThrownBy(() -> repositories.checkOut("shop", commit, CheckoutPlace.empty(out)))
                .hasMessageContaining("escape")
                .hasMessageContaining(goal);
    }

    @Test
    void everyByteThatGitAllowsInANameComesOut() throws Exception {
        Files.writeString(work.resolve("x"), "x");
        var blob = git("hash-object", "-w", "x");
        var index = new ByteArrayOutputStream();
        for (int i = 1; i < 256; i++) {
            if (i != '/') {
                index.write(("100644 " + blob + " 0\td" + i + "/").getBytes(StandardCharsets.UTF_8));
                index.write(new byte[] {'a', (byte) i, 'b', 0});
            }
        }
        Files.write(folder.resolve("index"), index.toByteArray());
        var process = new ProcessBuilder("git", "update-index", "-z", "--index-info")
                .directory(work.toFile())
                .redirectInput(folder.resolve("index").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        git("commit", "-q", "-m", "Names");
        git("push", "-q", folder.resolve("git/shop.git").toString(), "HEAD:main");

        var out = Files.createDirectories(folder.resolve("out"));
        repositories.checkOut("shop", git("rev-parse", "HEAD"), CheckoutPlace.empty(out));

        for (int i = 1; i < 256; i++) {
            if (i != '/') {
                try (var names = Files.list(out.resolve("d" + i))) {
                    assertThat(names.map(path -> RawNames.of(path.getFileName())))
                            .containsExactly("a" + (char) i + "b");
                }
            }
        }
    }

    @Test
    void theNextCheckoutWritesOnlyWhatIsDifferent() throws Exception {
        Files.createDirectories(work.resolve("src"));
        Files.writeString(work.resolve("src/same"), "same");
        Files.writeString(work.resolve("src/edited"), "1");
        Files.writeString(work.resolve("src/gone"), "gone");
        Files.writeString(work.resolve("becomes"), "a file");
        var first = commit("First");
        var out = Files.createDirectories(folder.resolve("out"));
        var before = repositories.checkOut("shop", first, CheckoutPlace.empty(out));
        before.save(folder.resolve("record"));
        var time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        var same = CheckedOut.stamp(out.resolve("src/same"));

        Files.writeString(work.resolve("src/edited"), "2");
        Files.delete(work.resolve("src/gone"));
        Files.delete(work.resolve("becomes"));
        Files.createDirectories(work.resolve("becomes"));
        Files.writeString(work.resolve("becomes/folder"), "now");
        var second = commit("Second");
        Files.createDirectories(out.resolve("node_modules/a"));
        Files.createDirectories(out.resolve(".next/cache"));
        Files.writeString(out.resolve(".next/made"), "by a step");
        Files.createSymbolicLink(out.resolve("way-out"), Path.of("/etc"));
        Files.writeString(out.resolve("src/edited"), "by a step");
        Files.setLastModifiedTime(out.resolve("src/edited"), time);
        var spared = Set.of("node_modules", ".next/cache");

        var after = repositories.checkOut(
                "shop", second, new CheckoutPlace(out, CheckedOut.load(folder.resolve("record")), spared, 0));

        assertThat(CheckedOut.stamp(out.resolve("src/same"))).isEqualTo(same);
        assertThat(out.resolve("src/edited")).hasContent("2");
        assertThat(out.resolve("becomes/folder")).hasContent("now");
        assertThat(out.resolve("node_modules/a")).isDirectory();
        assertThat(out.resolve(".next/cache")).isDirectory();
        assertThat(out.resolve(".next/made")).doesNotExist();
        assertThat(Files.isSymbolicLink(out.resolve("way-out"))).isFalse();
        assertThat(after.gone()).containsExactlyInAnyOrder("src/gone", "becomes");
        assertThat(after.files()).containsKeys("src/same", "src/edited", "becomes/folder");
    }

    @Test
    void aFolderThatAStepReplacedByALinkIsAFolderAgain() throws Exception {
        Files.createDirectories(work.resolve("src"));
        Files.writeString(work.resolve("src/main"), "main");
        var commit = commit("Files");
        var out = Files.createDirectories(folder.resolve("out"));
        var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        var before = repositories.checkOut("shop", commit, CheckoutPlace.empty(out));
        Files.delete(out.resolve("src/main"));
        Files.delete(out.resolve("src"));
        Files.createSymbolicLink(out.resolve("src"), elsewhere);

        repositories.checkOut("shop", commit, new CheckoutPlace(out, before, Set.of(), 0));

        assertThat(out.resolve("src/main")).hasContent("main");
        assertThat(elsewhere).isEmptyDirectory();
    }

    /// Says most where the tests do not run as root, to whom nothing is closed.
    @Test
    void whatAStepClosedToUsIsOpenAgain() throws Exception {
        Files.createDirectories(work.resolve("src"));
        Files.writeString(work.resolve("src/main"), "main");
        var commit = commit("Files");
        var out = Files.createDirectories(folder.resolve("out"));
        var before = repositories.checkOut("shop", commit, CheckoutPlace.empty(out));
        Files.createDirectories(out.resolve("junk/deep"));
        for (var closed : List.of("src", "junk/deep", "junk")) {
            Files.setPosixFilePermissions(out.resolve(closed), Set.of());
        }

        repositories.checkOut("shop", commit, new CheckoutPlace(out, before, Set.of(), 0));

        assertThat(out.resolve("src/main")).hasContent("main");
        assertThat(out.resolve("junk")).doesNotExist();
    }

    @Test
    void submodulesAreEmptyFoldersAndNamed() throws Exception {
        git("update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",lib/part");
        git("commit", "-q", "-m", "Submodule");
        git("push", "-q", folder.resolve("git/shop.git").toString(), "HEAD:main");

        var out = Files.createDirectories(folder.resolve("out"));
        var submodules = repositories
                .checkOut("shop", git("rev-parse", "HEAD"), CheckoutPlace.empty(out))
                .submodules();

        assertThat(submodules).containsExactly("lib/part");
        assertThat(out.resolve("lib/part")).isEmptyDirectory();
    }

    @Test
    void theHistoryIsTold() throws Exception {
        var first = commit("First");
        var second = commit("Second\n\nThis reverts commit " + first);

        assertThat(repositories.between("shop", first, second, 10))
                .extracting(Commit::subject)
                .containsExactly("Second");
        assertThat(repositories.between("shop", "", second, 10)).hasSize(2);
        assertThat(repositories.isAncestor("shop", first, second)).isTrue();
        assertThat(repositories.isAncestor("shop", second, first)).isFalse();
        assertThat(repositories.isAncestor("shop", "0".repeat(40), first)).isFalse();
        assertThat(repositories.resolve("shop", "main")).map(Commit::id).contains(second);
        assertThat(repositories.resolve("shop", second.substring(0, 7)))
                .map(Commit::id)
                .contains(second);
        assertThat(repositories.resolve("shop", "none")).isEmpty();
        assertThat(repositories.defaultBranch("shop")).contains("main");
    }

    @Test
    void garbageCollectionKeepsEverythingThatIsNamed() throws Exception {
        for (int i = 0; i < 5; i++) {
            commit("Commit " + i);
        }
        repositories.collect("shop", Set.of());

        assertThat(repositories.between(
                        "shop",
                        "",
                        repositories.resolve("shop", "main").orElseThrow().id(),
                        10))
                .hasSize(5);
    }

    @Test
    void aDeletedProjectIsGone() {
        repositories.delete("shop");

        assertThat(repositories.exists("shop")).isFalse();
        assertThat(repositories.list()).isEmpty();
        assertThat(folder.resolve("git")).isEmptyDirectory();
    }

    private String object(String type, byte[] content) throws Exception {
        var file = Files.write(folder.resolve("object"), content);
        return git("hash-object", "-t", type, "-w", "--literally", file.toString());
    }

    /// A tree with this object under so many names.
    private String tree(String mode, String id, int names) throws Exception {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < names; i++) {
            out.write("%s n%02d\0".formatted(mode, i).getBytes(StandardCharsets.US_ASCII));
            out.write(HexFormat.of().parseHex(id));
        }
        return object("tree", out.toByteArray());
    }

    private String pushed(String tree) throws Exception {
        var commit = git("commit-tree", "-m", "Boom", tree);
        git("push", "-q", "--force", folder.resolve("git/shop.git").toString(), commit + ":refs/heads/main");
        return commit;
    }

    @Test
    void aFewTreesThatHoldEachOtherDoNotFillTheMemory() throws Exception {
        var tree = tree("100644", object("blob", new byte[] {'x'}), 50);
        for (int depth = 0; depth < 9; depth++) {
            tree = tree("40000", tree, 50);
        }
        var commit = pushed(tree);
        var out = Files.createDirectories(folder.resolve("out"));

        assertThatThrownBy(() -> repositories.checkOut("shop", commit, CheckoutPlace.empty(out)))
                .hasMessageContaining("more than 250000 files");
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void aFileThatIsLargerThanItsPackIsMeasuredBeforeItIsWritten() throws Exception {
        var blob = object("blob", new byte[4 << 20]);
        // 80 × 8 names for the same 4 MiB: 2.5 GiB of disk for a few KiB of pack.
        var commit = pushed(tree("40000", tree("100644", blob, 80), 8));
        var place =
                new CheckoutPlace(Files.createDirectories(folder.resolve("out")), CheckedOut.nothing(), Set.of(), 0);

        assertThatThrownBy(() -> new Checkout(repositories.repository("shop"), Optional.empty(), place, 20 << 20)
                        .write(ObjectId.fromString(commit), CheckedOut.nothing(), Set.of()))
                .hasMessageContaining("larger than 20 MiB together");
    }

    @Test
    void aLinkLongerThanAPathIsNone() throws Exception {
        var link = object("blob", "a/".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
        var commit = pushed(tree("120000", link, 1));
        var out = Files.createDirectories(folder.resolve("out"));

        assertThatThrownBy(() -> repositories.checkOut("shop", commit, CheckoutPlace.empty(out)))
                .hasMessageContaining("longer than 4095 bytes");
    }
}
