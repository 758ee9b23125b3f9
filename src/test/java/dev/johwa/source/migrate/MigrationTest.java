package dev.johwa.source.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.config.Configs;
import dev.johwa.source.migrate.Line.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What files of other platforms come to, line for line.
class MigrationTest {
    private static final Path SAMPLES = Path.of("src/test/resources/migrate");

    @TempDir
    Path folder;

    private static Migration sample(String platform) {
        return Migration.of(SAMPLES.resolve(platform), "shop", Map.of());
    }

    private Migration of(String file, String text) throws Exception {
        Files.writeString(folder.resolve(file), text);
        return Migration.of(folder, "shop", Map.of());
    }

    private static List<Line> lines(Migration migration) {
        return migration.files().stream().flatMap(file -> file.lines().stream()).toList();
    }

    /// What is told of a line of a file.
    private static List<String> at(Migration migration, String file, int line) {
        return lines(migration).stream()
                .filter(each -> each.place().file().equals(file) && each.place().line() == line)
                .map(each -> each.kind().words() + ": " + each.here())
                .toList();
    }

    private static Line line(Migration migration, String says) {
        return lines(migration).stream()
                .filter(each -> each.says().startsWith(says))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is told of " + says));
    }

    @ParameterizedTest
    @ValueSource(strings = {"heroku", "piku", "render", "railway", "netlify", "vercel", "fly"})
    void nothingIsPassedOverInSilenceAndTheKeysAreAJohwaYaml(String platform) throws Exception {
        var migration = sample(platform);

        assertThat(migration.problems()).isEmpty();
        assertThat(migration.files()).isNotEmpty();
        for (var format : Format.all()) {
            for (var name : format.names()) {
                var file = SAMPLES.resolve(platform).resolve(name);
                if (Files.exists(file)) {
                    var problems = new ArrayList<dev.johwa.lib.problem.Problem>();
                    var tree = Tree.read(name, Files.readString(file), format.syntax(), problems);
                    requireTold(Entry.top(tree.orElseThrow()), migration);
                }
            }
        }
        if (!migration.keys().isEmpty()) {
            Configs.parse("johwa.yaml", migration.keys());
        }
        assertThat(lines(migration))
                .allSatisfy(
                        line -> assertThat(line.place().line()).as(line.says()).isPositive());
    }

    /// A line tells of a value, or of something that the value stands in.
    static void requireTold(Entry entry, Migration migration) {
        var told = lines(migration).stream().anyMatch(line -> line.place().equals(entry.place()));
        if (told) {
            return;
        }
        assertThat(entry.text())
                .as("nothing is told of " + entry.path() + " at " + entry.place())
                .isEmpty();
        entry.inner().forEach(inner -> requireTold(inner, migration));
    }

    @Test
    void herokuAndDokku() {
        var migration = sample("heroku");

        assertThat(at(migration, "app.json", 6)).containsExactly("as it is: each release has it from this file");
        assertThat(at(migration, "app.json", 8)).containsExactly("to do: johwa secrets set shop STRIPE_KEY");
        assertThat(at(migration, "app.json", 19))
                .containsExactly("unknown: no key of this file that is known here; is 'stack' meant?");
        assertThat(line(migration, "addons: cloudamqp").kind()).isEqualTo(Kind.NOT_YET);
        assertThat(migration.keys()).isEqualTo("""
                instances: 2
                """);
        assertThat(at(migration, "app.json", 16))
                .containsExactly(
                        "as it is: the job node-clean-js has it from this file",
                        "as it is: the job node-never-js has it from this file");
        assertThat(migration.commands())
                .containsExactly(
                        "johwa data add shop postgres",
                        "johwa data add shop redis",
                        "johwa secrets set shop STRIPE_KEY");
    }

    @Test
    void pikuWithItsOwnKindsOfProcesses() {
        var migration = sample("piku");

        assertThat(migration.keys())
                .contains("start: \"gunicorn --bind 127.0.0.1:$PORT shop:app\"", "GREETING: hello", "instances: 2")
                .contains("cron: {cron: \"0 0 * * *\", run: python clean.py}");
        assertThat(at(migration, "Procfile", 2))
                .anySatisfy(told -> assertThat(told).contains("take this line out"));
        assertThat(migration.commands())
                .containsExactly("johwa secrets set shop SECRET_KEY", "johwa domains add shop.example.com --app shop");
        assertThat(lines(migration).toString() + migration.keys()).doesNotContain("s3cr3t");
    }

