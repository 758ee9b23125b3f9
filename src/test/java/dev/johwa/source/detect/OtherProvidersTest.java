package dev.johwa.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Go, plain pages, Procfile, and what nobody knows.
class OtherProvidersTest {
    @TempDir
    Path place;

    private Sample of(String... files) {
        return new Sample(place, files);
    }

    @Test
    void aGoProgramIsBuiltAndStarted() {
        var found = of(
                        "go.mod",
                        "module example.com/shop\n\ngo 1.22\n",
                        "main.go",
                        "package main\nfunc main() { http.ListenAndServe(os.Getenv(\"PORT\"), nil) }\n",
                        "main_test.go",
                        "package main\nfunc TestIt(t *testing.T) {}\n")
                .with("go", "1.21.0")
                .with("go", "1.25.1")
                .detect();

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.version()).contains("1.25.1");
        assertThat(found.test())
                .extracting(Detection.Test::command)
                .containsExactly(List.of("go", "test", "-v", "./..."));
        assertThat(found.start()).containsEntry("web", List.of("./bin/app"));
    }

    @Test
    void aGoThatIsTooOldIsTold() {
        var found = of("go.mod", "module x\ngo 1.30\n", "main.go", "package main\n")
                .with("go", "1.25.1")
                .detect();

        assertThat(found.warnings().getFirst().message())
                .isEqualTo("go.mod asks for Go >=1.30; 1.25.1 is used, as here are only 1.25.1");
    }

    @Test
    void ofSeveralGoProgramsTheLikelyOneIsStartedAndTheOthersAreTold() {
        var found = of(
                        "go.mod",
                        "module example.com/shop\n",
                        "cmd/import/main.go",
                        "package main\n",
                        "cmd/shop/main.go",
                        "package main\n")
                .detect();

        assertThat(Sample.words(found.build())).endsWith(" ./cmd/shop");
        assertThat(Sample.warnings(found)).contains("detect.several-programs");
    }

    @Test
    void aGoModuleWithoutAProgramIsALibrary() {
        assertThat(of("go.mod", "module x\n", "x.go", "package x\n").detect().service())
                .isEqualTo(Service.LIBRARY);
    }

    @Test
    void pagesAreServedFromWhereTheyLie() {
        assertThat(of("public/index.html", "<h1>").detect().publish()).contains(new Publish("public", false));
        assertThat(of("index.html", "<h1>").detect().publish()).contains(new Publish(".", false));
    }

    @Test
    void aProcfileDecidesWhatStartsInAnyStack() {
        var found = of(
                        "Procfile",
                        "web: node x.js $PORT\nworker: node w.js\nrelease: node m.js\n",
                        "package.json",
                        "{\"scripts\": {\"start\": \"node other.js\"}}")
                .with("node", "22.0.0")
                .detect();

        assertThat(found.provider()).isEqualTo("node-npm");
        assertThat(found.start())
                .containsExactly(
                        Map.entry("web", List.of("sh", "-c", "node x.js $PORT")),
                        Map.entry("worker", List.of("sh", "-c", "node w.js")));
        assertThat(found.release()).containsExactly(List.of("sh", "-c", "node m.js"));
        assertThat(found.evidence().getFirst().why()).isEqualTo("starts web, worker");
    }

    @Test
    void aProcfileIsEnoughByItselfAndItsMistakesAreToldWithTheirPlace() {
        var found = of("Procfile", "# mine\nweb: ./run\nnonsense\nweb: again\n").detect();

        assertThat(found.provider()).isEqualTo("procfile");
        assertThat(found.warnings())
                .extracting(problem -> problem.text())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Procfile:3:1: 'nonsense' is no process"),
                        second -> assertThat(second).startsWith("Procfile:4:1: web is there twice"));
    }

    @Test
    void aFolderThatNobodyKnowsIsNotGuessed() {
        assertThat(of("README.md", "words").find()).isEmpty();
    }

    @Test
    void whatCompilesComesBeforeItsFrontEnd() {
        var found = of("go.mod", "module x\n", "main.go", "package main\n", "package.json", "{}", "index.html", "")
                .detect();

        assertThat(found.provider()).isEqualTo("go");
    }

    @Test
    void aLinkOutOfTheFolderShowsNothing() throws Exception {
        var secret = Files.writeString(place.resolve("index.html"), "<h1>");
        var sample = of("README.md", "");
        Files.createSymbolicLink(place.resolve("app/index.html"), secret);

        assertThat(sample.find()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"index.html, node-npm", "src/Cart.php, php"})
    void whatComposerOnlyHandsOutIsNoPhp(String file, String provider) {
        assertThat(new Sample(place, "composer.json", "{}", "package.json", "{}", file, "")
                        .detect()
                        .provider())
                .isEqualTo(provider);
    }

    @ParameterizedTest
    @CsvSource({"'{\"start\": \"node app.js\"}', node-npm", "'{\"dev\": \"vite\"}', python-pip", "{}, python-pip"})
    void whatAnswersComesBeforeWhatStartsNothing(String scripts, String provider) {
        assertThat(new Sample(
                                place,
                                "requirements.txt",
                                "sphinx",
                                "package.json",
                                "{\"scripts\": " + scripts + ", \"dependencies\": {\"express\": \"4\"}}")
                        .detect()
                        .provider())
                .isEqualTo(provider);
    }
}
