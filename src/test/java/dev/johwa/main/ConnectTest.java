package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.text.Hmac;
import dev.johwa.source.host.played.PlayedGitHub;
import dev.johwa.source.host.played.Seen;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

/// Projects whose home is GitHub: a real platform, by the CLI, against a host that is held to GitHub's description.
class ConnectTest extends AtATerminal {
    private static int count;

    private PlayedGitHub hub;
    private String project;

    @BeforeEach
    void play(TestInfo test) {
        project = "shop" + ++count;
        hub = new PlayedGitHub(home.resolve("hub"), "acme/" + project);
        hub.push("main", Map.of("index.html", "one"));
    }

    @AfterEach
    void stop() {
        terminal.johwa("connect", "remove", project);
        hub.close();
    }

    private void connect(String... more) {
        terminal.input = hub.token() + "\n";
        var words = new ArrayList<>(List.of("connect", hub.url(), "--with-token"));
        words.addAll(List.of(more));
        assertThat(terminal.johwa(words.toArray(String[]::new)))
                .as(terminal.err())
                .isZero();
    }

    private void connectWithHook(String... more) {
        connect(Stream.concat(Stream.of("--webhook", platform.server().url()), Stream.of(more))
                .toArray(String[]::new));
    }

    private boolean serves(String text) {
        try {
            return platform.body(project).equals(text);
        } catch (Exception e) {
            return false;
        }
    }

    private JsonNode connection() {
        terminal.johwa("connect", "--json");
        for (var each : Json.tree(terminal.out()).path("connections")) {
            if (each.path("project").asString().equals(project)) {
                return each;
            }
        }
        throw new AssertionError(terminal.out() + terminal.err());
    }

    @Test
    void whatIsPushedThereIsLiveHereAndToldThere() throws Exception {
        connectWithHook();
        Wait.eventually(() -> serves("one"));
        // The host's player writes the names of files into the message.
        var pushed = hub.push("main", Map.of("index.html", "two", "for #7 <b>", ""));
        Wait.eventually(() -> serves("two"));
        namesTheIssuesOfTheHost();

        assertThat(connection().path("state").asString()).isEqualTo("connected");
        Wait.eventually(() -> connection().path("follow").asString().equals("webhook"));
        Wait.eventually(() -> states(pushed).contains("success"));
        assertThat(states(pushed)).startsWith("pending");
        Wait.eventually(() -> hub.deployments().stream()
                .anyMatch(each -> each.sha().equals(pushed) && each.state().equals("success")));
        var deployment = hub.deployments().getLast();
        assertThat(deployment.environment()).isEqualTo("production");
        assertThat(deployment.url()).contains(project + ".localhost");
        var clone = platform.repository(project, "index.html", "mine");
        assertThat(platform.push(clone, "main")).contains("is connected to " + hub.url(), "takes no pushes");
    }

    @Test
    void whatACommitThereClosesIsNoIssueOfOurs() throws Exception {
        connectWithHook();
        Wait.eventually(() -> serves("one"));
        assertThat(terminal.johwa("issues", "new", project, "The basket is empty"))
                .as(terminal.err())
                .isZero();
        hub.push("main", Map.of("index.html", "two", "fixes #1", ""));
        Wait.eventually(() -> serves("two"));
        // What comes after it is heard after it.
        hub.push("main", Map.of("index.html", "three"));
        Wait.eventually(() -> serves("three"));

        assertThat(terminal.johwa("issues", "list", project)).isZero();
        var there = hub.url().replaceFirst("\\.git$", "") + "/issues";
        assertThat(terminal.err()).contains("Others are where the project has its home: " + there);
        assertThat(shown("/" + project + "/issues")).contains("href=\"" + there + "\"");
        assertThat(terminal.johwa("issues", "show", project, "1", "--json")).isZero();
        var issue = Json.tree(terminal.out());
        assertThat(issue.path("issue").path("state").asString())
                .as(terminal.out())
                .isEqualTo("open");
        assertThat(issue.path("commits").isEmpty()).as(terminal.out()).isTrue();
    }

