package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Applications that were not written for Johwa: made by the own starters of their frameworks, in pinned versions,
/// pushed as they are.
class StartersTest {
    private static Platform platform;

    @TempDir
    Path made;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private void needs(String program) {
        boolean isHere = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(isHere, program + " is not here");
    }

    private void run(String... words) throws IOException, InterruptedException {
        var output = made.resolve("output").toFile();
        var process = new ProcessBuilder(words)
                .directory(made.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        if (!process.waitFor(100, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output.toPath())).isZero();
    }

    /// The made folder as a repository of its own.
    private Path adopt(String name) throws IOException {
        var repository = platform.repository(name);
        try (var files = Files.list(made.resolve(name))) {
            for (var file : files.toList()) {
                Files.move(file, repository.resolve(file.getFileName()));
            }
        }
        platform.commit(repository);
        return repository;
    }

    @Test
    void aReactAppOfViteIsBuiltAndServedWithItsOwnRoutes() throws Exception {
        needs("npm");
        run("npm", "create", "--yes", "vite@9.1.1", "vite", "--", "--template", "react", "--no-interactive");
        var repository = adopt("vite");

        var output = platform.push(repository, "main");

        assertThat(output)
                .contains("built by Vite and served as files from dist")
                .contains("http://vite.localhost:");
        var page = platform.body("vite");
        assertThat(page).contains("<div id=\"root\"></div>");
        assertThat(platform.get("vite.localhost", "/some/route/of/the/app")
                        .body()
                        .strip())
                .isEqualTo(page);
        var script = page.replaceFirst("(?s).*src=\"(/assets/[^\"]+\\.js)\".*", "$1");
        assertThat(platform.get("vite.localhost", script).statusCode()).isEqualTo(200);
        assertThat(platform.get("vite.localhost", "/assets/none.js").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aTestOfVitestThatFailsIsNamed() throws Exception {
        needs("npm");
        run("npm", "create", "--yes", "vite@9.1.1", "vitest", "--", "--template", "vanilla", "--no-interactive");
        var repository = adopt("vitest");
        var manifest = repository.resolve("package.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst("\"build\":", "\"test\": \"vitest run\", \"build\":")
                        .replaceFirst("\"vite\":", "\"vitest\": \"4.0.18\", \"vite\":"));
        platform.commit(repository);
        assertThat(platform.push(repository, "main"))
                .contains("no tests found")
                .contains("without tests")
                .contains("http://vitest.localhost:");

        platform.commit(
                repository,
                "src/sum.test.js",
                "import { expect, test } from 'vitest'\n\ntest('adds', () => {\n  expect(1 + 1).toBe(3)\n})\n");

        assertThat(platform.push(repository, "main"))
                .contains("1 of 1 failed")
                .contains("src/sum.test.js > adds  (src/sum.test.js:4)")
                .contains("expected 2 to be 3")
                .contains("release 1 keeps serving");
    }

    @Test
    void anAppOfTheExpressGeneratorIsLive() throws Exception {
        needs("npm");
        run("npm", "exec", "--yes", "--package=express-generator@4.16.1", "--", "express", "--view=pug", "express");

        assertThat(platform.push(adopt("express"), "main"))
                .contains("no tests found")
                .contains("http://express.localhost:");
        assertThat(platform.body("express")).contains("Welcome to Express");
    }

    @Test
    void aProjectOfDjangoIsLiveAndToldWhatItLacks() throws Exception {
        needs("python3");
        run("python3", "-m", "venv", "tools");
        run("tools/bin/pip", "install", "-q", "--disable-pip-version-check", "Django==5.2.8");
        run("tools/bin/django-admin", "startproject", "mysite");
        var repository = adopt("mysite");
        platform.commit(repository, "requirements.txt", "Django==5.2.8\n");

        var output = platform.push(repository, "main");

        assertThat(output)
                .contains("Django with the settings mysite.settings")
                .contains("DEBUG = True")
                .contains("http://mysite.localhost:");
        assertThat(platform.body("mysite")).contains("The install worked successfully!");
        assertThat(platform.get("mysite.localhost", "/admin/login/").statusCode())
                .isEqualTo(200);
        // Reads the table of sessions, which only a migration makes.
        assertThat(platform.get("mysite.localhost", "/admin/", "Cookie", "sessionid=" + "x".repeat(32))
                        .statusCode())
                .isEqualTo(302);
        assertThat(platform.get("mysite.localhost", "/static/admin/css/base.css")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theJavaExampleNeedsNoMavenOnTheServer() throws Exception {
        var programs = Files.createDirectory(made.resolve("programs"));
        for (var name : List.of("sh", "git", "bwrap")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/usr/bin", name));
        }
        run("cp", "-r", Path.of("examples/java-hello").toAbsolutePath().toString(), "hello");
        try (var own = new Platform(Platform.onlyWith(programs))) {
            var repository = own.repository("hello");
            run("cp", "-r", "hello/.", repository.toString());
            own.commit(repository);

            assertThat(own.push(repository, "main")).contains("8 passed").contains("http://hello.localhost:");
            var maven = own.data().resolve("apps/hello/home/.m2");
            assertThat(maven.resolve("wrapper/dists/apache-maven-3.9.16")).isDirectory();
            assertThat(maven.resolve("repository/.locks"))
                    .as("others may fetch into it meanwhile")
                    .isDirectory();
        }
    }

    @Test
    void aProjectOfMavensQuickstartIsTestedAndHasNothingToStart() throws Exception {
        needs("mvn");
        run(
                "mvn",
                "-B",
                "-q",
                "archetype:generate",
                "-DarchetypeGroupId=org.apache.maven.archetypes",
                "-DarchetypeArtifactId=maven-archetype-quickstart",
                "-DarchetypeVersion=1.5",
                "-DgroupId=com.example",
                "-DartifactId=quickstart",
                "-DinteractiveMode=false");
        var repository = adopt("quickstart");

        assertThat(platform.push(repository, "main"))
                .contains("1 passed")
                .contains("it runs to its end: it is tested and packed")
                .contains("it has nothing to start");

        var test = repository.resolve("src/test/java/com/example/AppTest.java");
        Files.writeString(test, Files.readString(test).replace("assertTrue(true)", "assertTrue(false, \"broken\")"));
        platform.commit(repository);

        assertThat(platform.push(repository, "main"))
                .contains("1 of 1 failed")
                .containsPattern("com.example.AppTest.\\w+.*\\(src/test/java/com/example/AppTest.java:\\d+\\)")
                .contains("broken");
    }
}
