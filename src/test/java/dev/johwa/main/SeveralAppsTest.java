package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Repositories with several applications, pushed without a file that names them.
class SeveralAppsTest {
    private static Platform platform;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static String server(String words) {
        return """
                import http.server, os

                class Answer(http.server.BaseHTTPRequestHandler):
                    def do_GET(self):
                        self.send_response(200)
                        self.end_headers()
                        self.wfile.write(%s.encode())

                http.server.HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Answer).serve_forever()
                """.formatted(words);
    }

    private static String words(String text) {
        return "'" + text + "'";
    }

    @Test
    void eachIsDeployedUnderItsNameAndOnlyThoseTouchedAreBuiltAgain() throws Exception {
        var repository = platform.repository(
                "shop",
                "services/api/main.py",
                server("(open('../../shared/greeting.txt').read().strip())"),
                "services/api/test_main.py",
                "import unittest\n\nclass T(unittest.TestCase):\n    def test_it(self):\n        pass\n",
                "services/web/index.html",
                "page 1",
                "shared/greeting.txt",
                "hello");

        var first = platform.push(repository, "main");
        assertThat(first)
                .contains("apps      services/api (Python), services/web (Static files)")
                .contains("[api]  test      1 passed")
                .contains("http://api-shop.localhost:")
                .contains("http://web-shop.localhost:");
        assertThat(platform.body("api-shop")).isEqualTo("hello");
        assertThat(platform.body("web-shop")).isEqualTo("page 1");

        var terminal = new Terminal(platform, home);
        assertThat(terminal.johwa("restart", "api")).isEqualTo(1);
        assertThat(terminal.err()).contains("there is no app api", "did you mean ", "'shop/api'");

        platform.commit(repository, "services/web/index.html", "page 2");
        var second = platform.push(repository, "main");
        assertThat(second)
                .contains("[api]  artifact  not touched: release 1 keeps serving")
                .doesNotContain("[api]  test");
        assertThat(platform.body("web-shop")).isEqualTo("page 2");
        assertThat(platform.body("api-shop")).isEqualTo("hello");

        platform.commit(repository, "README.md", "words");
        assertThat(platform.push(repository, "main"))
                .contains("[api]  artifact  not touched: release 1")
                .contains("[web]  artifact  not touched: release 2");

        platform.commit(repository, "shared/greeting.txt", "good morning");
        assertThat(platform.push(repository, "main")).contains("[api]  test      1 passed");
        assertThat(platform.body("api-shop")).isEqualTo("good morning");
    }

    @Test
    void aTestThatFailsInOneAppKeepsAllOfTheCommitBack() throws Exception {
        var repository =
                platform.repository("pair", "backend/main.py", server(words("b1")), "frontend/index.html", "f1");
        platform.push(repository, "main");
        assertThat(platform.body("backend-pair")).isEqualTo("b1");

        platform.commit(
                repository,
                "backend/test_it.py",
                "import unittest\n\nclass T(unittest.TestCase):\n    def test_it(self):\n        self.assertEqual(1, 2)\n",
                "frontend/index.html",
                "f2");
        var output = platform.push(repository, "main");

        assertThat(output)
                .contains("[backend]   test      1 of 1 failed")
                .contains("Nothing is deployed; backend release 1, frontend release 1 keep serving.");
        assertThat(platform.body("frontend-pair")).isEqualTo("f1");
    }

    @Test
    void aProjectBelowTheRootIsTheApplication() throws Exception {
        var repository = platform.repository("deep", "backend/main.py", server(words("deep")), "README.md", "words");

        assertThat(platform.push(repository, "main")).contains("http://deep.localhost:");
        assertThat(platform.body("deep")).isEqualTo("deep");
    }

    @Test
    void theFileDecidesWhereThereIsOne() throws Exception {
        var repository = platform.repository(
                "named",
                "services/one/main.py",
                server(words("one")),
                "services/two/main.py",
                server(words("two")),
                "johwa.yaml",
                "apps:\n  only: {folder: services/two}\n");

        platform.push(repository, "main");

        assertThat(platform.body("only-named")).isEqualTo("two");
        assertThat(platform.get("one-named.localhost", "/").statusCode()).isEqualTo(404);
    }

