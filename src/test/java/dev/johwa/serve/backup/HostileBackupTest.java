package dev.johwa.serve.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.backup.Entry.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup whose manifest somebody wrote by hand, with sums that are right: whatever it names, nothing is written,
/// changed or deleted outside of the folder that grows.
class HostileBackupTest {
    @TempDir
    Path folder;

    private final Places places = new Places(Map.of(), new SystemClock());
    private DataFolder source;
    private Path outside;
    private Path goal;
    private Entry file;
    private Map<String, String> before;

    @BeforeEach
    void backUp() throws IOException {
        source = new DataFolder(folder.resolve("data"));
        source.backups().make(new Order(kept(), false), line -> {});
        outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("theirs"), "theirs");
        before = DataFolder.contents(outside);
        goal = folder.resolve("goal");
        file = written().body().entries().stream()
                .filter(each -> each.path().equals("git/shop.git/HEAD"))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void end() {
        source.close();
    }

    private String kept() {
        return folder.resolve("kept").toString();
    }

    private Manifest written() {
        var manifests = new Manifests(places.of(kept()));
        var written = manifests.require(Optional.empty());
        return new Manifest(written.head(), manifests.body(written, Seal.NONE));
    }

    private static Entry entry(String path, Type type, String target) {
        return new Entry(path, type, "rwxr-xr-x", "root", "root", Instant.EPOCH, 0, List.of(), target);
    }

    private Entry link(String path) {
        return entry(path, Type.LINK, outside.toString());
    }

    private static Entry folder(String path) {
        return entry(path, Type.FOLDER, "");
    }

    private Entry file(String path) {
        return file.at(path);
    }

    private void restore(Entry... entries) {
        var before = written();
        new Manifests(places.of(kept()))
                .write(
                        new Manifest(
                                before.head(),
                                new Manifest.Body(
                                        new ArrayList<>(Arrays.asList(entries)),
                                        before.body().names())),
                        Seal.NONE);
        new Restore(places, line -> {}, brought -> {}).restore(kept(), Optional.empty(), goal, Keys.NONE);
    }

    private void requireNothingOutside() throws IOException {
        assertThat(DataFolder.contents(outside)).isEqualTo(before);
    }

    @Test
    void namesThatLeadOutAreRefused() throws IOException {
        for (var path :
                List.of("", ".", "..", "../x", "a/../../x", "a/./x", "/x", outside + "/x", "a//../x", "../data")) {
            for (var hostile : List.of(file(path), link(path))) {
                assertThatThrownBy(() -> restore(hostile))
                        .as("%s %s", hostile.type(), path)
                        .isInstanceOf(ProblemException.class)
                        .hasMessageContaining("which is no place in a data folder");
                assertThat(goal).doesNotExist();
            }
        }
        requireNothingOutside();
        assertThat(source.data.resolve("git/shop.git/HEAD")).exists();
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        var ways = List.<Entry[]>of(
                new Entry[] {link("a"), file("a/x")},
                new Entry[] {link("a"), folder("a/x")},
                new Entry[] {link("a"), link("a/x")},
                // What was a folder a moment ago.
                new Entry[] {folder("a"), link("a"), file("a/x")},
                new Entry[] {file("a/b/y"), link("a"), file("a/b/x")},
                new Entry[] {file("a/b/y"), link("a/b"), file("a/b/x")},
                new Entry[] {folder("a"), file("a/y"), link("a"), file("a/theirs")},
                new Entry[] {folder("a"), link("a")},
                new Entry[] {link("a"), folder("a")});
        for (var way : ways) {
            assertThatThrownBy(() -> restore(way))
                    .as(() -> Arrays.toString(way))
                    .isInstanceOf(ProblemException.class);
            assertThat(goal).doesNotExist();
            requireNothingOutside();
        }
    }

    /// As data of apps have them.
    @Test
    void aLinkThatLeadsOutComesBackAsALink() throws IOException {
        restore(link("a"), file("b/x"));
        assertThat(Files.readSymbolicLink(goal.resolve("a"))).isEqualTo(outside);
        assertThat(goal.resolve("b/x")).exists();
        requireNothingOutside();
    }
}
