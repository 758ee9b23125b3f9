package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Tools;
import dev.johwa.door.api.Client;
import dev.johwa.door.api.IssueList;
import dev.johwa.door.api.PeopleList;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every page in a real Chromium: light and dark, phone and desktop, by axe's rules, without script, by keyboard.
class BrowserTest {
    /// Where pictures go, for people who look at them.
    private static final Optional<Path> PICTURES =
            Optional.ofNullable(System.getProperty("johwa.pictures")).map(Path::of);

    private static Platform platform;
    private static Browser browser;
    private static Path shop;
    private static String invitation;

    @TempDir
    Path folder;

    @BeforeAll
    static void push() throws Exception {
        browser = new Browser();
        platform = new Platform();
        shop = PagesTest.shop(platform);
        var blog = platform.repository("blog", Apps.PYTHON);
        platform.commit(blog, "version", "bad\n");
        platform.push(blog, "main");
        for (int i = 0; i < 20; i++) {
            platform.body("shop");
        }
        invite();
        logIn();
    }

    /// Somebody is here, somebody else has yet to come in, and there is something to talk about.
    private static void invite() {
        var server = URI.create(platform.server().url());
        try (var calls = new HttpCalls(server)) {
            var owner = new Client(calls, server, Optional.of(platform.token()));
            var kim = owner.people()
                    .invite(new PeopleList.Order("kim", "viewer", Optional.of("shop")))
                    .link();
            var token = kim.substring(kim.lastIndexOf('/') + 1);
            owner.people()
                    .acceptInvitation(new PeopleList.Acceptance(token, Optional.empty(), "four words nobody knows"));
            var lee = owner.people().invite(new PeopleList.Order("lee", "maintainer", Optional.empty()));
            invitation = URI.create(lee.link()).getPath();
            var issue = new IssueList.Order(
                    "Basket is empty after the login",
                    Optional.of(
                            "Since **41**, see #1:\n\n```\n" + "basket ".repeat(40) + "\n```\n\n1. log in\n2. look\n"),
                    Optional.of("kim"),
                    Optional.of(List.of("bug", "urgent")));
            owner.issues().open("shop", issue);
            owner.issues().comment("shop", 1, "Seen again.\nTwice.");
        }
    }

    @AfterAll
    static void end() throws IOException {
        browser.close();
        platform.close();
    }

    @BeforeEach
    void usual() {
        browser.withoutScript(false);
        browser.look(1280, "light");
        browser.said();
    }

    private static void logIn() {
        browser.open(url("/login?to=/shop"));
        browser.value("document.querySelector('details').open = true");
        browser.value("document.getElementById('token').focus()");
        browser.type(platform.token());
        browser.doing(() -> browser.value("document.querySelector('details form button').click()"));
    }

    private static String url(String path) {
        return platform.server().url() + path;
    }

    private static List<String> pages() {
        return List.of(
                "/",
                "/shop",
                "/shop/runs",
                "/shop/runs/3",
                "/shop/runs/4",
                "/shop/releases",
                "/shop/releases/2",
                "/shop/releases/1/rollback",
                "/shop/environments/production",
                "/shop/apps/shop/jobs/nightly",
                "/shop/logs",
                "/shop/metrics",
                "/shop/issues",
                "/shop/issues/1",
                "/shop/new-issue",
                "/shop/incidents",
                "/shop/incidents/1",
                "/-/people",
                invitation,
                "/no-such-project");
    }

    @Test
    void whoLogsInComesToThePageThatTheyWantedAndIsOutWhenTheyLeave() {
        browser.open(url("/shop"));
        browser.doing(() -> browser.value("document.querySelector('form[action=\"/-/logout\"] button').click()"));
        assertThat(browser.text("location.pathname")).isEqualTo("/login");
        browser.open(url("/shop"));
        assertThat(browser.text("location.pathname")).isEqualTo("/login");
        logIn();
        assertThat(browser.text("location.pathname")).isEqualTo("/shop");
        assertThat(browser.text("document.cookie"))
                .as("nothing that scripts can read")
                .isEmpty();
    }

