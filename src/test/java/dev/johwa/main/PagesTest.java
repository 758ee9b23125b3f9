package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What pages tell of real pushes, as a browser without script gets them.
class PagesTest {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([0-9a-f]{64})\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Platform platform;
    private static Path shop;
    private static String cookie;

    @BeforeAll
    static void push() throws Exception {
        platform = new Platform();
        shop = shop(platform);
        var answer = post("/login", "token=" + platform.token());
        var set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        cookie = set.substring(0, set.indexOf(';'));
    }

    /// Two releases, a push that failed, and a preview.
    static Path shop(Platform platform) throws IOException {
        var shop = platform.repository("shop", Apps.PYTHON);
        platform.commit(shop, "johwa.yaml", """
                env: {GREETING: hello}
                schedule: {nightly: {cron: "0 3 * * *", run: echo cleaned up}}
                """);
        platform.push(shop, "main");
        platform.commit(shop, "version", "2 <b>\n");
        platform.push(shop, "main");
        platform.commit(shop, "version", "bad\n");
        platform.push(shop, "main");
        platform.git(shop, "checkout", "-q", "-b", "try");
        platform.commit(shop, "version", "3\n");
        platform.push(shop, "try");
        return shop;
    }

    @AfterAll
    static void end() throws IOException {
        CLIENT.close();
        platform.close();
    }