    private static String npm(String name, String dependencies) {
        return "{\"name\": \"" + name + "\", \"version\": \"1.0.0\", \"scripts\": {\"start\": \"node server.js\","
                + " \"test\": \"node --test\", \"lint\": \"echo '2 problems'; exit 1\"}, \"dependencies\": {"
                + dependencies + "}}";
    }

    @Test
    void packagesOfANodeWorkspaceShareWhatIsInstalled() throws Exception {
        var server = "const word = require('@work/words')\n"
                + "require('http').createServer((q, a) => a.end(word + ' NAME')).listen(process.env.PORT)\n";
        var repository = platform.repository(
                "work",
                "package.json",
                "{\"name\": \"work\", \"private\": true, \"workspaces\": [\"apps/*\", \"packages/*\"]}",
                "apps/api/package.json",
                npm("@work/api", "\"@work/words\": \"1.0.0\""),
                "apps/api/server.js",
                server.replace("NAME", "api"),
                "apps/web/package.json",
                npm("@work/web", "\"@work/words\": \"1.0.0\""),
                "apps/web/server.js",
                server.replace("NAME", "web"),
                "packages/words/package.json",
                "{\"name\": \"@work/words\", \"version\": \"1.0.0\", \"main\": \"made.js\","
                        + " \"scripts\": {\"build\": \"cp index.js made.js\"}}",
                "apps/api/words.test.js",
                "require('node:test')('says', () => require('assert').ok(require('@work/words')))\n",
                "packages/words/index.js",
                "module.exports = 'one'\n");
        // The test imports what only the build makes.
        assertThat(platform.push(repository, "main")).contains("[api]  test      1 passed");
        assertThat(platform.body("api-work")).isEqualTo("one api");
        assertThat(platform.body("web-work")).isEqualTo("one web");

        platform.commit(repository, "apps/web/server.js", server.replace("NAME", "site"));
        var second = platform.push(repository, "main");
        assertThat(second)
                .contains("[api]  artifact  not touched")
                .contains("[web]  install   kept from an earlier run")
                .contains("[web]  lint      2 problems (stops nothing)");
        assertThat(platform.body("web-work")).isEqualTo("one site");

        platform.commit(repository, "packages/words/index.js", "module.exports = 'two'\n");
        platform.push(repository, "main");
        assertThat(platform.body("api-work")).isEqualTo("two api");
        assertThat(platform.body("web-work")).isEqualTo("two site");
    }

    @Test
    void anotherBranchGetsAllOfThem() throws Exception {
        var repository = platform.repository(
                "both", "services/a/main.py", server(words("a1")), "services/b/main.py", server(words("b1")));
        platform.push(repository, "main");
        platform.git(repository, "checkout", "-q", "-b", "try");
        platform.commit(repository, "services/a/main.py", server(words("a2")));

        assertThat(platform.push(repository, "try")).contains("not built again");

        assertThat(platform.body("try--a-both")).isEqualTo("a2");
        assertThat(platform.body("try--b-both")).isEqualTo("b1");
        assertThat(platform.body("a-both")).isEqualTo("a1");
        Path desks = platform.data().resolve("apps/both/cache");
        try (var all = Files.list(desks)) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void theOneThatAProjectWasBeforeItBecameSeveralIsTold() throws Exception {
        var repository = platform.repository("grown", "main.py", server(words("alone")));
        platform.push(repository, "main");
        platform.git(repository, "rm", "-q", "main.py");
        platform.commit(repository, "services/api/main.py", server(words("api")), "services/web/index.html", "page");

        assertThat(platform.push(repository, "main"))
                .contains("grown is no application of this commit and still serves at http://grown.localhost:")
                .contains("`johwa apps delete grown` ends it");
        var status = platform.server().releases().status(Optional.of("grown"));
        assertThat(status)
                .filteredOn(each -> !each.notes().isEmpty())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.where().name()).isEqualTo("grown");
                    assertThat(each.notes().getFirst()).contains("`johwa apps delete grown` ends it");
                });

        platform.server().releases().delete("grown", "grown", false, line -> {});
        platform.commit(repository, "services/web/index.html", "page 2");
        assertThat(platform.push(repository, "main")).doesNotContain("is no application of this commit");
        assertThat(platform.body("web-grown")).isEqualTo("page 2");
    }
}
