package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import dev.johwa.source.identity.Role;
import dev.johwa.source.identity.Sessions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In and out over real HTTP, as a browser asks and as somebody asks who means no good.
class LoginTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private GitDoor door;

    @BeforeEach
    void open() {
        door = new GitDoor(folder);
    }

    @AfterEach
    void close() {
        client.close();
        door.close();
    }

    private HttpResponse<String> get(String path, String... fields) throws Exception {
        return send(request(path, fields).GET());
    }

    private HttpResponse<String> post(String path, String form, String... fields) throws Exception {
        return send(request(path, fields).header("Content-Type", FORM).POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path, String... fields) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path));
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<?> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow();
    }

    private static String location(HttpResponse<?> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private String session() throws Exception {
        var set = cookie(post("/login", "token=" + door.token));
        return set.substring(0, set.indexOf(';'));
    }

    private static String formToken(String cookie) {
        return Sessions.formToken(cookie.substring(cookie.indexOf('=') + 1));
    }

    @Test
    void aTokenOpensASessionThatScriptsAndOtherSitesCannotUse() throws Exception {
        var answer = post("/login", "token=" + door.token + "&to=%2Fshop%3Fa%3D1");
        assertThat(location(answer)).isEqualTo("/shop?a=1");
        assertThat(cookie(answer))
                .startsWith(SessionCookie.NAME + "=")
                .contains("; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=2592000")
                .doesNotContain("Secure")
                .doesNotContain(door.token);
        assertThat(cookie(post("/login", "token=" + door.token, "X-Forwarded-Proto", "https")))
                .endsWith("; Secure");
        assertThat(location(get("/login", "Cookie", session()))).isEqualTo("/");
    }

    @Test
    void whoShowedATokenInATerminalLogsOneBrowserInOnce() throws Exception {
        var made = send(request("/api/v1/admissions", "Authorization", "Bearer " + door.token)
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(made.statusCode()).isEqualTo(201);
        var path = Json.tree(made.body()).get("path").asString();
        assertThat(location(get(path + "&to=/shop", "Sec-Fetch-Site", "cross-site", "Cookie", session())))
                .isEqualTo("/shop");
        assertThat(get(path, "Sec-Fetch-Site", "cross-site").headers().firstValue("Set-Cookie"))
                .as("another site must not say who its reader is")
                .isEmpty();
        var entered = get(path + "&to=/shop", "Sec-Fetch-Site", "none");
        assertThat(location(entered)).isEqualTo("/shop");
        assertThat(cookie(entered)).contains("HttpOnly");
        assertThat(get(path + "&to=/shop").statusCode()).as("once").isEqualTo(200);
        assertThat(get("/login?once=forged").statusCode()).isEqualTo(200);
    }

    @Test
    void aWrongTokenIsToldAndOpensNothing() throws Exception {
        for (var form : new String[] {"token=jhw_wrong", "token=", "", "name=", "token=" + "x".repeat(60_000)}) {
            var answer = post("/login", form);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(answer.body()).contains("not known here").doesNotContain("jhw_");
        }
        assertThat(post("/login", "token=%zz").statusCode()).isEqualTo(400);
        assertThat(post("/login", "x".repeat(64 * 1024 + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void whoIsNotLoggedInIsAskedToAndComesBack() throws Exception {
        assertThat(location(get("/"))).isEqualTo("/login");
        assertThat(location(get("/shop/runs/3?lines=5"))).isEqualTo("/login?to=%2Fshop%2Fruns%2F3%3Flines%3D5");
        assertThat(get("/login?to=%2Fshop").body()).contains("name=\"to\" value=\"/shop\"");
        for (var elsewhere : new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aX:y"}) {
            var answer = post("/login", "token=" + door.token + "&to=" + elsewhere);
            assertThat(location(answer)).isEqualTo("/");
        }
    }

    @Test
    void everyPageAndEveryFormRefusesWhoIsNotLoggedIn() throws Exception {
        assertThat(door.web().pages()).isNotEmpty();
        for (var route : door.web().pages()) {
            if (route.access() == Access.OPEN) {
                continue;
            }
            var path = WebTest.example(route);
            var forged = "Cookie";
            var answer = route.method().equals("GET")
                    ? get(path, forged, SessionCookie.NAME + "=forged")
                    : post(path, "", forged, SessionCookie.NAME + "=forged");
            assertThat(answer.statusCode()).as(path).isEqualTo(route.method().equals("GET") ? 303 : 401);
        }
    }

    @Test
    void whoMayOnlyLookIsRefusedEveryFormThatChangesSomething() throws Exception {
        var viewer = door.tokens.create("ada", Role.VIEWER, Optional.empty());
        var other = door.tokens.create("bob", Role.MAINTAINER, Optional.of("another"));
        int changing = 0;
        for (var route : door.web().pages()) {
            if (route.access().permission().isEmpty()) {
                continue;
            }
            assertThat(asked(route, other)).as(route.path()).isEqualTo(403);
            if (route.access() != Access.READ) {
                changing++;
                assertThat(asked(route, viewer)).as(route.path()).isEqualTo(403);
            }
        }
        assertThat(changing).isGreaterThan(5);
    }

    private int asked(Route route, String token) throws Exception {
        var set = cookie(post("/login", "token=" + token));
        var cookie = set.substring(0, set.indexOf(';'));
        var path = WebTest.example(route);
        return route.method().equals("GET")
                ? get(path, "Cookie", cookie).statusCode()
                : post(path, "form=" + formToken(cookie), "Cookie", cookie).statusCode();
    }

    @Test
    void aFormIsTakenFromOurOwnPagesOnly() throws Exception {
        var cookie = session();
        var good = "form=" + formToken(cookie);
        var host = "127.0.0.1:" + door.port();
        assertThat(post("/-/logout", "", "Cookie", cookie).statusCode()).isEqualTo(403);
        assertThat(post("/-/logout", "form=" + "0".repeat(64), "Cookie", cookie).statusCode())
                .isEqualTo(403);
        assertThat(post("/-/logout", good, "Cookie", cookie, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/-/logout", good, "Cookie", cookie, "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);
        for (var origin : new String[] {"http://evil.example", "null", "http://" + host + ".evil.example"}) {
            assertThat(post("/-/logout", good, "Cookie", cookie, "Origin", origin)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post("/login", "token=" + door.token, "Origin", origin).statusCode())
                    .isEqualTo(403);
        }
        for (var route : door.web().pages()) {
            if (route.method().equals("POST") && route.access() != Access.OPEN) {
                var path = WebTest.example(route);
                assertThat(post(path, "", "Cookie", cookie).statusCode())
                        .as(path)
                        .isEqualTo(403);
                assertThat(post(path, good, "Cookie", cookie, "Origin", "http://evil.example")
                                .statusCode())
                        .as(path)
                        .isEqualTo(403);
            }
        }
        assertThat(location(get("/login", "Cookie", cookie))).isEqualTo("/");
        assertThat(location(post("/-/logout", good, "Cookie", cookie, "Origin", "http://" + host)))
                .isEqualTo("/login");
        assertThat(get("/login", "Cookie", cookie).statusCode()).isEqualTo(200);
    }

    @Test
    void aSessionOpensPagesAndNotTheApiAndATokenTheApiAndNotPages() throws Exception {
        assertThat(get("/api/v1/tokens", "Cookie", session()).statusCode()).isEqualTo(401);
        assertThat(location(get("/", "Authorization", "Bearer " + door.token))).isEqualTo("/login");
    }

    @Test
    void whatGoesWrongIsAPageForPeopleAndADocumentForPrograms() throws Exception {
        var page = get("/no/such/place/at/all");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body())
                .contains(
                        "/no/such/place/at/all",
                        page.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(get("/no/<script>alert(1)</script>/x/y".replace("<", "%3C").replace(">", "%3E"))
                        .body())
                .doesNotContain("<script>alert");
        assertThat(get("/api/v1/nothing").headers().firstValue("Content-Type")).hasValue("application/problem+json");
        // Clients of registries read the form of their specification.
        assertThat(get("/v2/").headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void everyAnswerToABrowserHoldsItToItsHeaders() throws Exception {
        for (var path : new String[] {"/login", "/", "/no/such/place/at/all"}) {
            var headers = get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
        }
        assertThat(get("/login").headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void whatPagesLoadIsKeptForEverUnderItsHash() throws Exception {
        var page = get("/login").body();
        var files = Pattern.compile("/-/assets/[^\"]+").matcher(page).results().toList();
        assertThat(files).hasSize(3);
        for (var file : files) {
            var answer = get(file.group());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("immutable");
            assertThat(get(file.group(), "Accept-Encoding", "br, gzip;q=0, zstd")
                            .body())
                    .isEqualTo(answer.body());
            assertThat(unpacked(file.group())).isEqualTo(answer.body());
        }
        assertThat(get("/-/assets/app.css").statusCode()).isEqualTo(404);
        assertThat(get("/-/assets/app.000000000000.css").statusCode()).isEqualTo(404);
    }

    private String unpacked(String path) throws Exception {
        var request = request(path, "Accept-Encoding", "deflate, gzip, br").build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (var text = new GZIPInputStream(answer.body())) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void pagesSpeakWhatTheBrowserAsksForUntilAPersonChooses() throws Exception {
        assertThat(get("/login").body()).contains("<html lang=\"en\">");
        assertThat(get("/login", "Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8").body())
                .contains("<html lang=\"ko\">", "로그인");
        assertThat(get("/login", "Accept-Language", "fr, de;q=0.5").body()).contains("<html lang=\"en\">");
        assertThat(get("/login", "Accept-Language", ";;;q=x").body()).contains("<html lang=\"en\">");
        var chosen = post("/-/language", "language=ko&back=%2Flogin%3Fto%3D%2Fshop");
        assertThat(location(chosen)).isEqualTo("/login?to=/shop");
        var cookie = cookie(chosen);
        assertThat(get("/login", "Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .body())
                .contains("<html lang=\"ko\">");
        assertThat(post("/-/language", "language=xx").statusCode()).isEqualTo(404);
    }
}