    private static HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(platform.server().url() + path))
                .timeout(Duration.ofSeconds(60));
        return cookie == null ? request : request.header("Cookie", cookie);
    }

    private static HttpResponse<String> post(String path, String form) throws Exception {
        var request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String page(String path) throws Exception {
        var answer = CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /// The page as soon as it says so.
    private static String eventually(String path, String said) throws Exception {
        var page = page(path);
        for (int i = 0; i < 400 && !words(page).contains(said); i++) {
            Thread.sleep(25);
            page = page(path);
        }
        return page;
    }

    private static int status(String path) throws Exception {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /// What a person reads of a page.
    private static String words(String page) {
        return page.replaceAll("(?s)<(script|style).*?</\\1>", "")
                .replaceAll("<[^>]+>", " ")
                .replaceAll("\\s+", " ");
    }

    @Test
    void theFirstPageListsProjectsWithWhatIsLiveAndWhatHappenedLast() throws Exception {
        assertThat(words(page("/")))
                .contains("Projects", "shop live release")
                .containsPattern("Change \\S+ pushed: done");
    }

    @Test
    void thePageOfAProjectAnswersWhatIsLiveAndIsItWell() throws Exception {
        for (int i = 0; i < 5; i++) {
            platform.body("shop");
        }
        // The edge is asked for its counts once in a while.
        var page = eventually("/shop", "Requests, last hour");
        assertThat(words(page))
                .contains("live shop shop.localhost", "Last change", "pushed", "tested", "built", "live", "healthy")
                .contains("Requests, last hour")
                .contains("try live", "try--shop.localhost", "Went out");
        assertThat(page).contains("<figure class=\"graph\"").doesNotContain("style=");
    }

    @Test
    void whatIsWrongStandsFirst() throws Exception {
        assertThat(words(eventually("/", "1 problem"))).contains("1 problem");
        var page = page("/shop");
        assertThat(words(page.substring(page.indexOf("id=\"wrong\""), page.indexOf("id=\"now\""))))
                .contains("Run 3 of shop failed", "began");
        assertThat(words(page.substring(page.indexOf("id=\"word\"")))).doesNotContain("Run 3 of shop failed");
    }

    @Test
    void aFailedRunTellsWhyAndWhichTestAndWhatItSaid() throws Exception {
        var page = page("/shop/runs/3");
        assertThat(words(page))
                .contains("Run 3", "1 of 1 failed", "test_is_not_bad", "not reached")
                .contains("$ python3 -m unittest");
        assertThat(page).contains("at-failed").doesNotContain("data-live=\"/shop/runs/3/live");
        assertThat(page).as("what failed is open").contains("<details id=\"fold-test\" class=\"fold\" open");
        var found = page("/shop/runs/3?find=UNITTEST");
        assertThat(words(found.substring(found.indexOf("id=\"lines\""))))
                .contains("python3 -m unittest")
                .doesNotContain("1 of 1 failed");
        assertThat(words(page("/shop/runs/3?find=%3Cb%3E"))).contains("No line contains");
        var place = Pattern.compile("id=\"L(\\d+)\"").matcher(page);
        assertThat(place.find()).isTrue();
        assertThat(page("/shop/runs/3?at=" + place.group(1))).contains("id=\"L" + place.group(1) + "\"");
        assertThat(page("/shop/runs/3/log")).contains(" test | ");
    }

    @Test
    void whatPassedIsClosedUntilALineOfItIsAskedFor() throws Exception {
        var closed = "<details id=\"fold-test\" class=\"fold\"><summary";
        var page = page("/shop/runs/1");
        assertThat(page).contains(closed);
        var line = Pattern.compile("id=\"L(\\d+)\" class=\"l\"").matcher(page);
        assertThat(line.find()).isTrue();
        assertThat(page("/shop/runs/1?at=" + line.group(1))).doesNotContain(closed);
        assertThat(page("/shop/runs/1?find=unittest")).doesNotContain(closed);
    }

    @Test
    void runsAndReleasesAreListedAndLinked() throws Exception {
        assertThat(page("/shop/runs")).contains("/shop/runs/4", "/shop/runs/1");
        assertThat(page("/shop/runs?after=3")).contains("/shop/runs/2").doesNotContain("/shop/runs/4\"");
        assertThat(page("/shop/releases")).contains("/shop/releases/1");
        assertThat(words(page("/shop/releases/2")))
                .contains("release 2", "Change version", "Built in Run 2", "sha256:");
    }

    @Test
    void whatAppsPrintIsShownAndFound() throws Exception {
        platform.body("shop");
        assertThat(words(page("/shop/logs"))).contains("listening on");
        assertThat(words(page("/shop/logs?environment=try&find=nothing-like-it")))
                .contains("No line was found for");
        assertThat(words(page("/shop/logs?find=-release:99+/listening.on/"))).contains("listening on");
        assertThat(words(page("/shop/logs?find=-listening"))).doesNotContain("listening on");
        assertThat(words(page("/shop/logs?find=/%5B/")))
                .contains("/[/ is no regular expression", "No line was found for");
        assertThat(status("/shop/logs?environment=none")).isEqualTo(404);
    }

    @Test
    void whatAnAppPrintsNextIsHeardOnceInItsOrder() throws Exception {
        var page = page("/shop/logs");
        var live = Pattern.compile("data-live=\"([^\"]+)\"").matcher(page);
        assertThat(live.find()).isTrue();
        var path = live.group(1).replace("&amp;", "&");
        var answer = CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofLines());
        for (int i = 0; i < 30; i++) {
            platform.get("shop.localhost", "/asked-" + i + "-");
        }
        var heard = new StringBuilder();
        try (var lines = answer.body()) {
            lines.peek(heard::append)
                    .filter(line -> line.contains("/asked-29-"))
                    .findFirst()
                    .orElseThrow();
        }
        var asked = Pattern.compile("/asked-(\\d+)-")
                .matcher(heard)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();
        assertThat(asked).hasSize(30).isSorted();
    }

    @Test
    void whatIsNotThereIsAPageThatSaysSo() throws Exception {
        for (var path : List.of(
                "/shops",
                "/shop/environments/a/b%20c",
                "/shop/runs/99",
                "/shop/releases/99",
                "/shop/nothing",
                "/shop/operations/x",
                "/SHOP")) {
            assertThat(status(path)).as(path).isEqualTo(404);
        }
        for (var path : List.of("/shop/runs/x", "/shop/runs/3?at=x", "/shop/runs?after=x", "/shop/releases/x")) {
            assertThat(status(path)).as(path).isEqualTo(400);
        }
        var request = request("/shops").build();
        assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .contains("Did you mean &#39;shop&#39;?");
    }

    /// Fills a form of a page in and sends it.
    private static HttpResponse<String> fill(String page, String action, String fields) throws Exception {
        var form = FORM.matcher(page(page));
        assertThat(form.find()).isTrue();
        return post(action, "form=" + form.group(1) + "&environment=production" + fields);
    }

    @Test
    void thePageOfAnEnvironmentTellsWhatRunsThereAndWhatItWasGiven() throws Exception {
        var page = page("/shop/environments/production");
        assertThat(words(page))
                .contains("live shop shop.localhost", "Runs on healthy web shop-", "since")
                .contains("GREETING johwa.yaml", "nightly", "0 3 * * *", "next in")
                .contains("Maintenance …", "Scale …", "Restart …", "Went out")
                .contains("johwa domains add shop shop.example.com")
                .doesNotContain("hello");
        assertThat(words(page("/shop/environments/try"))).contains("try--shop.localhost", "not by itself here");
        assertThat(status("/shop/environments/trie")).isEqualTo(404);
        var answer = CLIENT.send(
                request("/shop/live/environment?environment=production").build(), HttpResponse.BodyHandlers.ofLines());
        try (var lines = answer.body()) {
            assertThat(lines.anyMatch(line -> line.contains("\"id\":\"runs-on\"")))
                    .isTrue();
        }
    }

    @Test
    void aNameIsToldAlsoWhereNothingIsSaidThroughTls() throws Exception {
        var place = "/shop/environments/production";
        assertThat(domains("", "POST", "{\"name\": \"shop.example.com\", \"project\": \"shop\", \"app\": \"shop\"}"))
                .isEqualTo(201);
        assertThat(words(eventually(place, "no TLS here"))).contains("Names shop.example.com no TLS here");
        assertThat(page(place)).contains("\"http://shop.example.com/\"");
        assertThat(domains("/shop.example.com", "DELETE", "")).isEqualTo(204);
        assertThat(words(eventually(place, "No name beside"))).contains("No name beside its own here");
    }

    private static int domains(String path, String method, String body) throws Exception {
        var request = request("/api/v1/domains" + path)
                .header("Authorization", "Bearer " + platform.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void whatIsNowhereIsAPageForWhoTakesPages() throws Exception {
        for (var path : List.of("/shop/nowhere", "/shop/runs/1/nowhere")) {
            var answer = CLIENT.send(
                    request(path).header("Accept", "text/html,*/*").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(words(answer.body())).contains("Nothing is here", path);
        }
    }

    @Test
    void anAppIsClosedAndOpenedAndScaledFromItsPage() throws Exception {
        var place = "/shop/environments/production";
        var closed = fill(place, "/shop/apps/shop/maintenance", "&message=Back+at+noon");
        assertThat(closed.statusCode()).as(closed.body()).isEqualTo(303);
        assertThat(closed.headers().firstValue("Location")).hasValue(place);
        assertThat(words(page(place)))
                .contains("maintenance", "End maintenance")
                .doesNotContain("Pause …");
        assertThat(platform.body("shop")).contains("Back at noon");
        assertThat(fill(place, "/shop/apps/shop/open", "").statusCode()).isEqualTo(303);
        assertThat(fill(place, "/shop/apps/shop/pause", "").statusCode()).isEqualTo(303);
        assertThat(words(page(place))).contains("Let requests go on");
        assertThat(fill(place, "/shop/apps/shop/resume", "").statusCode()).isEqualTo(303);
        assertThat(words(page(place))).contains("Maintenance …", "Pause …");
        var scaled = fill(place, "/shop/apps/shop/scale", "&count-web=1");
        assertThat(scaled.statusCode()).as(scaled.body()).isEqualTo(303);
        assertThat(events(scaled.headers().firstValue("Location").orElseThrow() + "/live"))
                .contains("event: end");
        var again = fill(place, "/shop/apps/shop/restart", "");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(303);
        assertThat(events(again.headers().firstValue("Location").orElseThrow() + "/live"))
                .contains("instead of shop-2-web-", "event: end");
        assertThat(words(eventually(place, "MiB"))).contains(" MiB", "CPU 0.");
        assertThat(page("/metrics"))
                .contains("johwa_instance_memory_bytes{app=\"shop\",environment=\"production\",instance=\"shop-")
                .contains("johwa_instance_cpu_seconds_total{app=\"shop\"");
        assertThat(fill(place, "/shop/apps/shop/scale", "&count-web=many").statusCode())
                .isEqualTo(400);
        assertThat(post("/shop/apps/shop/maintenance", "environment=production").statusCode())
                .as("a form of somebody else")
                .isEqualTo(403);
    }

    @Test
    void aJobIsRunFromItsPageAndShowsWhatItSaid() throws Exception {
        var job = "/shop/apps/shop/jobs/nightly";
        assertThat(words(page("/shop"))).contains("Jobs", "nightly", "Run now");
        var started = fill(job, job + "/run", "");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(303);
        assertThat(events(started.headers().firstValue("Location").orElseThrow() + "/live"))
                .contains("event: end");
        assertThat(words(eventually(job, "cleaned up")))
                .contains("done Run 1 exit 0 owner", "What run 1 said cleaned up");
        assertThat(status("/shop/apps/shop/jobs/weekly")).isEqualTo(404);
    }

    @Test
    void goingBackIsLookedAtFirstAndThenDone() throws Exception {
        var look = page("/shop/releases/1/rollback");
        assertThat(words(look))
                .contains("Roll back shop to release 1", "Release 2 serves now", "One commit goes back")
                .contains("Roll back to 1: 1 commit");
        var form = FORM.matcher(look);
        assertThat(form.find()).isTrue();
        var answer = post("/shop/releases/1/rollback", "form=" + form.group(1));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        var work = answer.headers().firstValue("Location").orElseThrow();
        assertThat(events(work + "/live")).contains("event: end");
        assertThat(words(page(work))).contains("done Roll back", "serves again");
        assertThat(platform.body("shop")).isEqualTo("1");
        assertThat(words(page("/shop"))).contains("release 1");
        assertThat(post("/shop/releases/1/rollback", "form=" + form.group(1)).statusCode())
                .isEqualTo(409);
        post("/shop/releases/2/rollback", "form=" + form.group(1));
    }

    /// All that a live page hears until it is over.
    private static String events(String path) throws Exception {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aPageThatIsOpenHearsWhatChanges() throws Exception {
        var heard = new ArrayList<String>();
        var answer = CLIENT.send(request("/shop/live").build(), HttpResponse.BodyHandlers.ofLines());
        platform.git(shop, "checkout", "-q", "-b", "more");
        platform.commit(shop, "version", "4\n");
        platform.push(shop, "-o", "nowait", "more");
        try (var lines = answer.body()) {
            lines.peek(heard::add)
                    .filter(line -> line.contains("more--shop.localhost"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(heard).anyMatch(line -> line.contains("\"id\":\"road\""));
    }

    @Test
    void aRunThatGoesOnIsFollowedToItsEnd() throws Exception {
        platform.git(shop, "checkout", "-q", "-b", "slow", "main");
        platform.commit(shop, "test_app.py", """
            import time, unittest
            class SlowTest(unittest.TestCase):
                def test_slowly(self):
                    for i in range(20):
                        print('line', i, flush=True)
                        time.sleep(0.1)
            """);
        var told = platform.push(shop, "-o", "nowait", "-o", "skip-deploy", "slow");
        var number = Pattern.compile("Run (\\d+) goes on").matcher(told);
        assertThat(number.find()).as(told).isTrue();
        var path = "/shop/runs/" + number.group(1) + "/live";
        var events = events(path + "?after=0");
        assertThat(events).contains("line 0", "line 19", "event: end", "is-passed");
        assertThat(events.lines().filter(line -> line.startsWith("id: ")))
                .as("whoever comes back goes on after the last line, whatever else was sent")
                .doesNotContain("id: 0")
                .doesNotHaveDuplicates();
        assertThat(events(path))
                .as("for who reads earlier lines")
                .contains("event: end")
                .doesNotContain("event: lines");
        var lines =
                events.lines().filter(line -> line.startsWith("event: lines")).count();
        assertThat(lines).as("in pieces, as they come").isGreaterThan(3);
        assertThat(page("/shop/runs/" + number.group(1))).contains("line 19");
    }

    @Test
    void wordsAreKoreanForWhoAsksForThem() throws Exception {
        for (var path : List.of(
                "/",
                "/shop",
                "/shop/runs",
                "/shop/runs/3",
                "/shop/releases",
                "/shop/releases/2",
                "/shop/releases/1/rollback",
                "/shop/environments/production",
                "/shop/apps/shop/jobs/nightly",
                "/shop/logs",
                "/shop/metrics")) {
            var request = request(path).header("Accept-Language", "ko").build();
            var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isIn(200, 409);
            assertThat(answer.body()).contains("<html lang=\"ko\">", "로그아웃");
        }
    }

    @Test
    void pagesAreLight() throws Exception {
        long assets = 0;
        var files = Pattern.compile("/-/assets/[^\"]+").matcher(page("/"));
        while (files.find()) {
            assets += page(files.group()).getBytes(StandardCharsets.UTF_8).length;
        }
        for (var path : List.of("/", "/shop", "/shop/runs/3", "/shop/environments/production")) {
            assertThat(assets + page(path).getBytes(StandardCharsets.UTF_8).length)
                    .as(path)
                    .isLessThan(60 * 1024);
        }
    }
}
