package dev.johwa.source.detect.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.stack.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacesTest {
    @TempDir
    Path place;

    private Optional<Workspaces> read(String file, String text) throws IOException {
        for (var member : new String[] {"apps/api", "apps/web", "packages/ui", "packages/ui/deep", "docs"}) {
            Files.createDirectories(place.resolve(member));
            Files.writeString(place.resolve(member).resolve("package.json"), "{}");
        }
        Files.writeString(place.resolve(file), text);
        return Workspaces.read(new Folder(place));
    }

    @Test
    void theFieldOfPackageJsonNamesThem() throws IOException {
        assertThat(read("package.json", "{\"workspaces\": [\"apps/*\", \"./packages/ui/\"]}"))
                .contains(new Workspaces("package.json", List.of("apps/api", "apps/web", "packages/ui")));
    }

    @Test
    void yarnsObjectNamesThemToo() throws IOException {
        assertThat(read("package.json", "{\"workspaces\": {\"packages\": [\"docs\"]}}")
                        .orElseThrow()
                        .members())
                .containsExactly("docs");
    }

    @Test
    void pnpmLeavesOutWhatHasAMark() throws IOException {
        var found = read("pnpm-workspace.yaml", "packages:\n  - 'packages/**'\n  - '{apps,docs}/*'\n  - '!**/deep'\n")
                .orElseThrow();

        assertThat(found.members()).containsExactly("apps/api", "apps/web", "packages/ui");
        assertThat(found.has("apps/web")).isTrue();
    }

    @Test
    void lernaNamesThemWhereNobodyElseDoes() throws IOException {
        assertThat(read("lerna.json", "{\"packages\": [\"packages/*\"]}")
                        .orElseThrow()
                        .file())
                .isEqualTo("lerna.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "packages",
                "packages: [",
                "packages:\n  - '[unclosed'\n",
                "packages: {a: b}",
                "- x",
                "\u0000"
            })
    void aBrokenFileNamesNone(String text) throws IOException {
        assertThat(read("pnpm-workspace.yaml", text)).isEmpty();
    }
}
