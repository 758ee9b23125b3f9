package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.git.GitClient;
import dev.johwa.source.git.Push.RefUpdate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What git's own client may ask of the server, over real HTTP.
class GitProtocolTest {
    @TempDir
    Path folder;

    private GitDoor door;
    private GitClient work;

    @BeforeEach
    void open() throws IOException {
        door = new GitDoor(Files.createDirectories(folder.resolve("server")));
        work = GitClient.init(folder.resolve("work"));
        work.run("remote", "add", "johwa", door.url("shop")).ok();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private String history(int commits) throws IOException {
        for (int i = 1; i <= commits; i++) {
            work.commit("file" + i, "text " + i + "\n");
        }
        work.run("push", "-q", "johwa", "main").ok();
        return work.head();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2"})
    void everyProtocolClonesFetchesAndPushes(String version) throws IOException {
        var protocol = "protocol.version=" + version;
        work.commit("one", "1");
        work.run("-c", protocol, "push", "johwa", "main").ok();

        var clone = work.cloned(folder.resolve("clone"), door.url("shop"), "-c", protocol);
        assertThat(clone.head()).isEqualTo(work.head());
        var second = work.commit("two", "2");
        work.run("-c", protocol, "push", "johwa", "main").ok();
        clone.run("pull", "-q").ok();

        assertThat(clone.head()).isEqualTo(second);
        assertThat(clone.run("fsck", "--strict").ok().text()).doesNotContain("error");
        assertThat(clone.run("ls-remote", "--symref").ok().text()).contains("ref: refs/heads/main\tHEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void aShallowCloneIsDeepenedAndCompleted(String version) throws IOException {
        history(6);
        var clone = work.cloned(
                folder.resolve("clone"), door.url("shop"), "-c", "protocol.version=" + version, "--depth=2");
        assertThat(clone.run("rev-list", "--count", "HEAD").line()).isEqualTo("2");

        clone.run("fetch", "-q", "--deepen=2").ok();
        assertThat(clone.run("rev-list", "--count", "HEAD").line()).isEqualTo("4");
        clone.run("fetch", "-q", "--unshallow").ok();
        assertThat(clone.run("rev-list", "--count", "HEAD").line()).isEqualTo("6");
        clone.run("fsck", "--strict").ok();
    }

    @Test
    void aShallowCloneSinceATimeAndWithoutACommit() throws IOException {
        history(4);
        var since = work.cloned(folder.resolve("since"), door.url("shop"), "--shallow-since=2000-01-01");
        assertThat(since.run("rev-list", "--count", "HEAD").line()).isEqualTo("4");

        work.run("tag", "old", "HEAD~2").ok();
        work.run("push", "-q", "johwa", "old").ok();
        var without = work.cloned(folder.resolve("without"), door.url("shop"), "--shallow-exclude=old", "--no-tags");
        assertThat(without.run("rev-list", "--count", "HEAD").line()).isEqualTo("2");
    }

    @Test
    void aShallowCloneMayPush() throws IOException {
        history(3);
        var clone = work.cloned(folder.resolve("clone"), door.url("shop"), "--depth=1");
        var next = clone.commit("four", "4");
        clone.run("push", "-q", "origin", "main").ok();

        work.run("fetch", "-q", "johwa").ok();
        assertThat(work.run("rev-parse", "johwa/main").line()).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void aPartialCloneFetchesTheRestWhenItIsNeeded(String version) throws IOException {
        history(3);
        var clone = work.cloned(
                folder.resolve("clone"),
                door.url("shop"),
                "-c",
                "protocol.version=" + version,
                "--filter=blob:none",
                "--no-checkout");
        assertThat(clone.run("rev-list", "--objects", "--all", "--missing=print")
                        .ok()
                        .text())
                .contains("\n?");

        clone.run("checkout", "-q", "main").ok();
        assertThat(clone.folder().resolve("file2")).hasContent("text 2");
        assertThat(clone.run("show", "HEAD~1:file1").line()).isEqualTo("text 1");
    }

    @Test
    void otherFiltersAreServedToo() throws IOException {
        history(2);
        for (var filter : new String[] {"tree:0", "blob:limit=1k"}) {
            var clone = work.cloned(folder.resolve(filter.replace(':', '-')), door.url("shop"), "--filter=" + filter);
            assertThat(clone.folder().resolve("file2")).hasContent("text 2");
        }
    }

    @Test
    void aSingleBranchIsClonedAlone() throws IOException {
        history(1);
        work.run("checkout", "-q", "-b", "other").ok();
        work.commit("more", "more");
        work.run("push", "-q", "johwa", "other").ok();

        var clone = work.cloned(folder.resolve("clone"), door.url("shop"), "--single-branch", "--branch=other");

        assertThat(clone.run("branch", "-r").ok().text())
                .contains("origin/other")
                .doesNotContain("origin/main");
    }

    @Test
    void optionsArriveWithThePush() throws IOException {
        work.commit("one", "1");
        work.run("push", "-o", "nowait", "-o", "skip-deploy", "johwa", "main").ok();

        assertThat(door.pushes.getLast().options()).containsExactly("nowait", "skip-deploy");
        assertThat(door.pushes.getLast().by()).isEqualTo("owner");
    }

    @Test
    void aPushWithAMistypedOptionMovesNothing() throws IOException {
        work.commit("one", "1");

        assertThat(work.run("push", "-o", "skip-deplyo", "johwa", "main")
                        .fails()
                        .text())
                .contains("push option 'skip-deplyo' is not known here; did you mean 'skip-deploy'?"
                        + " (known: nowait, skip-deploy, must-pass, anew)");
        assertThat(work.run("push", "-o", "nowait", "-o", "foo", "johwa", "main", "main:refs/tags/v1")
                        .fails()
                        .text())
                .contains("push option 'foo' is not known here; (known: nowait");
        assertThat(door.pushes).isEmpty();
        assertThat(work.run("ls-remote", "johwa").fails().text()).isNotEmpty();
    }

    @Test
    void anAtomicPushMovesAllOrNothing() throws IOException {
        history(2);
        var clone = work.cloned(folder.resolve("clone"), door.url("shop"));
        work.commit("late", "late");
        work.run("push", "-q", "johwa", "main").ok();
        clone.commit("mine", "mine");
        clone.run("branch", "fine").ok();

        clone.run("push", "--atomic", "origin", "main", "fine").fails();
        assertThat(clone.run("ls-remote").ok().text()).doesNotContain("refs/heads/fine");

        clone.run("push", "--atomic", "--force", "origin", "main", "fine").ok();
        assertThat(clone.run("ls-remote").ok().text()).contains("refs/heads/fine");
    }

    @Test
    void refsThatAreRefusedDoNotStopTheOthersOfAPushThatIsNotAtomic() throws IOException {
        var first = history(1);
        work.run("tag", "-a", "v1", "-m", "One").ok();
        var said =
                work.run("push", "johwa", "v1", first + ":refs/heads/bad..name").fails();

        assertThat(said.text()).contains("bad..name");
    }

    @Test
    void tagsOfBothKindsAreStoredAndCloned() throws IOException {
        history(1);
        work.run("tag", "plain").ok();
        work.run("tag", "-a", "v1", "-m", "One").ok();
        work.run("push", "-q", "johwa", "--tags").ok();

        var clone = work.cloned(folder.resolve("clone"), door.url("shop"));

        assertThat(clone.run("tag").ok().text()).contains("plain").contains("v1");
        assertThat(clone.run("cat-file", "-t", "v1").line()).isEqualTo("tag");
    }

    @Test
    void aForcedPushAndADeletionAreTold() throws IOException {
        history(2);
        work.run("reset", "-q", "--hard", "HEAD~1").ok();
        work.commit("other", "other");
        work.run("push", "johwa", "main").fails();
        work.run("push", "--force", "johwa", "main").ok();
        assertThat(door.pushes.getLast().updates())
                .extracting(RefUpdate::forced)
                .containsExactly(true);

        work.run("push", "-q", "johwa", "main:extra").ok();
        work.run("push", "johwa", "--delete", "extra").ok();
        assertThat(door.pushes.getLast().updates())
                .extracting(RefUpdate::isDeletion)
                .containsExactly(true);
        assertThat(work.run("ls-remote", "johwa").ok().text()).doesNotContain("extra");
    }

    @Test
    void theDefaultBranchMayBeDeletedAndLearnedAgain() throws IOException {
        history(1);
        work.run("push", "-q", "johwa", "main:later").ok();
        work.run("push", "johwa", "--delete", "main").ok();
        assertThat(door.repositories.defaultBranch("shop")).isEmpty();

        work.run("push", "-q", "johwa", "main:later2").ok();
        assertThat(door.repositories.defaultBranch("shop")).contains("later2");
    }

    @Test
    void aPushOf2000RefsIsOnePush() throws IOException {
        var commit = history(1);
        var refs = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            refs.append(commit).append(" refs/tags/t%04d\n".formatted(i));
        }
        Files.writeString(folder.resolve("work/.git/packed-refs"), refs);
        work.run("push", "-q", "johwa", "--tags").ok();

        assertThat(door.pushes.getLast().updates()).hasSize(2000);
        assertThat(work.run("ls-remote", "--tags", "johwa").ok().text().lines()).hasSize(2000);
    }

    @Test
    void whatIsPushedAlreadyStartsNothing() throws IOException {
        history(1);
        int before = door.pushes.size();

        assertThat(work.run("push", "johwa", "main").ok().text()).contains("Everything up-to-date");
        assertThat(door.pushes).hasSize(before);
    }

    @Test
    void aLongNegotiationComesCompressedAndIsUnderstood() throws IOException {
        history(1);
        var clone = work.cloned(folder.resolve("clone"), door.url("shop"));
        for (int i = 0; i < 60; i++) {
            clone.run("commit", "-q", "--allow-empty", "-m", "Mine " + i).ok();
        }
        var next = work.commit("next", "next");
        work.run("push", "-q", "johwa", "main").ok();

        var said = new GitClient(clone.folder())
                .run("-c", "protocol.version=0", "fetch", "origin")
                .ok();

        assertThat(said.text()).contains("main");
        assertThat(clone.run("rev-parse", "origin/main").line()).isEqualTo(next);
    }

    @Test
    void aCompressedQuestionIsUnderstood() throws Exception {
        var commit = history(1);
        var body = new ByteArrayOutputStream();
        try (var zipped = new GZIPOutputStream(body)) {
            zipped.write("0014command=ls-refs\n0000".getBytes(StandardCharsets.US_ASCII));
        }
        var basic = Base64.getEncoder().encodeToString(("x:" + door.token).getBytes(StandardCharsets.US_ASCII));
        var request = HttpRequest.newBuilder(URI.create(door.plainUrl("/shop.git/git-upload-pack")))
                .header("Authorization", "Basic " + basic)
                .header("Git-Protocol", "version=2")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains(commit + " refs/heads/main");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "master"})
    void theDefaultBranchOfAFirstPushOfManyIsMainOrMaster(String preferred) throws IOException {
        work.commit("one", "1");
        work.run("push", "-q", "johwa", "main:alpha", "main:" + preferred, "main:zeta")
                .ok();

        assertThat(door.repositories.defaultBranch("shop")).contains(preferred);
    }

    @Test
    void anyOtherNameIsTheDefaultBranchWhenItIsPushedFirst() throws IOException {
        work.commit("one", "1");
        work.run("push", "-q", "johwa", "main:trunk").ok();
        work.run("push", "-q", "johwa", "main:main").ok();

        assertThat(door.repositories.defaultBranch("shop")).contains("trunk");
        var clone = work.cloned(folder.resolve("clone"), door.url("shop"));
        assertThat(clone.run("branch", "--show-current").line()).isEqualTo("trunk");
    }
}
