package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.Client;
import dev.johwa.door.api.Protection;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.GitClient;
import dev.johwa.source.identity.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protected branches, from the client that protects to the push that is refused.
class GitProtectionTest {
    @TempDir
    Path folder;

    private final AtomicReference<Optional<String>> verdict = new AtomicReference<>(Optional.empty());
    private GitDoor door;
    private GitClient work;
    private Client owner;

    @BeforeEach
    void open() throws IOException {
        door = new GitDoor(
                Files.createDirectories(folder.resolve("server")),
                GitDoor.Engine.NATIVE,
                (push, progress) -> verdict.get());
        owner = client(door.token);
        work = GitClient.init(folder.resolve("work"));
        work.run("remote", "add", "johwa", door.url("shop")).ok();
        work.commit("one", "1");
        work.run("push", "-q", "johwa", "main").ok();
        owner.protect("shop", new Protection.Change("main", true));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Client client(String token) {
        var server = URI.create(door.plainUrl(""));
        return new Client(new HttpCalls(server), server, Optional.of(token));
    }

    private String stored() {
        return work.run("ls-remote", "johwa", "main").line().substring(0, 40);
    }

    @Test
    void anOwnerProtectsListsAndEndsIt() {
        owner.protect("shop", new Protection.Change("release/1.0", true));
        assertThat(owner.protection("shop").branches()).containsExactly("main", "release/1.0");

        owner.protect("shop", new Protection.Change("main", false));
        assertThat(owner.protection("shop").branches()).containsExactly("release/1.0");
        Assertions.assertThatThrownBy(() -> owner.protect("shop", new Protection.Change("a..b", true)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("'a..b' is no name of a branch");
    }

    @Test
    void aDeveloperDoesNotProtect() {
        var developer = client(door.tokens.create("dev", Role.MAINTAINER, Optional.of("shop")));

        Assertions.assertThatThrownBy(() -> developer.protect("shop", new Protection.Change("main", false)))
                .hasMessageContaining("may not");
        assertThat(developer.protection("shop").branches()).containsExactly("main");
    }

    @Test
    void whatDoesNotPassIsRefusedAndWhatPassesIsStored() throws IOException {
        var before = work.head();
        work.commit("two", "2");
        verdict.set(Optional.of("run 2 failed: 1 of 3 tests failed"));
        assertThat(work.run("push", "johwa", "main").fails().text()).contains("run 2 failed: 1 of 3 tests failed");
        assertThat(stored()).isEqualTo(before);

        verdict.set(Optional.empty());
        work.run("push", "johwa", "main").ok();
        assertThat(stored()).isEqualTo(work.head());
    }

    @Test
    void nobodyPassesByNotWaiting() throws IOException {
        work.commit("two", "2");
        work.run("push", "-o", "nowait", "-o", "skip-deploy", "johwa", "main").ok();

        assertThat(door.pushes.getLast().options()).containsExactly("skip-deploy", "must-pass");
    }

    @Test
    void whoeverWantsAPushToFailWithItsRunSaysSo() throws IOException {
        owner.protect("shop", new Protection.Change("main", false));
        var before = work.head();
        work.run("commit", "-q", "--amend", "-m", "Other").ok();
        verdict.set(Optional.of("run 2 failed"));
        assertThat(work.run("push", "--force", "-o", "must-pass", "-o", "nowait", "johwa", "main")
                        .fails()
                        .text())
                .contains("run 2 failed");
        assertThat(stored()).isEqualTo(before);

        verdict.set(Optional.empty());
        var pushes = door.pushes.size();
        work.run("push", "--force", "-o", "must-pass", "johwa", "main", "main:other")
                .ok();
        assertThat(stored()).as("back and all").isEqualTo(work.head());
        assertThat(door.pushes).as("one push is one run").hasSize(pushes + 1);
        verdict.set(Optional.of("nobody asks for a branch that goes"));
        work.run("push", "-o", "must-pass", "johwa", ":other").ok();
    }

    @Test
    void itIsNeitherMovedBackNorDeleted() throws IOException {
        var before = work.head();
        work.run("commit", "-q", "--amend", "-m", "Other").ok();

        assertThat(work.run("push", "--force", "johwa", "main").fails().text()).contains("only moves forward");
        assertThat(work.run("push", "johwa", "--delete", "main").fails().text()).contains("only moves forward");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void anAtomicPushWithARefusedBranchMovesNothing() throws IOException {
        work.commit("two", "2");
        verdict.set(Optional.of("no"));

        work.run("push", "--atomic", "johwa", "main", "main:other").fails();
        assertThat(work.run("ls-remote", "johwa").ok().text()).doesNotContain("other");

        verdict.set(Optional.empty());
        work.run("push", "--atomic", "johwa", "main", "main:other").ok();
    }
}
