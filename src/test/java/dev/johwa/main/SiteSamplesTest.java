package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Sites and start files as people have them, pushed as they are.
class SiteSamplesTest {
    private static final String SERVER = """
            import http.server, os

            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    body = os.environ.get('SAYS', 'hello').encode()
                    self.send_response(200)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
            """;

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static void needs(String program) {
        boolean isHere = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(isHere, program + " is not here");
    }

    @Test
    void aSiteIsServedByItsOwnRules() throws Exception {
        var repository = platform.repository(
                "plain",
                "public/index.html",
                "<h1>Start</h1>",
                "public/404.html",
                "lost",
                "public/blog/index.html",
                "blog",
                "public/_redirects",
                "/old/* /blog/:splat 302\n/journal /blog 200\n/x /y 302 Country=de\n",
                "public/_headers",
                "/*\n  X-Frame-Options: DENY\n",
                "Staticfile",
                "root: public\n");
        Files.createSymbolicLink(repository.resolve("public/round"), Path.of("round"));
        Files.createSymbolicLink(repository.resolve("public/up"), Path.of("../public"));
        platform.commit(repository);

        assertThat(platform.push(repository, "main"))
                .contains("public/_redirects:3:1: the condition 'Country=…' is not known here")
                .contains("http://plain.localhost:");

        assertThat(platform.body("plain")).isEqualTo("<h1>Start</h1>");
        var moved = platform.get("plain.localhost", "/old/a?b=c");
        assertThat(moved.statusCode()).isEqualTo(302);
        assertThat(moved.headers().firstValue("Location")).contains("/blog/a?b=c");
        assertThat(platform.get("plain.localhost", "/journal").body()).isEqualTo("blog");
        assertThat(platform.get("plain.localhost", "/").headers().firstValue("X-Frame-Options"))
                .contains("DENY");
        assertThat(platform.get("plain.localhost", "/_redirects").statusCode()).isEqualTo(404);
        assertThat(platform.get("plain.localhost", "/round").statusCode()).isEqualTo(404);
        assertThat(platform.get("plain.localhost", "/up/up/blog/").body()).isEqualTo("blog");
    }

    @Test
    void aSiteOfHugoIsBuiltForTheRootOfItsHost() throws Exception {
        needs("hugo");
        var repository = platform.repository(
                "hugo",
                "hugo.toml",
                "baseURL = 'https://example.org/elsewhere/'\ntitle = 'Mine'\n",
                "config.toml",
                "baseURL = 'https://example.org/elsewhere/'\ntitle = 'Mine'\n",
                "layouts/index.html",
                "<h1>{{ .Site.Title }}</h1><a href=\"{{ relURL \"posts\" }}\">posts</a>",
                "layouts/_default/single.html",
                "{{ .Content }}",
                "content/posts/one.md",
                "---\ntitle: One\n---\nFirst words.\n",
                "static/_redirects",
                "/one /posts/one/\n");

        assertThat(platform.push(repository, "main")).contains("Hugo").contains("http://hugo.localhost:");
        assertThat(platform.body("hugo")).contains("Mine").contains("href=/posts");
        assertThat(platform.get("hugo.localhost", "/one").headers().firstValue("Location"))
                .contains("/posts/one/");
        assertThat(platform.get("hugo.localhost", "/posts/one/").body()).contains("First words.");
    }

    @Test
    void aSiteWithoutAStartPageIsToldAsThat() throws Exception {
        needs("hugo");
        var repository = platform.repository("bare", "hugo.toml", "title = 'Mine'\n", "content/a.md", "Words.\n");

        assertThat(platform.push(repository, "main"))
                .contains("no theme is named and there are no layouts")
                .contains("/ answers 404: there is no index.html in public")
                .contains("http://bare.localhost:");
    }

    @Test
    void aSiteOfJekyllIsBuilt() throws Exception {
        needs("jekyll");
        var repository = platform.repository(
                "jekyll",
                "_config.yml",
                "title: Mine\nbaseurl: /elsewhere\n",
                "_layouts/page.html",
                "<h1>{{ site.title }}</h1>{{ content }}",
                "index.md",
                "---\nlayout: page\n---\nFirst words.\n");

        assertThat(platform.push(repository, "main")).contains("http://jekyll.localhost:");
        assertThat(platform.body("jekyll")).contains("<h1>Mine</h1>").contains("First words.");
    }

    @Test
    void pagesOfMkDocsAreBuiltByAMkDocsThatIsBrought() throws Exception {
        needs("python3");
        var repository = platform.repository(
                "pages", "mkdocs.yml", "site_name: Mine\n", "docs/index.md", "# Hello\n\nFirst words.\n");

        assertThat(platform.push(repository, "main"))
                .contains("mkdocs==1.6.1 is brought")
                .contains("http://pages.localhost:");
        assertThat(platform.body("pages")).contains("First words.");
    }

    @Test
    void aStartScriptFromWindowsWithoutItsExecuteBitStarts() throws Exception {
        needs("python3");
        var repository = platform.repository(
                "script",
                "start.sh",
                "#!/bin/sh\r\nSAYS=script\r\nexport SAYS\r\nexec python3 code/serve.py\r\n",
                "code/serve.py",
                SERVER);

        assertThat(platform.push(repository, "main"))
                .contains("start.sh: has lines that end as on Windows")
                .contains("http://script.localhost:");
        assertThat(platform.body("script")).isEqualTo("script");
    }

    @Test
    void aMakefileIsEnough() throws Exception {
        needs("python3");
        needs("make");
        var repository = platform.repository(
                "made",
                "Makefile",
                "build:\n\tcp code/serve.py built.py\nrun:\n\tSAYS=made python3 built.py\n",
                "code/serve.py",
                SERVER);

        assertThat(platform.push(repository, "main")).contains("http://made.localhost:");
        assertThat(platform.body("made")).isEqualTo("made");
    }

    @Test
    void herokuYmlAndAppJsonRunAndAFileOfSecretsIsNeverPrinted() throws Exception {
        needs("python3");
        var repository = platform.repository(
                "old",
                "heroku.yml",
                "run:\n  web: python3 code/serve.py\nrelease:\n  command:\n    - echo released $SAYS\n",
                "app.json",
                "{\"env\": {\"SAYS\": \"app.json\", \"STRIPE_KEY\": {\"description\": \"x\"}}}",
                ".env",
                "PASSWORD=hunter2hunter2\n",
                "code/serve.py",
                SERVER);

        assertThat(platform.push(repository, "main"))
                .contains("it wants STRIPE_KEY to be given")
                .contains(".env is in the repository")
                .contains("released app.json")
                .contains("http://old.localhost:")
                .doesNotContain("hunter2");
        assertThat(platform.body("old")).isEqualTo("app.json");
        assertThat(filesThatSay("hunter2hunter2", platform.data().resolve("logs")))
                .isEmpty();
    }

    private static List<Path> filesThatSay(String text, Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> says(file, text))
                    .toList();
        }
    }

    private static boolean says(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
