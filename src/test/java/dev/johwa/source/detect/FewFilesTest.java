package dev.johwa.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.stack.Folder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A large repository is not looked through for what a few files decide.
class FewFilesTest {
    private static final int MANY = 2_500;

    @TempDir
    Path place;

    private Folder large(String... files) throws Exception {
        new Sample(place, files);
        for (int i = 0; i < 50; i++) {
            var deep = Files.createDirectories(place.resolve("app/content/area" + i + "/pages"));
            for (int j = 0; j < MANY / 50; j++) {
                Files.createFile(deep.resolve(j + ".md"));
            }
        }
        return new Folder(place.resolve("app"));
    }

    private Applications.Survey survey(Folder folder) {
        var toolchains = new Toolchains(List.of(), place.resolve("home"), argv -> Optional.empty());
        return new Applications(new Detector(toolchains)).survey(folder, "shop");
    }

    private void isFoundByAFew(Folder folder, String provider) {
        var found = survey(folder).found();

        assertThat(found).extracting(each -> each.detection().provider()).containsExactly(provider);
        assertThat(folder.visited()).isLessThan(200);
    }

    @Test
    void aPackageThatSaysHowItIsTestedAndStarted() throws Exception {
        var manifest = "{\"scripts\": {\"start\": \"node server.js\", \"test\": \"node --test\"}}";
        isFoundByAFew(
                large("package.json", manifest, "server.js", "require('http').createServer().listen(1)"), "node-npm");
    }

    @Test
    void aPage() throws Exception {
        isFoundByAFew(large("index.html", "<p>"), "static");
    }

    @Test
    void aProgramThatIsNamed() throws Exception {
        isFoundByAFew(large("Procfile", "web: ./server"), "procfile");
    }

    @Test
    void aWorkspaceIsLookedThroughAsDeepAsItsPatternsGo() throws Exception {
        var folder = large(
                "package.json",
                "{\"workspaces\": [\"packages/*\"], \"scripts\": {\"test\": \"jest\"}}",
                "packages/a/package.json",
                "{}");

        survey(folder);

        assertThat(folder.visited()).isLessThan(200);
    }

    @Test
    void testsAreLookedForEverywhereUntilOneIsSeen() throws Exception {
        var folder = large("go.mod", "module shop\n\ngo 1.22\n", "main.go", "package main\n\nfunc main() {}\n");

        survey(folder);

        assertThat(folder.visited()).isGreaterThan(MANY);
    }
}
