package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pauses and maintenance, as they are typed and as visitors see them.
class ClosureTest extends AtATerminal {
    private static final String SHOP = "shop.localhost";
    private static Path repository;

    @BeforeAll
    static void start() throws Exception {
        repository = platform.repository("shop", Apps.PYTHON);
        platform.commit(repository, "version", "7\n");
        platform.push(repository, "main");
    }

    @BeforeEach
    void open() {
        assertThat(johwa("resume", "shop")).as(terminal.err()).isZero();
        assertThat(johwa("maintenance", "shop", "off")).as(terminal.err()).isZero();
        assertThat(terminal.out()).isEqualTo("shop answers as usual\n");
    }

    private HttpResponse<String> ask(String... fields) throws Exception {
        return platform.get(SHOP, "/", fields);
    }

    @Test
    void requestsWaitInAPauseAndGoOnAfterIt() throws Exception {
        assertThat(johwa("pause", "shop", "--for", "1m")).as(terminal.err()).isZero();
        assertThat(terminal.out()).startsWith("paused: shop; requests wait until ");
        assertThat(terminal.err())
                .contains("`johwa resume shop` lets them go on")
                .doesNotContain("began before");

        var waiting = platform.beside(() -> ask().body());
        assertThat(johwa("status", "shop")).isZero();
        assertThat(terminal.out()).contains("! paused since", "requests wait until", "`johwa resume shop` ends it");
        assertThat(waiting).isNotDone();
        // What is released meanwhile goes live, for our own look passes.
        platform.commit(repository, "version", "8\n");
        assertThat(platform.push(repository, "main")).contains("live");
        assertThat(waiting).isNotDone();

        assertThat(johwa("resume", "shop")).isZero();
        assertThat(waiting.get()).isEqualTo("8");
        assertThat(johwa("maintenance", "shop", "--json")).isZero();
        assertThat(Json.tree(terminal.out()).get("state").asString()).isEqualTo("open");
    }

    @Test
    void whoComesTooLateIsToldToComeAgain() throws Exception {
        assertThat(johwa("pause", "shop", "--for", "1s", "--json")).isZero();
        assertThat(Json.tree(terminal.out()).get("state").asString()).isEqualTo("paused");
        var late = ask();
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.body()).contains("shop is paused for a moment");
        assertThat(late.headers().firstValue("Retry-After")).isPresent();
        assertThat(johwa("status", "shop")).isZero();
        assertThat(terminal.out()).contains("requests are answered 503");
        platform.restart();
        assertThat(ask().statusCode()).isEqualTo(503);
        terminal = new Terminal(platform, home);
        assertThat(johwa("resume", "shop")).isZero();
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    @Test
    void visitorsSeeAPageInTheirLanguageAndTheTeamWorks() throws Exception {
        assertThat(johwa("maintenance", "shop", "on", "--message", "Back at <ten>."))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.err()).contains("visitors see our page", "`johwa open shop --share` makes a link");
        var program = ask();
        assertThat(program.statusCode()).isEqualTo(503);
        assertThat(program.headers().firstValue("Retry-After")).contains("120");
        assertThat(program.body()).contains("We are working on this. Back at <ten>.");
        var korean = ask("Accept", "text/html", "Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8");
        assertThat(korean.body()).contains("<html lang=\"ko\">", "점검 중입니다", "Back at &lt;ten&gt;.");

        assertThat(johwa("open", "shop", "--share")).as(terminal.err()).isZero();
        var link = terminal.out().strip();
        assertThat(ask("Johwa-Share", link.substring(link.indexOf('=') + 1)).statusCode())
                .isEqualTo(200);
        assertThat(johwa("status", "shop")).isZero();
        assertThat(terminal.out()).contains("! in maintenance since", "`johwa maintenance shop off` ends it");

