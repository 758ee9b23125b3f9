package dev.johwa.source.detect.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.johwa.source.detect.version.Ask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsksTest {
    @TempDir
    Path place;

    @ParameterizedTest
    @CsvSource({
        "node, .nvmrc, 'v22.1\n', v22.1, 22.1.3",
        "node, .nvmrc, '# of the team\nlts/jod # LTS', lts/jod, 22.9.0",
        "node, .node-version, 20.11.0, 20.11.0, 20.11.0",
        "node, .tool-versions, 'python 3.11.7\nnodejs 20.11.0 18.1.0\n', 20.11.0, 20.11.0",
        "node, mise.toml, '[tools]\nnode = \"22\"\n', 22, 22.1.0",
        "node, .mise.toml, '[tools]\nnode = [\"22\", \"20\"]\n', 22, 22.1.0",
        "node, mise.toml, '[tools.node]\nversion = \"22\"\n', 22, 22.1.0",
        "node, package.json, '{\"volta\": {\"node\": \"20.11.0\"}}', 20.11.0, 20.11.0",
        "node, package.json, '{\"engines\": {\"node\": \">=18 <21\"}}', >=18 <21, 20.1.0",
        "node, package.json, '{\"devEngines\": {\"runtime\": {\"name\": \"node\", \"version\": \"^22\"}}}', ^22, 22.1.0",
        "node, package.json, '{\"devEngines\": {\"runtime\": [{\"name\": \"bun\", \"version\": \"1\"},"
                + " {\"name\": \"node\", \"version\": \"^22\"}]}}', ^22, 22.1.0",
        "python, .python-version, '3.11.7\n3.12.1\n', 3.11.7, 3.11.7",
        "python, .python-version, cpython@3.12, 3.12, 3.12.1",
        "python, .python-version, '>= 3.10, <3.13\n', '>= 3.10, <3.13', 3.12.1",
        "python, runtime.txt, python-3.12.1, 3.12.1, 3.12.1",
        "python, Pipfile, '[requires]\npython_version = \"3.11\"\n', 3.11, 3.11.7",
        "python, Pipfile, '[requires]\npython_full_version = \"3.11.7\"\n', 3.11.7, 3.11.7",
        "python, pyproject.toml, '[project]\nrequires-python = \">=3.10,<3.13\"\n', '>=3.10,<3.13', 3.12.1",
        "python, pyproject.toml, '[tool.poetry.dependencies]\npython = \"^3.10\"\n', ^3.10, 3.13.0",
        "python, setup.cfg, '[options]\npython_requires = >=3.9\n', >=3.9, 3.12.1",
        "python, setup.py, 'setup(python_requires=\"~=3.9\")', ~=3.9, 3.12.1",
        "java, .java-version, 17.0, 17.0, 17.0.3",
        "java, .sdkmanrc, 'java=21.0.2-tem\n', 21.0.2-tem, 21.0.2",
        "java, .tool-versions, java temurin-17.0.10+7, temurin-17.0.10+7, 17.0.10",
        "java, system.properties, 'maven.version=3.9\njava.runtime.version=17\n', 17, 17.0.1",
        "java, build.gradle.kts, 'kotlin { jvmToolchain(21) }', 21, 21.0.1",
        "java, build.gradle, 'java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }', 21, 21.0.1",
        "java, build.gradle, 'sourceCompatibility = JavaVersion.VERSION_17', 17, 25.0.1",
        "java, build.gradle, 'sourceCompatibility = ''1.8''', 1.8, 17.0.1",
        "java, gradle/gradle-daemon-jvm.properties, toolchainVersion=21, 21, 21.0.3",
        "go, go.mod, 'module m\n\ngo 1.25\n', 1.25, 1.26.1",
        "go, go.mod, 'module m\n\ngo 1.25\ntoolchain go1.26.1\n', 1.26.1, 1.26.1",
        "go, go.work, 'go 1.26.1\nuse ./a\n', 1.26.1, 1.26.2",
        "go, .go-version, 1.25.3, 1.25.3, 1.25.3",
        "rust, rust-toolchain.toml, '[toolchain]\nchannel = \"1.82\"\n', 1.82, 1.82.0",
        "rust, rust-toolchain, 1.82.0, 1.82.0, 1.82.0",
        "rust, Cargo.toml, '[package]\nname = \"a\"\nrust-version = \"1.82\"\n', 1.82, 1.95.0",
        "ruby, .ruby-version, ruby-3.1.2, 3.1.2, 3.1.2",
        "ruby, Gemfile, 'source \"x\"\nruby \"~> 3.1\"\n', ~> 3.1, 3.4.0",
        "ruby, Gemfile, 'ruby \">= 3.1\", \"< 4\"\n', '>= 3.1, < 4', 3.4.0",
        "php, composer.json, '{\"require\": {\"php\": \"^8.1\"}}', ^8.1, 8.3.0",
        "elixir, .elixir-version, 1.14.0, 1.14.0, 1.14.0",
        "elixir, mix.exs, '[app: :a, elixir: \"~> 1.14\"]', ~> 1.14, 1.18.0",
        "dotnet, global.json, '{\"sdk\": {\"version\": \"8.0.100\", \"rollForward\": \"latestFeature\"}}',"
                + " 8.0.100 latestFeature, 8.0.204",
        "bun, .bun-version, 1.2, 1.2, 1.2.3"
    })
    void aVersionIsReadWherePeopleWriteIt(String tool, String file, String content, String text, String fits)
            throws IOException {
        write(file, content);

        var asks = Asks.of(tool, new Folder(place));

        assertThat(asks.all()).first().extracting(Ask::file, Ask::text).containsExactly(file, text);
        assertThat(asks.fits(fits)).isTrue();
        assertThat(asks.unread()).isEmpty();
    }

    @Test
    void whatTheTeamRunsComesBeforeWhatWouldDo() throws IOException {
        write("package.json", "{\"engines\": {\"node\": \">=18\"}}");
        write(".nvmrc", "22");
        write(".node-version", "20");

        var asks = Asks.of("node", new Folder(place));

        assertThat(asks.all()).extracting(Ask::file).containsExactly(".nvmrc", ".node-version", "package.json");
        assertThat(asks.against("22.1.0")).extracting(Ask::file).containsExactly(".node-version");
    }

    @ParameterizedTest
    @CsvSource({
        "node, .nvmrc, nightly",
        "python, .python-version, pypy3.9-7.3.15",
        "node, package.json, '{\"engines\": {\"node\": \">=18,<20\"}}'",
        "java, .java-version, graal"
    })
    void whatIsNoVersionIsTold(String tool, String file, String content) throws IOException {
        write(file, content);

        var asks = Asks.of(tool, new Folder(place));

        assertThat(asks.all()).isEmpty();
        assertThat(asks.unread()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("detect.version-unread");
            assertThat(problem.text()).startsWith(file + ": '").contains("is no version of " + tool);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "node, .nvmrc, ''",
        "node, .tool-versions, nodejs",
        "node, .tool-versions, nodejs system",
        "node, mise.toml, '[tools\nnode ='",
        "node, mise.toml, '[tools]\nnode = \"latest\"'",
        "node, package.json, '{\"engines\": '",
        "node, package.json, '[1]'",
        "node, package.json, '{\"engines\": {\"node\": 20}}'",
        "python, pyproject.toml, '[project'",
        "dotnet, global.json, '{}'"
    })
    void whatSaysNothingAsksForNothing(String tool, String file, String content) throws IOException {
        write(file, content);

        assertThat(Asks.of(tool, new Folder(place))).isEqualTo(new Asks(tool, List.of(), List.of()));
    }

    /// Strangers write these files: none may keep a server busy, or break off its thread.
    @ParameterizedTest
    @CsvSource({
        "python, .python-version, '', '\n', 500000",
        "node, .nvmrc, 20, ' ', 500000",
        "python, setup.cfg, python_requires = 3, ' ', 500000",
        "ruby, Gemfile, ruby, ' ', 500000",
        "ruby, Gemfile, ruby, '''1'',', 50000",
        "python, pyproject.toml, '[', ' ', 500000",
        "python, pyproject.toml, a, ' ', 500000",
        "python, pyproject.toml, 'a = ', ' ', 500000",
        "python, pyproject.toml, 'a = ', '\"\"\"\"', 100000",
        "python, pyproject.toml, 'a = \"', 'x', 500000",
        "python, pyproject.toml, 'a = \"', '\\\"', 400000",
        "python, pyproject.toml, 'a = [', '[[[[[[[[[[[[[[[[[[[[[[[[\n', 40000"
    })
    void whateverIsWrittenIsReadQuickly(String tool, String file, String start, String more, int times)
            throws IOException {
        write(file, start + more.repeat(times) + "!");

        var asks = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Asks.of(tool, new Folder(place)));

        assertThat(asks.tool()).isEqualTo(tool);
    }

    private void write(String file, String content) throws IOException {
        var path = place.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
