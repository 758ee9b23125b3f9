package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.source.config.Values.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an app.json says that the application must be given.
class RequiredValuesTest {
    private static final String APP_JSON = """
            {"env": {"DATABASE": {"required": true}, "MAILER": {"required": true}, "OWN": {"generator": "secret"},
                     "MODE": {"value": "calm", "required": true}, "PORT": {"required": true}}}
            """;

    @TempDir
    Path folder;

    @Test
    void allThatIsMissingIsAskedForBeforeAnythingStarts() throws Exception {
        try (var platform = new Platform()) {
            var repository = platform.repository("asks", Apps.PYTHON);
            platform.commit(repository, "app.json", APP_JSON);

            assertThat(platform.push(repository, "main"))
                    .contains("Not live: missing values DATABASE, MAILER")
                    .contains("johwa envs set asks DATABASE=… MAILER=…")
                    .doesNotContain("remote:   start ");

            var scope = new Scope("asks", "asks", "production");
            platform.server().values().set(scope, Map.of("DATABASE", "here"));
            platform.server().values().setSecrets(scope, Map.of("MAILER", "hidden"));
            platform.commit(repository, "version", "2\n");
            platform.push(repository, "main");

            assertThat(platform.body("asks")).isEqualTo("2");
            assertThat(platform.get("asks.localhost", "/env/MODE").body()).isEqualTo("calm");
            var made = platform.get("asks.localhost", "/env/OWN").body();
            assertThat(made).matches("[0-9a-f]{64}");

            platform.commit(repository, "version", "3\n");
            platform.push(repository, "main");
            assertThat(platform.body("asks")).isEqualTo("3");
            assertThat(platform.get("asks.localhost", "/env/OWN").body()).isEqualTo(made);
        }
    }

    @Test
    void aRollbackWithTheSecretsOfThenMissesNoneThatIsGone() throws Exception {
        try (var platform = new Platform()) {
            var scope = new Scope("back", "back", "production");
            platform.server().values().setSecrets(scope, Map.of("MAILER", "hidden"));
            var repository = platform.repository("back", Apps.PYTHON);
            platform.commit(repository, "app.json", "{\"env\": {\"MAILER\": {\"required\": true}}}");
            platform.push(repository, "main");
            platform.server().values().removeSecrets(scope, List.of("MAILER"));
            platform.commit(repository, "app.json", "{\"env\": {}}", "version", "2\n");
            platform.push(repository, "main");
            var where = new AppEnvironment("back", "back", AppEnvironment.PRODUCTION);
            var releases = platform.server().releases();

            assertThat(releases.rollBack(where, OptionalInt.empty(), false, "me", line -> {})
                            .reason())
                    .contains("missing value MAILER");
            assertThat(releases.rollBack(where, OptionalInt.empty(), true, "me", line -> {})
                            .reason())
                    .isEmpty();
            assertThat(platform.get("back.localhost", "/env/MAILER").body()).isEqualTo("hidden");
        }
    }

    @Test
    void aValueThatLeavesTheRulesIsNotStored() throws Exception {
        var spec = Files.writeString(folder.resolve("server.yaml"), "rules:\n  env: {MODE: calm}\n");
        try (var platform = new Platform(usual -> Platform.with(usual, Map.of("spec", Optional.of(spec))))) {
            platform.push(platform.repository("ruled", Apps.PYTHON), "main");
            var where = new AppEnvironment("ruled", "ruled", AppEnvironment.PRODUCTION);

            assertThatThrownBy(() -> platform.server().releases().requireFitting(where, Map.of("MODE", "wild")))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("'env.MODE' is wild");
            platform.server().releases().requireFitting(where, Map.of("MODE", "calm", "OTHER", "any"));
        }
    }
}