        // A new release does not end it, and brings its own page; neither does the end of both processes.
        platform.commit(repository, "maintenance.html", "<h1>Own page</h1>", "version", "9\n");
        assertThat(platform.push(repository, "main")).contains("live");
        assertThat(ask("Accept", "text/html").body()).isEqualTo("<h1>Own page</h1>");
        long edge = platform.server().edgePid();
        ProcessHandle.of(edge).orElseThrow().destroyForcibly();
        eventually(() -> platform.server().edgePid() != edge && johwa("status", "shop") == 0);
        assertThat(ask("Accept", "text/html").body()).isEqualTo("<h1>Own page</h1>");
        platform.restart();
        assertThat(ask("Accept", "text/html").body()).isEqualTo("<h1>Own page</h1>");

        terminal = new Terminal(platform, home);
        assertThat(johwa("maintenance", "shop", "on", "--from", "127.0.0.0/8")).isZero();
        assertThat(ask().body()).isEqualTo("9");
        assertThat(johwa("pause", "shop")).isEqualTo(2);
        assertThat(terminal.err()).contains("in maintenance already");
        assertThat(johwa("maintenance", "shop", "off")).isZero();
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    @Test
    void keysSayWhoIsAnsweredAndHow() throws Exception {
        var site = platform.repository("site", "index.html", "<h1>site</h1>", "johwa.yaml", """
                domains: [site.example.com, www.site.example.com]
                canonical: site.example.com
                allow: {users: SITE_USERS}
                redirects: [/old /new 302]
                limits: {request: 1k}
                headers: {X-Team: us}
                """);
        assertThat(platform.push(site, "main")).contains("missing secret SITE_USERS");
        assertThat(johwa("secrets", "set", "site", "SITE_USERS=ann:$apr1$x$y")).isZero();
        assertThat(platform.push(site, "main", "-o", "nowait")).isNotEmpty();
        assertThat(johwa("deploy", "site", "main")).isEqualTo(1);
        assertThat(terminal.err())
                .contains("line 1 of the secret SITE_USERS", "htpasswd -B")
                .doesNotContain("apr1");
        assertThat(johwa("secrets", "set", "site", "SITE_USERS=# us\nann:open sesame\n"))
                .isZero();
        assertThat(johwa("deploy", "site", "main")).as(terminal.err()).isZero();

        var host = "site.localhost";
        assertThat(platform.get(host, "/").statusCode()).isEqualTo(401);
        var ann = "Basic " + Base64.getEncoder().encodeToString("ann:open sesame".getBytes(StandardCharsets.UTF_8));
        var page = platform.get(host, "/", "Authorization", ann);
        assertThat(page.body()).contains("<h1>site</h1>");
        assertThat(page.headers().firstValue("X-Team")).contains("us");
        var www = platform.get("www.site.example.com", "/a");
        assertThat(www.statusCode()).isEqualTo(301);
        assertThat(www.headers().firstValue("Location")).contains("http://site.example.com/a");
        assertThat(platform.get(host, "/old").headers().firstValue("Location")).contains("/new");
        assertThat(johwa("open", "site", "--share")).isZero();
        var link = terminal.out().strip();
        assertThat(platform.get(host, "/", "Johwa-Share", link.substring(link.indexOf('=') + 1))
                        .statusCode())
                .isEqualTo(200);
        assertThat(johwa("secrets", "set", "site", "SITE_USERS=ann:another"))
                .as(terminal.err())
                .isZero();
        assertThat(platform.get(host, "/", "Authorization", ann).statusCode()).isEqualTo(401);
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThat(johwa("pause", "shop", "--for", "2h")).isEqualTo(2);
        assertThat(terminal.err()).contains("'2h' is no time", "from 1s to 5m");
        assertThat(johwa("pause", "shop", "--for", "6m")).isEqualTo(2);
        assertThat(terminal.err()).contains("requests cannot wait for 360 s", "johwa maintenance shop on");
        assertThat(johwa("maintenance", "shop", "of")).isEqualTo(2);
        assertThat(terminal.err()).contains("'of' is neither on nor off");
        assertThat(johwa("maintenance", "shop", "on", "--from", "office.example.com"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("'office.example.com' is no range of addresses");
        assertThat(johwa("maintenance", "shopp")).isEqualTo(1);
        assertThat(terminal.err()).contains("there is no app shopp");
        assertThat(johwa("maintenance", "shop")).isZero();
        assertThat(terminal.out()).isEqualTo("shop answers as usual\n");
    }
}
