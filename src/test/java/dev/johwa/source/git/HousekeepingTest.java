package dev.johwa.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HousekeepingTest {
    @TempDir
    Path folder;

    private GitClient work;

    /// Who packs: the machine's git, or the server itself.
    enum Engine {
        NATIVE,
        OWN
    }

    @BeforeEach
    void open() throws IOException {
        work = GitClient.init(folder.resolve("work"));
    }

    private Repositories repositories(Engine engine) {
        var git = Stream.of("/usr/bin/git", "/usr/local/bin/git").map(Path::of).filter(Files::isExecutable);
        var repositories =
                new Repositories(folder.resolve("git"), engine == Engine.NATIVE ? git.findFirst() : Optional.empty());
        repositories.create("shop");
        return repositories;
    }

    private Path bare() {
        return folder.resolve("git/shop.git");
    }

    /// Pushes as the server stores them: a pack each.
    private void push(int times) throws IOException {
        new GitClient(bare()).run("config", "transfer.unpackLimit", "1").ok();
        for (int i = 0; i < times; i++) {
            work.commit("file" + i, "text " + i);
            work.run("push", "-q", bare().toString(), "main").ok();
        }
    }

    private long packs() throws IOException {
        try (var files = Files.list(bare().resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void sixtyPushesAreOnePackAfterwards(Engine engine) throws IOException {
        var repositories = repositories(engine);
        push(60);
        assertThat(packs()).isEqualTo(60);

        assertThat(repositories.collect("shop", Set.of())).contains("60 packs are 1 now");

        assertThat(packs()).isEqualTo(1);
        assertThat(repositories.between("shop", "", work.head(), 100)).hasSize(60);
        var bare = new GitClient(bare());
        assertThat(bare.run("fsck", "--strict").ok().text()).doesNotContain("missing");
        assertThat(bare.run("rev-parse", "main").line()).isEqualTo(work.head());
        assertThat(repositories.collect("shop", Set.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatNoRefNamesYetIsKeptForADay(Engine engine) throws IOException {
        var repositories = repositories(engine);
        push(12);
        var before = work.head();
        work.commit("late", "late");
        work.run("push", "-q", bare().toString(), "main:late").ok();
        new GitClient(bare()).run("update-ref", "-d", "refs/heads/late").ok();

        assertThat(repositories.collect("shop", Set.of())).isPresent();

        assertThat(packs()).isLessThanOrEqualTo(2);
        assertThat(repositories.between("shop", before, work.head(), 10)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatServesStaysWhenItsBranchWasRewritten(Engine engine) throws IOException {
        var repositories = repositories(engine);
        push(12);
        work.commit("served", "served");
        work.run("push", "-q", bare().toString(), "main:late").ok();
        var served = work.head();
        new GitClient(bare()).run("update-ref", "-d", "refs/heads/late").ok();

        collectDaysLater(repositories, Set.of(served, "0123456789012345678901234567890123456789"));

        assertThat(repositories.file("shop", served, "served")).contains("served");
        assertThat(work.run("ls-remote", bare().toString()).ok().text()).doesNotContain(served);

        work.run("reset", "-q", "--hard", "HEAD~1").ok();
        push(12);
        collectDaysLater(repositories, Set.of());
        assertThat(new GitClient(bare()).run("for-each-ref", "refs/johwa").ok().text())
                .isEmpty();
    }

    private void collectDaysLater(Repositories repositories, Set<String> served) throws IOException {
        var old = FileTime.from(Instant.now().minus(Duration.ofDays(3)));
        try (var files = Files.walk(bare().resolve("objects"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, old);
            }
        }
        assertThat(repositories.collect("shop", served)).isPresent();
    }

    @Test
    void nothingIsCollectedWhileSomebodyPushes() throws IOException {
        var repositories = repositories(Engine.NATIVE);
        push(12);
        Files.writeString(bare().resolve("objects/incoming_1.pack"), "half");

        try (var _ = repositories.locks().shared("shop", Duration.ZERO).orElseThrow()) {
            assertThat(repositories.collect("shop", Set.of())).isEmpty();
            assertThat(packs()).isEqualTo(12);
        }
        assertThat(repositories.collect("shop", Set.of())).isPresent();
        assertThat(packs()).isEqualTo(1);
        assertThat(bare().resolve("objects/incoming_1.pack")).doesNotExist();
    }

    private Path torn(String name) throws IOException {
        var apart = folder.resolve("git/" + name + ".git/objects/incoming_123/pack");
        Files.createDirectories(apart);
        Files.writeString(apart.resolve("tmp_pack_1"), "half");
        return apart;
    }

    @Test
    void whatACutPushLeftGoesAndWhatAPushOfNowWritesStays() throws IOException {
        var repositories = repositories(Engine.NATIVE);
        push(1);
        var torn = torn("shop");

        try (var _ = repositories.locks().shared("shop", Duration.ZERO).orElseThrow()) {
            repositories.removeTorn("shop");
            assertThat(torn).isNotEmptyDirectory();
        }
        repositories.removeTorn("shop");

        assertThat(torn.getParent()).doesNotExist();
        assertThat(packs()).isEqualTo(1);
        assertThat(repositories.list()).containsExactly("shop");
    }

    @Test
    void aRepositoryThatOnlyACutPushMadeGoes() throws IOException {
        var repositories = repositories(Engine.NATIVE);
        for (var name : List.of("torn", "mirror", "made")) {
            repositories.create(name);
        }
        torn("torn");
        torn("mirror");
        new GitClient(folder.resolve("git/mirror.git"))
                .run("config", "remote.origin.url", "https://example.com/a.git")
                .ok();

        repositories.list().forEach(repositories::removeTorn);

        assertThat(repositories.list()).containsExactly("made", "mirror", "shop");
    }

    @Test
    void aPushDoesNotWaitForEverUntilPackingIsOver() throws IOException {
        var locks = repositories(Engine.NATIVE).locks();
        try (var _ = locks.alone("shop", Duration.ZERO).orElseThrow()) {
            assertThat(locks.shared("shop", Duration.ofMillis(1))).isEmpty();
        }
        assertThat(locks.shared("shop", Duration.ZERO)).isPresent();
    }

    @Test
    void aProjectIsNotDeletedUnderAPush() throws IOException {
        var repositories = repositories(Engine.NATIVE);
        push(1);
        var locks = repositories.locks();
        try (var _ = locks.shared("shop", Duration.ZERO).orElseThrow()) {
            assertThat(locks.alone("shop", Duration.ZERO)).isEmpty();
        }
        repositories.delete("shop");

        assertThat(repositories.exists("shop")).isFalse();
        assertThat(repositories.collect("shop", Set.of())).isEmpty();
        assertThatThrownBy(() -> repositories.repository("shop")).hasMessageContaining("no project 'shop'");
    }

    @Test
    void whatACrashLeftBesideTheRepositoriesIsGoneAtTheNextStart() throws IOException {
        Files.createDirectories(folder.resolve("git/new123/objects"));
        Files.createDirectories(folder.resolve("git/gone-shop/objects"));
        var repositories = repositories(Engine.NATIVE);

        assertThat(folder.resolve("git/new123")).doesNotExist();
        assertThat(folder.resolve("git/gone-shop")).doesNotExist();
        assertThat(repositories.list()).containsExactly("shop");
    }
}
