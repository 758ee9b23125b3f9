package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.router.RoutingTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sites that bring `_redirects` and `_headers`, behind the edge.
class RuledSiteTest {
    @TempDir
    private Path folder;

    private Path site = Path.of("");
    private Rig edge;

    @BeforeEach
    void begin() throws IOException {
        site = Files.createDirectories(folder.resolve("site"));
        write("index.html", "start");
        write("404.html", "lost");
        write("de/weg.html", "weg");
        write("blog/index.html", "blog");
        write("assets/a.css", "a{}");
        write("Staticfile.auth", "bob:x");
        write("_redirects", """
                /old/*      /blog/:splat      302
                /journal    /blog             200
                /de/*       /de/weg           404
                /index.html /blog/            301
                /.env       /blog             301
                """);
        write("_headers", """
                /*
                  X-Frame-Options: DENY
                  Vary: Cookie
                /assets/*
                  Cache-Control: public, max-age=60
                """);
        edge = new Rig(folder).route(new RoutingTable.Files(site.toString(), false));
    }

    @AfterEach
    void end() {
        edge.close();
    }

    private void write(String name, String text) throws IOException {
        var file = site.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void rulesMoveAndShowAndOtherFilesStayAsTheyAre() throws IOException {
        var moved = edge.get("/old/a%20b?x=1");
        assertThat(moved.status()).isEqualTo(302);
        assertThat(moved.field("Location")).contains("/blog/a%20b?x=1");
        assertThat(edge.get("/journal").status()).isEqualTo(200);
        assertThat(edge.get("/journal").body()).isEqualTo("blog");
        assertThat(edge.get("/de/nichts").status()).isEqualTo(404);
        assertThat(edge.get("/de/nichts").body()).isEqualTo("weg");
        assertThat(edge.get("/de/weg").status()).isEqualTo(200);
        assertThat(edge.get("/index.html").status()).isEqualTo(301);
        assertThat(edge.get("/").body()).isEqualTo("start");
        assertThat(edge.get("/none").body()).isEqualTo("lost");
        assertThat(edge.get("/blog").field("Location")).contains("/blog/");
    }

    @Test
    void fieldsComeAlongAlsoFromTheCacheAndWithoutABody() throws IOException {
        for (int i = 0; i < 2; i++) {
            var page = edge.get("/");
            assertThat(page.field("X-Frame-Options")).contains("DENY");
            assertThat(page.field("Vary")).isPresent();
            assertThat(edge.get("/assets/a.css").field("Cache-Control")).contains("public, max-age=60");
        }
        var tag = edge.get("/").field("ETag").orElseThrow();
        var again = edge.ask("GET / HTTP/1.1\r\nHost: app.localhost\r\nIf-None-Match: " + tag + "\r\n\r\n");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.field("X-Frame-Options")).contains("DENY");
    }

    @Test
    void theFilesThatTellUsAreNeverShown() throws IOException {
        for (var name : new String[] {"/_redirects", "/_headers", "/Staticfile.auth", "/%5fredirects", "//_headers"}) {
            assertThat(edge.get(name).body()).as(name).isEqualTo("lost");
        }
    }

    @Test
    void aFolderWhoseRulesChangeIsReadAgainWithTheNextTable() throws IOException {
        write("_redirects", "/journal /elsewhere 307\n");
        edge.route(new RoutingTable.Files(site.toString(), false), 2);

        assertThat(edge.get("/journal").field("Location")).contains("/elsewhere");

        Files.delete(site.resolve("_redirects"));
        edge.route(new RoutingTable.Files(site.toString(), false), 3);

        assertThat(edge.get("/journal").status()).isEqualTo(404);
    }

    @Test
    void aLinkAsAFileOfRulesIsNotFollowed() throws IOException {
        var outside = Files.writeString(folder.resolve("outside"), "/journal /elsewhere 307\n");
        Files.delete(site.resolve("_redirects"));
        Files.createSymbolicLink(site.resolve("_redirects"), outside);
        edge.route(new RoutingTable.Files(site.toString(), false), 2);

        assertThat(edge.get("/journal").status()).isEqualTo(404);
    }

    @Test
    void anApplicationOfOnePageByItsOwnRule() throws IOException {
        write("_redirects", "/* /index.html 200\n");
        edge.route(new RoutingTable.Files(site.toString(), false), 2);

        assertThat(edge.get("/some/where").body()).isEqualTo("start");
        assertThat(edge.get("/some/where").status()).isEqualTo(200);
        assertThat(edge.get("/assets/a.css").body()).isEqualTo("a{}");
    }
}
