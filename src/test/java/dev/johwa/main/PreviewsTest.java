package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Client;
import dev.johwa.door.api.LinkList;
import dev.johwa.door.api.PeopleList;
import dev.johwa.lib.http.HttpCalls;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Previews of an edge that others reach: for those who log in or have a link; production is for everybody.
class PreviewsTest {
    private static final String PASSWORD = "four words nobody knows";
    private static final AppName SHOP = AppName.parse("shop");
    private static final String PREVIEW = "feature--shop.localhost";
    private static final Pattern GOAL = Pattern.compile("0; url=(.*)");

    private static Platform platform;
    private static HttpCalls calls;
    private static Client owner;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform(usual -> Platform.with(
                usual,
                Map.of(
                        "edge", new InetSocketAddress("0.0.0.0", usual.edge().getPort()),
                        "listen",
                                new InetSocketAddress("0.0.0.0", usual.listen().getPort()))));
        calls = new HttpCalls(server());
        owner = new Client(calls, server(), Optional.of(platform.token()));
        var repository = platform.repository("shop", "index.html", "<h1>live</h1>");
        platform.push(repository, "main");
        branch(repository, "feature");
        branch(repository, "open");
        platform.commit(repository, "johwa.yaml", "environments:\n  preview: {access: public}\n");
        platform.push(repository, "open");
    }

    private static URI server() {
        return URI.create(platform.server().url().replace("0.0.0.0", "127.0.0.1"));
    }

    private static void branch(Path repository, String name) throws IOException {
        platform.git(repository, "checkout", "-q", "-B", name, "main");
        platform.commit(repository, "index.html", "<h1>" + name + "</h1>");
        assertThat(platform.push(repository, name))
                .contains("http://" + name + "--shop.localhost:", "johwa open shop --environment " + name + " --share");
    }

    @AfterAll
    static void end() throws IOException {
        calls.close();
        platform.close();
    }

    private static int status(String host, String... fields) throws Exception {
        return platform.get(host, "/", fields).statusCode();
    }

    @Test
    void outsidersSeeProductionAndNoPreview() throws Exception {
        assertThat(status("shop.localhost")).isEqualTo(200);
        assertThat(status(PREVIEW)).isEqualTo(401);
        var browser = platform.get(PREVIEW, "/a", "Accept", "text/html");
        assertThat(browser.statusCode()).isEqualTo(302);
        assertThat(browser.headers().firstValue("Location").orElseThrow())
                .startsWith("http://localhost:" + server().getPort() + "/-/preview?to=http%3A%2F%2F" + PREVIEW);
    }

    @Test
    void aProjectMakesItsPreviewsPublic() throws Exception {
        assertThat(status("open--shop.localhost")).isEqualTo(200);
        assertThat(owner.links(SHOP, "open").guarded()).isFalse();
    }

    @Test
    void aLinkLetsInUntilItIsWithdrawn() throws Exception {
        var made = owner.share(SHOP, new LinkList.Order("feature", "1d"));
        var token = made.link().substring(made.link().indexOf('=') + 1);
        assertThat(made.link()).startsWith("http://" + PREVIEW);
        assertThat(status(PREVIEW, "Johwa-Share", token)).isEqualTo(200);
        assertThat(status("open--shop.localhost", "Johwa-Share", "jhs_other")).isEqualTo(200);
        assertThat(owner.links(SHOP, "feature").links())
                .extracting(LinkList.Item::id)
                .contains(made.id());

        owner.withdrawLink(SHOP, "feature", made.id());
        assertThat(status(PREVIEW, "Johwa-Share", token)).isEqualTo(401);
    }

    /// A browser: it keeps cookies, and says that it reads pages.
    private record Browser(HttpClient client) {
        static Browser fresh() {
            return new Browser(
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build());
        }

        HttpResponse<String> get(URI address) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(address)
                            .header("Accept", "text/html")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> post(URI address, String form) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(address)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void whoLogsInComesBackAndIsOutAtOnceWhenRemoved() throws Exception {
        var kim = joined("kim", "viewer", Optional.of("shop"));
        var browser = Browser.fresh();
        var preview = "http://" + PREVIEW + ":"
                + URI.create(platform.server().edgeUrl()).getPort() + "/?a=b";
        var way = server().resolve("/-/preview?to=" + encoded(preview));

        var asked = browser.get(way);
        assertThat(asked.statusCode()).isEqualTo(303);
        var login = server().resolve(asked.headers().firstValue("Location").orElseThrow());
        assertThat(login.getPath()).isEqualTo("/login");
        var entered = browser.post(
                server().resolve("/login"),
                "token=" + kim + "&to=" + encoded(way.getRawPath() + "?" + way.getRawQuery()));
        assertThat(entered.statusCode()).isEqualTo(303);
        var goal = goal(browser.get(
                server().resolve(entered.headers().firstValue("Location").orElseThrow())));
        assertThat(goal).startsWith(preview + "&johwa-share=");

        var path = goal.substring(goal.indexOf("/?"));
        var first = platform.get(PREVIEW, path, "Accept", "text/html");
        assertThat(first.headers().firstValue("Location")).hasValue("/?a=b");
        var cookie = first.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        assertThat(status(PREVIEW, "Cookie", cookie)).isEqualTo(200);
        assertThat(status("open--shop.localhost", "Cookie", cookie)).isEqualTo(200);
        assertThat(platform.get(PREVIEW, path, "Accept", "text/html").statusCode())
                .isEqualTo(401);

        owner.people().remove("kim");
        assertThat(status(PREVIEW, "Cookie", cookie)).isEqualTo(401);
        assertThat(browser.get(way).statusCode()).isEqualTo(303);
    }

    private static String goal(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var found = GOAL.matcher(answer.headers().firstValue("Refresh").orElseThrow());
        assertThat(found.matches()).isTrue();
        return found.group(1);
    }

    private static String joined(String name, String role, Optional<String> project) {
        var link =
                owner.people().invite(new PeopleList.Order(name, role, project)).link();
        return new Client(calls, server(), Optional.empty())
                .people()
                .acceptInvitation(new PeopleList.Acceptance(
                        link.substring(link.lastIndexOf('/') + 1), Optional.empty(), PASSWORD));
    }

    @Test
    void whoMayNotSeeTheProjectSeesNoPreviewNeither() throws Exception {
        var lee = joined("lee", "viewer", Optional.of("blog"));
        var browser = Browser.fresh();
        browser.post(server().resolve("/login"), "token=" + lee);
        for (var to : new String[] {
            "http://" + PREVIEW + "/",
            "http://shop.localhost/",
            "http://evil.example/",
            "javascript:alert(1)",
            "",
            "//x"
        }) {
            var answer = browser.get(server().resolve("/-/preview?to=" + encoded(to)));
            assertThat(answer.statusCode()).as(to).isEqualTo(404);
            assertThat(answer.headers().firstValue("Refresh")).isEmpty();
        }
    }

    @Test
    void linksGoWithTheirPreview() throws Exception {
        var repository = platform.repository("gone", "index.html", "<h1>live</h1>");
        platform.push(repository, "main");
        platform.git(repository, "checkout", "-q", "-b", "short");
        platform.commit(repository, "index.html", "<h1>short</h1>");
        platform.push(repository, "short");
        var gone = AppName.parse("gone");
        owner.share(gone, new LinkList.Order("short", "1d"));

        platform.push(repository, "--delete", "short");
        eventually(() -> owner.links(gone, "short").links().isEmpty());
    }
}