    private void namesTheIssuesOfTheHost() throws Exception {
        terminal.johwa("runs", project, "--json");
        var issue = Json.tree(terminal.out()).path("runs").get(0).path("issues").get(0);
        var url = hub.url().replaceFirst("\\.git$", "") + "/issues/7";
        assertThat(issue.path("name").asString()).isEqualTo("#7");
        assertThat(issue.path("url").asString()).isEqualTo(url);
        terminal.johwa("run", "show", project);
        assertThat(terminal.out()).contains("  #7 " + url);
        terminal.johwa("open", project, "--issue", "#7", "--print");
        assertThat(terminal.out()).isEqualTo(url + "\n");
        assertThat(terminal.johwa("open", project, "--issue", "seven")).isEqualTo(2);
        assertThat(terminal.err()).contains("'seven' is no issue");
        var link = "<a class=\"issue\" href=\"" + url + "\">#7</a>";
        for (var path : List.of("", "/runs/2", "/releases/2")) {
            assertThat(shown("/" + project + path))
                    .contains("for " + link + " &lt;b&gt;")
                    .doesNotContain("#7 <b>");
        }
    }

    private static String shown(String path) throws Exception {
        try (var browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            ask(
                    browser,
                    page("/login")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("token=" + platform.token())));
            return ask(browser, page(path));
        }
    }

    private static HttpRequest.Builder page(String path) {
        return HttpRequest.newBuilder(URI.create(platform.server().url() + path));
    }

    private static String ask(HttpClient browser, HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private List<String> states(String commit) {
        return hub.statusesOf(commit).stream().map(Seen.Status::state).toList();
    }

    private boolean serves(String host, String text) {
        try {
            return platform.body(host).equals(text);
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    void branchesAndForksGetPreviewsOfTheirOwn() throws Exception {
        hub.push("old", Map.of("index.html", "old"));
        connectWithHook();
        assertThat(terminal.err()).contains("1 branch gets its preview with the next push to it: old");
        Wait.eventually(() -> serves("one"));
        assertThat(terminal.johwa("secrets", "set", project, "-e", "preview", "KEY=of the project's own"))
                .isZero();

        hub.openPullRequest("faster", Map.of("index.html", "faster"));
        Wait.eventually(() -> serves("faster--" + project, "faster"));

        var fork = hub.openPullRequestFromFork("stranger", "evil", Map.of("index.html", "of a stranger"));
        Wait.eventually(() -> connection().path("waiting").toString().contains("waits for approval"));
        var head = hub.refs().get("refs/pull/" + fork.number() + "/head");
        assertThat(hub.statusesOf(head)).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo("pending");
            assertThat(status.description()).contains("approval");
        });
        assertThat(serves("pull-" + fork.number() + "--" + project, "of a stranger"))
                .isFalse();
        assertThat(terminal.johwa("connect", "approve", project, String.valueOf(fork.number())))
                .as(terminal.err())
                .isZero();
        Wait.eventually(() -> serves("pull-" + fork.number() + "--" + project, "of a stranger"));
        assertThat(terminal.johwa("once", project, "-e", "pull-" + fork.number(), "--", "sh", "-c", "echo [$KEY]"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).contains("[]");

        hub.update(fork, Map.of("index.html", "of a stranger again"));
        Wait.eventually(() -> connection().path("waiting").toString().contains("waits for approval"));
        assertThat(serves("pull-" + fork.number() + "--" + project, "of a stranger"))
                .isTrue();
        hub.close(fork);
        hub.deleteBranch("faster");
        Wait.eventually(() -> !serves("pull-" + fork.number() + "--" + project, "of a stranger"));
        Wait.eventually(() -> !serves("faster--" + project, "faster"));
        assertThat(serves("one")).isTrue();
    }

    private HttpResponse<String> hook(String project, byte[] body, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(platform.server().url() + "/api/v1/hooks/" + project))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void onlyWhatIsSignedRingsAndOnlyOnce() throws Exception {
        connectWithHook();
        hub.push("main", Map.of("index.html", "two"));
        Wait.eventually(() -> serves("two"));
        var delivery = hub.deliveries().getLast();
        assertThat(delivery.status()).isEqualTo(202);
        var headers = new HashMap<String, String>();
        delivery.headers().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-")) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        });

        assertThat(hook(project, delivery.body(), headers).body()).contains("it came before");
        headers.put("x-github-delivery", "another");
        assertThat(hook(project, delivery.body(), headers).body()).contains("it came before");
        assertThat(hook(project, "{}".getBytes(), headers).statusCode()).isEqualTo(401);
        assertThat(hook(project, delivery.body(), Map.of()).statusCode()).isEqualTo(401);
        assertThat(hook("nobody", delivery.body(), headers).statusCode()).isEqualTo(401);
        assertThat(hook(project, new byte[(25 << 20) + 1], headers).statusCode())
                .isEqualTo(413);
        var secret = hub.hooks().getFirst().secret().orElseThrow();
        var largest = "{\"zen\":\"" + "x".repeat((25 << 20) - 10) + "\"}";
        assertThat(largest).hasSize(25 << 20);
        assertThat(signed(secret, largest)).as("as large as GitHub sends").isEqualTo(202);
        var other = "{\"repository\":{\"full_name\":\"acme/other\"}}".getBytes();
        var signed = "sha256=" + HexFormat.of().formatHex(Hmac.of(secret.getBytes(), other));
        assertThat(hook(project, other, Map.of("X-Hub-Signature-256", signed)).body())
                .contains("the webhook is about acme/other");
    }

    @Test
    void aSecretIsChangedWithoutAGap() throws Exception {
        connectWithHook();
        Wait.eventually(() -> serves("one"));
        var old = hub.hooks().getFirst().secret().orElseThrow();
        assertThat(terminal.johwa("connect", "hook", project, "--rotate"))
                .as(terminal.err())
                .isZero();
        var fresh = hub.hooks().getFirst().secret().orElseThrow();
        assertThat(fresh).isNotEqualTo(old);
        assertThat(terminal.out()).contains("the one before holds").doesNotContain(fresh);
        assertThat(hub.hooks()).hasSize(1);

        assertThat(signed(old, "{\"zen\":\"still\"}")).isEqualTo(202);
        assertThat(signed(fresh, "{\"zen\":\"now\"}")).isEqualTo(202);
        assertThat(signed(old, "{\"zen\":\"no more\"}")).isEqualTo(401);
        hub.push("main", Map.of("index.html", "two"));
        Wait.eventually(() -> serves("two"));
        assertThat(hub.deliveries().getLast().status()).isEqualTo(202);

        hub.revoke();
        assertThat(terminal.johwa("connect", "hook", project, "--rotate")).isZero();
        assertThat(terminal.err()).contains("The host was not given it");
        assertThat(terminal.out()).contains("/api/v1/hooks/" + project);
    }

    private int signed(String secret, String text) throws Exception {
        var body = text.getBytes(StandardCharsets.UTF_8);
        var sum = HexFormat.of().formatHex(Hmac.of(secret.getBytes(StandardCharsets.UTF_8), body));
        return hook(project, body, Map.of("X-Hub-Signature-256", "sha256=" + sum))
                .statusCode();
    }

    @Test
    void theOriginOfAFolderIsConnectedWithoutAnAddress() throws Exception {
        terminal.input = hub.token() + "\n";
        assertThat(terminal.johwa("connect", "--with-token")).isEqualTo(2);
        assertThat(terminal.err()).contains("this folder has no remote named origin");
        platform.git(home, "init", "-q", ".");
        var withToken = hub.url().replace("://", "://me:" + hub.token() + "@");
        platform.git(home, "remote", "add", "origin", withToken);
        assertThat(terminal.johwa("connect", "--with-token")).as(terminal.err()).isZero();
        assertThat(connection().path("url").asString()).isEqualTo(hub.url());
    }

    @Test
    void aLostWebhookIsFoundByLooking() throws Exception {
        connectWithHook();
        Wait.eventually(() -> serves("one"));
        hub.push("main", Map.of("index.html", "two"));
        Wait.eventually(() -> serves("two"));
        Wait.eventually(() -> connection().path("follow").asString().equals("webhook"));

        hub.loseNextWebhook();
        hub.forcePush("main", Map.of("index.html", "another history"));
        assertThat(terminal.johwa("connect", "sync", project))
                .as(terminal.err())
                .isZero();
        Wait.eventually(() -> serves("another history"));

        platform.stopControlPlane();
        hub.push("main", Map.of("index.html", "while nobody was here"));
        platform.startControlPlane();
        Wait.eventually(() -> serves("while nobody was here"));
        assertThat(connection().path("follow").asString()).isEqualTo("polling");
    }

    @Test
    void troublesAreToldAndWorkGoesOn() throws Exception {
        connect();
        assertThat(terminal.err()).contains("Looks there each minute");
        Wait.eventually(() -> serves("one"));

        hub.limitRate(Instant.now().plusSeconds(600));
        assertThat(terminal.johwa("connect", "sync", project)).isEqualTo(1);
        assertThat(connection().path("state").asString()).isEqualTo("waiting");
        assertThat(connection().path("until").asString()).isNotEmpty();
        hub.push("main", Map.of("index.html", "in spite of the limit"));
        terminal.johwa("connect", "sync", project);
        Wait.eventually(() -> serves("in spite of the limit"));
        assertThat(connection().path("until").asString()).isNotEmpty();
        hub.recover();
        hub.fail(502);
        assertThat(terminal.johwa("connect", "sync", project)).isEqualTo(1);
        assertThat(connection().path("why").asString()).contains("502");
        hub.goDown();
        assertThat(terminal.johwa("connect", "sync", project)).isEqualTo(1);
        assertThat(connection().path("why").asString()).contains("does not answer");
        hub.recover();
        hub.hide();
        assertThat(terminal.johwa("connect", "sync", project)).isEqualTo(1);
        assertThat(connection().path("state").asString()).isEqualTo("missing");
        hub.recover();
        var before = hub.url();
        hub.rename("renamed-" + project);
        hub.push("main", Map.of("index.html", "two"));
        assertThat(terminal.johwa("connect", "sync", project))
                .as(terminal.err())
                .isZero();
        assertThat(connection().path("url").asString()).startsWith(hub.url());
        assertThat(connection().path("note").asString()).contains("was " + before.replaceFirst("http://", ""));
        Wait.eventually(() -> serves("two"));
        hub.revoke();
        assertThat(terminal.johwa("connect", "sync", project)).isEqualTo(1);
        assertThat(terminal.err()).contains("does not let us in any more", "--with-token");
        assertThat(connection().path("state").asString()).isEqualTo("refused");
        assertThat(serves("two")).isTrue();
        connect("--name", project);
        assertThat(connection().path("state").asString()).isEqualTo("connected");
    }

    @Test
    void aPublicRepositoryThatIsMadePrivateAsksForAToken() {
        hub.makePublic();
        assertThat(terminal.johwa("connect", hub.url())).as(terminal.err()).isZero();
        Wait.eventually(() -> serves("one"));
        hub.makePrivate();
        assertThat(terminal.johwa("connect", "sync", project)).isEqualTo(1);
        assertThat(terminal.err()).contains("johwa connect " + hub.url() + " --name " + project + " --with-token");
        assertThat(connection().path("state").asString()).isIn("refused", "missing");
        assertThat(connection().path("why").asString()).containsAnyOf("asks who we are", "made private");
        assertThat(serves("one")).isTrue();
        connect("--name", project);
        assertThat(connection().path("state").asString()).isEqualTo("connected");
        hub.push("main", Map.of("index.html", "two"));
        terminal.johwa("connect", "sync", project);
        Wait.eventually(() -> serves("two"));
    }

    @Test
    void aTokenThatMayLittleIsEnough() throws Exception {
        hub.forbid("repos/create-webhook");
        hub.forbid("pulls/list");
        hub.forbid("repos/create-commit-status");
        connectWithHook();
        assertThat(terminal.err()).contains("The webhook could not be made there");
        assertThat(terminal.out()).contains(platform.server().url() + "/api/v1/hooks/" + project, "secret");
        Wait.eventually(() -> serves("one"));
        assertThat(connection().path("state").asString()).isEqualTo("connected");
        Wait.eventually(() -> connection().path("waiting").toString().contains("does not hear of runs"));
        assertThat(connection().path("waiting").toString()).contains("proposals of forks are not seen");
    }

    @Test
    void commitsMayWaitForTheChecksOfTheHost() throws Exception {
        connectWithHook("--after-checks");
        assertThat(connection().path("waiting").toString()).contains("waits for the first check there");
        var head = hub.refs().get("refs/heads/main");
        hub.check(head, "build", "");
        Wait.eventually(() -> connection().path("waiting").toString().contains("waits for checks there: build"));
        assertThat(serves("one")).isFalse();
        hub.check(head, "build", "success");
        Wait.eventually(() -> serves("one"));
    }
}