    @Test
    void everyPageHoldsTheRulesOfAccessibilityInEverySizeAndScheme() throws Exception {
        var axe = Files.readString(Tools.npm("axe-core/axe.min.js"));
        var found = new ArrayList<String>();
        for (var path : pages()) {
            browser.open(url(path));
            browser.value(axe + ";0");
            browser.value("document.querySelectorAll('details').forEach(each => { each.open = true; })");
            for (var scheme : List.of("light", "dark")) {
                for (int width : new int[] {390, 1280}) {
                    browser.look(width, scheme);
                    // Of the rules only those about colours can judge another scheme otherwise.
                    boolean isWhole = scheme.equals("light");
                    var told = Json.tree(browser.text("axe.run("
                            + (isWhole ? "" : "{runOnly: {type: 'rule', values: ['color-contrast']}}")
                            + ").then(found => JSON.stringify({passed:"
                            + " found.passes.length, violations: found.violations.map(each => [each.id,"
                            + " each.nodes.map(node => node.html).slice(0, 3)])}))"));
                    assertThat(told.get("passed").asInt())
                            .as("rules that applied")
                            .isGreaterThan(isWhole ? 15 : 0);
                    if (!told.get("violations").isEmpty()) {
                        found.add(path + " " + scheme + " " + width + ": " + told.get("violations"));
                    }
                    if (PICTURES.isPresent()) {
                        browser.picture(PICTURES.get().resolve(picture(path, scheme, width)));
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static String picture(String path, String scheme, int width) {
        var name = path.equals("/")
                ? "home"
                : path.equals(invitation) ? "invitation" : path.substring(1).replace('/', '-');
        return name + "-" + scheme + "-" + width + ".png";
    }

    @Test
    void noPageIsWiderThanItsWindowAlsoWhenItIsTwiceAsLargeOrSaysAnythingToTheConsole() {
        for (var path : pages()) {
            browser.open(url(path));
            for (int width : new int[] {320, 390, 640, 1280}) {
                browser.look(width, "light");
                assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                        .as(path + " at " + width)
                        .isLessThanOrEqualTo(width);
            }
            // A browser says itself that an address answered 404.
            assertThat(browser.said().stream().filter(each -> !each.contains("status of 404")))
                    .as(path)
                    .isEmpty();
        }
    }

    @Test
    void everyPageIsValidHtml() throws Exception {
        var argv = new ArrayList<String>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-jar",
                Tools.npm("vnu-jar/build/dist/vnu.jar").toString(),
                "--exit-zero-always",
                "--stdout",
                "--format",
                "json"));
        browser.open(url("/shop"));
        for (var path : pages()) {
            var file = folder.resolve(path.replace('/', '_') + ".html");
            Files.writeString(file, browser.source(url(path)));
            argv.add(file.toString());
        }
        var process = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        var errors = new ArrayList<String>();
        for (var message : Json.tree(told).get("messages")) {
            if (!message.get("type").asString().equals("info")) {
                errors.add(message.get("url").asString() + ": "
                        + message.get("message").asString() + " "
                        + (message.has("extract") ? message.get("extract").asString() : ""));
            }
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void withoutScriptPagesAreReadAndFormsWork() {
        browser.withoutScript(true);
        for (var path : pages()) {
            browser.open(url(path));
            assertThat(browser.text("document.querySelector('main').innerText"))
                    .as(path)
                    .hasSizeGreaterThan(20);
        }
        browser.open(url("/shop"));
        assertThat(browser.text("document.documentElement.lang")).isEqualTo("en");
        browser.doing(() -> browser.value("document.querySelector('form[action=\"/-/language\"] button').click()"));
        assertThat(browser.text("document.documentElement.lang")).isEqualTo("ko");
        assertThat(browser.text("location.pathname")).isEqualTo("/shop");
        browser.doing(() -> browser.value("document.querySelector('form[action=\"/-/language\"] button').click()"));
        assertThat(browser.text("document.documentElement.lang")).isEqualTo("en");
    }

    @Test
    void aPageThatIsOpenShowsAPushWithoutMovingWhatStays() throws Exception {
        browser.open(url("/shop"));
        browser.value("document.querySelector('#now a.address').focus(); window.kept = document.querySelector('#now')");
        platform.git(shop, "checkout", "-q", "-b", "seen", "main");
        platform.commit(shop, "version", "seen\n");
        platform.push(shop, "-o", "nowait", "seen");
        browser.until("document.querySelector('#places').innerText.includes('seen--shop')");
        browser.until("document.querySelector('#road').innerText.includes('passed')");
        assertThat(browser.value("window.kept === document.querySelector('#now')")
                        .asBoolean())
                .isTrue();
        assertThat(browser.text("document.activeElement.className")).isEqualTo("address");
        assertThat(browser.said()).isEmpty();
    }

    @Test
    void aRunIsFollowedLineByLineToItsEnd() throws Exception {
        platform.git(shop, "checkout", "-q", "-b", "followed", "main");
        platform.commit(shop, "test_app.py", """
            import time, unittest
            class SlowTest(unittest.TestCase):
                def test_slowly(self):
                    for i in range(40):
                        print('\\x1b[32mline\\x1b[0m <b>', i, time.time() * 1000, flush=True)
                        time.sleep(0.1)
            """);
        var told = platform.push(shop, "-o", "nowait", "-o", "skip-deploy", "followed");
        var number = told.replaceAll("(?s).*Run (\\d+) goes on.*", "$1");
        browser.open(url("/shop/runs/" + number));
        browser.until("document.querySelector('#lines').innerText.includes('line <b> 5 ')");
        assertThat(browser.text("document.querySelector('#run .state').className"))
                .contains("is-running");
        browser.look(390, "light");
        browser.until("document.querySelector('.fresh')?.innerText.includes('new lines') || (scrollTo(0, 0), false)");
        browser.value("document.querySelector('.fresh').click()");
        browser.until("!document.querySelector('.fresh')");
        browser.until("document.querySelector('#lines').innerText.includes('line <b> 39 ')");
        browser.until("document.querySelector('#run .state').className.includes('is-passed')");
        var once = browser.value("document.querySelector('#lines').innerText.split('line <b> 7 ').length - 1");
        assertThat(once.asInt()).as("no line twice").isEqualTo(1);
        // The end is told after what changed last.
        browser.until("document.getElementById('tail') === null");
        assertThat(browser.said()).isEmpty();
    }

    @Test
    void aCommandIsCopiedAlsoWhereTheBrowserGivesNoClipboard() throws Exception {
        browser.open(url("/shop"));
        browser.value("Object.defineProperty(navigator, 'clipboard', {value: undefined})");
        browser.value(
                "document.addEventListener('copy', () => { window.put = String(document.activeElement.value); })");
        browser.value("document.querySelector('#word .copy').click()");
        browser.until("window.put?.startsWith('johwa notify add')");
        assertThat(browser.text("document.activeElement.innerText")).isEqualTo("Copied");
        assertThat(browser.said()).isEmpty();
    }

    @Test
    void aKeyboardIsEnough() throws Exception {
        browser.open(url("/shop/runs"));
        browser.key("j");
        browser.key("j");
        assertThat(browser.text("document.activeElement.getAttribute('href')")).startsWith("/shop/runs/");
        browser.doing(() -> {
            browser.key("g");
            browser.key("h");
        });
        assertThat(browser.text("location.pathname")).isEqualTo("/");
        browser.key("?");
        assertThat(browser.text("document.getElementById('keys').innerText")).contains("g h projects");
        browser.open(url("/shop/runs/3"));
        browser.key("s");
        assertThat(browser.text("document.querySelector('#switch .menu').innerText"))
                .matches("(?s)blog\\s+failed\\s+shop.*");
        assertThat(browser.text("document.activeElement.getAttribute('href')")).isEqualTo("/blog");
        browser.key("j");
        assertThat(browser.text("document.activeElement.getAttribute('href')")).isEqualTo("/shop");
        browser.key("Escape");
        assertThat(browser.value("document.getElementById('switch').open").asBoolean())
                .isFalse();
        browser.open(url("/shop/logs"));
        browser.key("/");
        assertThat(browser.text("document.activeElement.name")).isEqualTo("find");
        browser.key("g");
        browser.key("h");
        assertThat(browser.text("document.activeElement.value"))
                .as("while one types")
                .endsWith("gh");
    }
}
