package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.source.git.GitClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who pushes may close the terminal: what they started goes on.
class ClientGoneTest {
    private static final String SLOW = "test: sleep 3\n";

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    /// Pushes, and kills git with all its processes as soon as the run has told its first line.
    private static void pushAndKill(Path repository) throws IOException {
        var push = new GitClient(repository).start("push", "--no-progress", "johwa", "main");
        try (var lines = push.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("remote: Johwa: run ")) {
                    push.descendants().forEach(ProcessHandle::destroyForcibly);
                    push.destroyForcibly();
                    return;
                }
            }
        }
        throw new AssertionError("the push ended before its run began");
    }

    private static void awaitBody(String app, String body) {
        Wait.eventually(() -> answers(app, body));
    }

    private static boolean answers(String app, String body) {
        try {
            return platform.body(app).equals(body);
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static boolean isAt(Path repository) {
        var head = platform.git(repository, "rev-parse", "HEAD").strip();
        return platform.git(repository, "ls-remote", "johwa", "main").startsWith(head);
    }

    @Test
    void aRunGoesOnAndIsLiveWhenItsClientIsKilled() throws Exception {
        var repository = platform.repository("closed", Apps.PYTHON);
        platform.commit(repository, "johwa.yaml", SLOW);

        pushAndKill(repository);

        awaitBody("closed", "1");
        assertThat(platform.push(repository, "main")).contains("Everything up-to-date");
    }

    @Test
    void aProtectedBranchMovesAlsoWhenItsClientIsKilled() throws Exception {
        var repository = platform.repository("guarded-closed", Apps.PYTHON);
        platform.push(repository, "main");
        platform.server().stores().repositories().protect("guarded-closed", "main", true);
        platform.commit(repository, "johwa.yaml", SLOW, "version", "2\n");

        pushAndKill(repository);

        awaitBody("guarded-closed", "2");
        Wait.eventually(() -> isAt(repository));
        assertThat(platform.push(repository, "main")).contains("Everything up-to-date");
    }
}