    @Test
    void severalServicesOfRenderAreAppsOfOneProject() {
        var migration = sample("render");

        assertThat(migration.keys())
                .contains("""
                apps:
                  api:
                    folder: services/api
                    build: npm run build
                    start: node dist/main.js
                """)
                .contains(
                        "  site:\n    folder: .\n    service: static\n",
                        "nightly: {cron: \"0 3 * * *\", run: node nightly.js}");
        assertThat(migration.commands())
                .contains("johwa data add shop/api postgres", "johwa domains add api.example.com --app shop/api");
        assertThat(line(migration, "services.envVars.JWT_SECRET").here())
                .isEqualTo("johwa secrets set shop/api JWT_SECRET");
        assertThat(line(migration, "services.scaling").kind()).isEqualTo(Kind.NOT_YET);
    }

    @Test
    void tomlIsToldWithItsPlaces() {
        var migration = sample("railway");

        assertThat(at(migration, "railway.toml", 13)).containsExactly("johwa.yaml: start: node server.js");
        assertThat(at(migration, "railway.toml", 15)).containsExactly("johwa.yaml: health.path: /health");
        assertThat(line(migration, "deploy.startComand").here()).contains("'startCommand'");
        assertThat(migration.keys()).contains("build: \"npm run build\\nnpm run assets\"", "within: 120s");
        var fly = sample("fly");
        assertThat(at(fly, "fly.toml", 15)).containsExactly("no need: it reads PORT, which the platform gives");
        assertThat(fly.keys()).contains("release: node migrate.js", "path: /up", "sleep: 30m");
    }

    @Test
    void redirectsAndFieldsOfSites() {
        assertThat(sample("netlify").keys())
                .contains("redirects: [/old /new 302]", "X-Frame-Options: DENY", "folder: web");
        var vercel = sample("vercel");
        assertThat(vercel.keys()).contains("redirects: [\"/blog https://blog.example.com 307\"]");
        assertThat(line(vercel, "rewrites").here()).endsWith("/* /index.html 200");
        assertThat(line(vercel, "crons").kind()).isEqualTo(Kind.NOT_YET);
    }

    @Test
    void whatHoldsAnywayIsNoKey() throws Exception {
        Files.writeString(
                folder.resolve("railway.json"),
                "{\"build\": {\"buildCommand\": \"npm ci && npm run build\"}, \"deploy\": {\"numReplicas\": 1}}");
        var migration = Migration.of(folder, "shop", Map.of("build", "npm run build", "instances", "1"));

        assertThat(migration.keys()).isEmpty();
        assertThat(lines(migration)).extracting(Line::kind).containsOnly(Kind.AS_IT_IS);
    }

    @Test
    void whatDoesNotFitIsToldAndLeftOut() throws Exception {
        var migration = of(
                "railway.json",
                "{\"deploy\": {\"numReplicas\": 900, \"healthcheckPath\": \"health\", \"startCommand\": \"x\"}}");

        assertThat(migration.keys()).isEqualTo("start: x\n");
        assertThat(line(migration, "deploy.numReplicas").here()).contains("instances cannot be that");
        assertThat(line(migration, "deploy.healthcheckPath").kind()).isEqualTo(Kind.NOT_YET);
    }

    @Test
    void secretsOfAnyFileStayOutOfWhatIsPrinted() throws Exception {
        var migration = of(
                "fly.toml",
                "[env]\nSTRIPE_SECRET = \"sk_live_1\"\nMONGO = \"mongodb://u:pw9@db/x\"\nVITE_API_KEY = \"open\"\n");

        assertThat(lines(migration).toString() + migration.keys()).doesNotContain("sk_live_1", "pw9");
        assertThat(migration.keys()).isEqualTo("env:\n  VITE_API_KEY: open\n");
    }

    @Test
    void brokenFilesAreProblemsAndTheOthersAreRead() throws Exception {
        Files.writeString(folder.resolve("app.json"), "{\"env\": {\"A\": 1,}}");
        Files.writeString(folder.resolve("render.yaml"), "services:\n  - type: web\n   name: x\n");
        Files.writeString(folder.resolve("fly.toml"), "[build\ncommand = 1\n");
        Files.write(folder.resolve("vercel.json"), new byte[2 << 20]);
        Files.write(folder.resolve("ENV"), "\ufeffA=b".getBytes(StandardCharsets.UTF_16));
        Files.writeString(folder.resolve("netlify.toml"), "");
        Files.createSymbolicLink(folder.resolve("heroku.yml"), Path.of("heroku.yml"));
        Files.writeString(folder.resolve("Procfile"), "web\nworker: x\nworker: y\n");
        var migration = Migration.of(folder, "shop", Map.of());

        assertThat(migration.problems())
                .extracting(problem ->
                        Optional.ofNullable(problem.where()).orElseThrow().file())
                .containsExactly("Procfile", "ENV", "app.json", "render.yaml", "vercel.json", "fly.toml");
        assertThat(lines(migration)).extracting(Line::says).containsExactly("worker: x", "worker: y");
    }
}
