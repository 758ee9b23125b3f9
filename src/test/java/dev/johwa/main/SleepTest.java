package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Previews: settings of their own, no secrets of production, asleep when nobody asks, awake when somebody does.
class SleepTest {
    private static final String SLEEPS =
            "environments:\n  preview: {sleep: 1s, env: {GREETING: preview}}\n  production: {env: {GREETING: all}}\n";
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static AppStatus preview(String project) {
        return platform.server().releases().status(Optional.of(project)).stream()
                .filter(status -> status.where().environment().equals("feature"))
                .findFirst()
                .orElseThrow();
    }

    private static Path withPreview(String name, String... files) throws IOException {
        var repository = platform.repository(name, files);
        platform.commit(repository, "johwa.yaml", SLEEPS);
        platform.push(repository, "main");
        platform.git(repository, "checkout", "-q", "-b", "feature");
        platform.commit(repository, "version", "preview\n");
        platform.push(repository, "feature");
        return repository;
    }

    @Test
    void aPreviewSleepsAndEveryRequestThatWakesItIsAnswered() throws Exception {
        withPreview("sleepy", Apps.PYTHON);
        assertThat(platform.body("feature--sleepy")).isEqualTo("preview");
        for (int round = 0; round < 2; round++) {
            eventually(() -> preview("sleepy").state().equals("sleeping"));
            eventually(() -> preview("sleepy").instances().isEmpty());

            var answers = new ArrayList<CompletableFuture<String>>();
            for (int i = 0; i < 40; i++) {
                answers.add(platform.beside(() -> platform.body("feature--sleepy")));
            }

            assertThat(answers).extracting(CompletableFuture::join).containsOnly("preview");
            assertThat(preview("sleepy").instances()).hasSize(1);
        }
        assertThat(platform.body("sleepy")).isEqualTo("1");
    }

    @Test
    void whoAsksWakesOneThatSleepsAndThereIsNothingToRestart() throws Exception {
        withPreview("drowsy", Apps.PYTHON);
        var where = new AppEnvironment("drowsy", "drowsy", "feature");
        var restarts = platform.server().releases().restarts();
        eventually(() -> preview("drowsy").state().equals("sleeping"));
        assertThatThrownBy(() -> restarts.restart(where, Optional.empty(), "kim", line -> {}))
                .hasMessageContaining("sleeps");
        var told = new ArrayList<String>();

        assertThat(restarts.wake(where, "kim", told::add).where()).isEqualTo(where);

        assertThat(told).anyMatch(line -> line.contains("1 instance is healthy"));
        var production = new AppEnvironment("drowsy", "drowsy", AppEnvironment.PRODUCTION);
        restarts.wake(production, "kim", told::add);
        assertThat(told.getLast()).contains("does not sleep");
    }

    @Test
    void aPreviewHasItsOwnSettingsAndNoSecretOfProduction() throws Exception {
        var production = new Values.Scope("apart", "apart", "production");
        var previews = new Values.Scope("apart", "apart", "preview");
        platform.server().values().setSecrets(production, Map.of("KEY", "of-production"));
        platform.server().values().setSecrets(previews, Map.of("TOKEN", "of-previews"));
        platform.server().values().set(production, Map.of("PLACE", "production"));
        withPreview("apart", Apps.PYTHON);

        assertThat(platform.get("feature--apart.localhost", "/env/KEY").body()).isEmpty();
        assertThat(platform.get("feature--apart.localhost", "/env/PLACE").body())
                .isEmpty();
        assertThat(platform.get("feature--apart.localhost", "/env/TOKEN").body())
                .isEqualTo("of-previews");
        assertThat(platform.get("feature--apart.localhost", "/env/GREETING").body())
                .isEqualTo("preview");
        assertThat(platform.get("apart.localhost", "/env/KEY").body()).isEqualTo("of-production");
        assertThat(platform.get("apart.localhost", "/env/TOKEN").body()).isEmpty();
        assertThat(platform.get("apart.localhost", "/env/GREETING").body()).isEqualTo("all");
    }

    @Test
    void aPreviewThatCannotWakeSaysSoAndIsTriedAgain() throws Exception {
        var web = "web: test ! -e keep/broken || { echo the disk is gone; exit 7; }; exec python3 -m http.server $PORT";
        withPreview("faulty", "Procfile", web + "\n", "keep/first", "x", "johwa.yaml", "");
        platform.commit(repository("faulty"), "johwa.yaml", SLEEPS + "data: [keep/]\n");
        platform.push(repository("faulty"), "feature");
        eventually(() -> preview("faulty").state().equals("sleeping"));
        var broken = platform.data().resolve("apps/faulty/data/feature/keep/broken");
        Files.createFile(broken);

        var answer = platform.get("feature--faulty.localhost", "/");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("does not work at the moment").doesNotContain("johwa", "faulty");
        assertThat(preview("faulty").state()).isEqualTo("failed");
        assertThat(preview("faulty").notes()).anyMatch(note -> note.contains("the disk is gone"));
        Files.delete(broken);
        eventually(() -> preview("faulty").state().equals("live"));
        eventually(() -> status("feature--faulty") == 200);
    }

    private static Path repository(String name) {
        return platform.data().resolveSibling(name);
    }

    private static int status(String app) {
        try {
            return platform.get(app + ".localhost", "/").statusCode();
        } catch (IOException | InterruptedException e) {
            return 0;
        }
    }

    @Test
    void aRequestThatIsHeldWhenTheControlPlaneRestartsIsAnswered() throws Exception {
        try (var own = new Platform()) {
            var repository = own.repository("held", Apps.PYTHON);
            own.commit(repository, "johwa.yaml", "sleep: 1s\n");
            own.push(repository, "main");
            var where = new AppEnvironment("held", "held", "production");
            eventually(() -> own.server().releases().status(Optional.of("held")).stream()
                    .allMatch(status ->
                            status.where().equals(where) && status.state().equals("sleeping")));
            own.stopControlPlane();
            var answer = own.beside(() -> own.body("held"));

            own.startControlPlane();

            assertThat(answer.join()).isEqualTo("1");
        }
    }
}
