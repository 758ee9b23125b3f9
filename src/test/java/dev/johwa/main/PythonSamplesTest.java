package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One small application of Python, locked in turn by each tool that locks, pushed as it is.
class PythonSamplesTest {
    private static final Path LOCKS = Path.of("src/test/resources/dev/johwa/main/python");
    private static final List<String> TOOLS = List.of("uv", "poetry", "pdm", "pipenv");

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    @Test
    void packagesComeFromTheLockOfWhateverToolAndTheServerBesideThem() throws Exception {
        var repository = platform.repository("bottled");
        for (var tool : TOOLS) {
            lock(repository, tool);
            platform.commit(
                    repository,
                    "shop.py",
                    "from bottle import Bottle, __version__\n\napp = Bottle()\n\n\n@app.get('/')\ndef hello():\n"
                            + "    return 'bottle ' + __version__ + ' locked by " + tool + "'\n");

            assertThat(platform.push(repository, "main"))
                    .containsPattern("install +" + tool)
                    .contains("brings gunicorn, which the project does not name")
                    .contains("http://bottled.localhost:");
            assertThat(platform.body("bottled")).isEqualTo("bottle 0.13.4 locked by " + tool);
        }
    }

    @Test
    void aLockThatDoesNotFitIsRefusedByItsOwnTool() throws Exception {
        var repository = platform.repository("stale");
        lock(repository, "uv");
        var manifest = repository.resolve("pyproject.toml");
        Files.writeString(manifest, Files.readString(manifest).replace("0.13.4", "0.13.3"));
        platform.commit(repository, "app.py", "from bottle import Bottle\n\napp = Bottle()\n");

        assertThat(platform.push(repository, "main")).contains("uv.lock").contains("needs to be updated");
    }

    private static void lock(Path repository, String tool) throws IOException {
        for (var name : List.of("pyproject.toml", "Pipfile", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock")) {
            Files.deleteIfExists(repository.resolve(name));
            var file = LOCKS.resolve(tool).resolve(name);
            if (Files.exists(file)) {
                Files.copy(file, repository.resolve(name));
            }
        }
    }
}
