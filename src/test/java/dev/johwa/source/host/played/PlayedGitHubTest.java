package dev.johwa.source.host.played;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import dev.johwa.source.git.GitClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The player plays what GitHub publishes, and finds what does not fit it.
class PlayedGitHubTest {
    private static final String REPOSITORY = "/repos/acme/shop";

    @TempDir
    Path folder;

    private PlayedGitHub hub;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void play() {
        hub = new PlayedGitHub(folder.resolve("hub"), "acme/shop");
    }

    @AfterEach
    void end() {
        hub.close();
    }

    private HttpResponse<String> ask(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(hub.api() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + hub.token());
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        var response = ask("GET", path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.tree(response.body());
    }

    private JsonNode post(String path, String body) throws Exception {
        var response = ask("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Json.tree(response.body());
    }

    @Test
    void everyAnswerIsAsGitHubDescribesIt() throws Exception {
        var sha = hub.push("main", Map.of("index.html", "hello"));
        var pull = hub.openPullRequest("faster", Map.of("fast.js", "1"));
        hub.check(sha, "build", "");
        hub.openIssue("It is slow", "Very.");

        assertThat(get(REPOSITORY).get("full_name").asString()).isEqualTo("acme/shop");
        assertThat(get(REPOSITORY + "/branches").size()).isEqualTo(2);
        assertThat(get(REPOSITORY + "/branches/main").at("/commit/sha").asString())
                .isEqualTo(sha);
        assertThat(get(REPOSITORY + "/commits/main").get("sha").asString()).isEqualTo(sha);
        assertThat(get(REPOSITORY + "/git/ref/heads/main").at("/object/sha").asString())
                .isEqualTo(sha);
        assertThat(get(REPOSITORY + "/git/matching-refs/pull/").size()).isEqualTo(2);
        assertThat(get(REPOSITORY + "/pulls?state=open").get(0).get("number").asInt())
                .isEqualTo(pull.number());
        assertThat(get(REPOSITORY + "/pulls/1").at("/head/ref").asString()).isEqualTo("faster");
        assertThat(get(REPOSITORY + "/pulls/1/files").get(0).get("filename").asString())
                .isEqualTo("fast.js");
        assertThat(get(REPOSITORY + "/commits/" + sha + "/check-runs")
                        .get("total_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(get(REPOSITORY + "/commits/" + sha + "/check-suites")
                        .at("/check_suites/0/status")
                        .asString())
                .isEqualTo("in_progress");
        assertThat(get(REPOSITORY + "/issues").get(0).get("title").asString()).isEqualTo("It is slow");
        assertThat(get("/rate_limit").at("/resources/core/limit").asInt()).isPositive();
        assertThat(get("/user").get("login").asString()).isNotEmpty();
        assertThat(get("/meta").has("hooks")).isTrue();
        assertThat(get(REPOSITORY + "/actions/secrets/public-key").has("key_id"))
                .isTrue();
    }

    @Test
    void whatIsReportedIsKept() throws Exception {
        var sha = hub.push("main", Map.of("index.html", "hello"));
        post(REPOSITORY + "/statuses/" + sha, "{\"state\":\"pending\",\"context\":\"johwa\"}");
        var refused = ask("POST", REPOSITORY + "/deployments", "{\"ref\":\"main\"}");
        assertThat(refused.statusCode())
                .as("a commit that waits is not deployed")
                .isEqualTo(409);
        post(REPOSITORY + "/statuses/" + sha, "{\"state\":\"success\",\"context\":\"johwa\",\"description\":\"live\"}");
        var id = post(REPOSITORY + "/deployments", "{\"ref\":\"main\",\"environment\":\"staging\"}")
                .get("id");
        post(
                REPOSITORY + "/deployments/" + id + "/statuses",
                "{\"state\":\"success\",\"environment_url\":\"https://shop.example.com\"}");
        post(REPOSITORY + "/keys", "{\"title\":\"johwa\",\"key\":\"ssh-ed25519 AAAAC3Nz\",\"read_only\":true}");
        ask("PUT", REPOSITORY + "/actions/secrets/JOHWA_TOKEN", "{\"encrypted_value\":\"c2VhbGVk\",\"key_id\":\"1\"}");
        int issue = post(REPOSITORY + "/issues", "{\"title\":\"Broken\"}")
                .get("number")
                .asInt();
        post(REPOSITORY + "/issues/" + issue + "/comments", "{\"body\":\"Mended\"}");

        assertThat(hub.statusesOf(sha)).extracting(Seen.Status::state).containsExactly("pending", "success");
        assertThat(get(REPOSITORY + "/commits/main/status").get("state").asString())
                .isEqualTo("success");
        assertThat(hub.deployments()).singleElement().satisfies(deployment -> {
            assertThat(deployment.state()).isEqualTo("success");
            assertThat(deployment.url()).isEqualTo("https://shop.example.com");
        });
        assertThat(hub.keys()).extracting(Seen.Key::readOnly).containsExactly(true);
        assertThat(hub.secrets()).containsExactly("JOHWA_TOKEN");
        assertThat(hub.comments(issue)).containsExactly("Mended");
    }

    @Test
    void whatDoesNotFitIsFound() throws Exception {
        var sha = hub.push("main", Map.of("index.html", "hello"));

        assertThat(ask("POST", REPOSITORY + "/statuses/" + sha, "{\"state\":\"done\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(hub.mismatches()).singleElement().asString().contains("create-commit-status", "/state");
        ask("POST", REPOSITORY + "/statuses/" + sha, "{\"state\":\"success\",\"contxt\":\"johwa\"}");
        assertThat(hub.mismatches()).singleElement().asString().contains("contxt");
        ask("GET", REPOSITORY + "/pulls?stat=open", "");
        assertThat(hub.mismatches()).singleElement().asString().contains("stat");
        ask("GET", REPOSITORY + "/pulls?state=ajar", "");
        assertThat(hub.mismatches()).singleElement().asString().contains("state");
        ask("GET", REPOSITORY + "/no-such-thing", "");
        assertThat(hub.mismatches()).singleElement().asString().contains("no such operation");
    }

    @Test
    void webhooksFollowWhatHappensSignedAndOnceMoreWhenAsked() throws Exception {
        try (var receiver = new Receiver()) {
            post(
                    REPOSITORY + "/hooks",
                    "{\"config\":{\"url\":\"" + receiver.url()
                            + "\",\"content_type\":\"json\",\"secret\":\"s3cret\"},\"events\":[\"push\",\"pull_request\",\"check_suite\"]}");
            var work = folder.resolve("clone");
            var url = hub.url().replace("http://", "http://x:" + hub.token() + "@") + ".git";
            var git = new GitClient(Files.createDirectories(work)).cloned(work.resolve("shop"), url);
            var sha = git.commit("index.html", "hello");
            git.run("push", "-q", "origin", "main").ok();
            hub.loseNextWebhook();
            hub.push("main", Map.of("index.html", "lost"));
            var pull = hub.openPullRequestFromFork("stranger", "better", Map.of("a.js", "1"));
            hub.update(pull, Map.of("a.js", "2"));
            hub.forcePush("main", Map.of("index.html", "other"));
            hub.check(hub.refs().get("refs/heads/main"), "build", "success");
            hub.close(pull);
            Wait.eventually(() -> hub.deliveries().size() == 8);

            assertThat(receiver.events())
                    .containsExactly(
                            "ping", "push", "pull_request", "pull_request", "push", "check_suite", "pull_request");
            var push = receiver.bodies.get(1);
            assertThat(push.get("after").asString()).isEqualTo(sha);
            assertThat(push.at("/head_commit/message").asString()).isEqualTo("Change index.html");
            assertThat(receiver.bodies.get(2).at("/pull_request/head/repo/fork").asBoolean())
                    .isTrue();
            assertThat(receiver.bodies.get(4).get("forced").asBoolean()).isTrue();
            assertThat(receiver.unsigned).isZero();
            var first = hub.deliveries().get(1);
            hub.redeliver(first);
            Wait.eventually(() -> receiver.ids.size() == 8);
            assertThat(receiver.ids.getLast()).isEqualTo(first.headers().get("X-GitHub-Delivery"));
        }
    }

    @Test
    void knownAnswersCostNothing() throws Exception {
        var first = ask("GET", REPOSITORY + "/branches", "");
        var tag = first.headers().firstValue("ETag").orElseThrow();
        var left = first.headers().firstValue("x-ratelimit-remaining").orElseThrow();
        var again = ask("GET", REPOSITORY + "/branches", "", "If-None-Match", tag);
        hub.push("main", Map.of("a", "b"));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("x-ratelimit-remaining")).hasValue(left);
        assertThat(ask("GET", REPOSITORY + "/branches", "", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void troublesAreGitHubsOwn() throws Exception {
        var until = Instant.now().plusSeconds(600);
        hub.limitRate(until);
        var limited = ask("GET", REPOSITORY, "");
        assertThat(limited.statusCode()).isEqualTo(403);
        assertThat(limited.headers().firstValue("x-ratelimit-remaining")).hasValue("0");
        assertThat(limited.headers().firstValue("x-ratelimit-reset")).hasValue(String.valueOf(until.getEpochSecond()));
        hub.slowDown(Duration.ofSeconds(7));
        assertThat(ask("GET", REPOSITORY, "").headers().firstValue("retry-after"))
                .hasValue("7");
        hub.fail(502);
        assertThat(ask("GET", REPOSITORY, "").statusCode()).isEqualTo(502);
        hub.goDown();
        hub.recover();
        hub.hide();
        assertThat(ask("GET", REPOSITORY, "").statusCode()).isEqualTo(404);
        hub.recover();
        var old = hub.token();
        hub.revoke();
        assertThat(ask("GET", REPOSITORY, "", "Authorization", "Bearer " + old).statusCode())
                .isEqualTo(401);
        hub.rename("store");
        var moved = ask("GET", REPOSITORY, "");
        assertThat(moved.statusCode()).isEqualTo(301);
        var to = moved.headers()
                .firstValue("Location")
                .orElseThrow()
                .substring(hub.api().length());
        assertThat(get(to).get("full_name").asString()).isEqualTo("acme/store");
        hub.forbid("repos/create-webhook");
        assertThat(ask("POST", "/repos/acme/store/hooks", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void gitIsRealAndFollowsTheSameRules() throws Exception {
        var pull = hub.openPullRequestFromFork("stranger", "better", Map.of("a.js", "1"));
        var client = GitClient.init(folder.resolve("mirror"));
        var url = hub.web() + "/acme/shop.git";

        client.run("fetch", "-q", url, "main").fails();
        var open = "http.extraHeader=Authorization: Basic "
                + java.util.Base64.getEncoder()
                        .encodeToString(("x:" + hub.token()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        client.run("-c", open, "fetch", "-q", url, "+refs/heads/*:refs/heads/it/*", "+refs/pull/*:refs/pull/*")
                .ok();
        assertThat(client.run("rev-parse", pull.ref()).line())
                .isEqualTo(hub.refs().get(pull.ref()));
        client.run("-c", open, "push", "-q", url, "it/main:refs/pull/1/head").fails();
        hub.rename("store");
        client.run("-c", open, "fetch", "-q", url, "main").ok();
        hub.makePublic();
        client.run("fetch", "-q", hub.web() + "/acme/store", "main").ok();
        hub.hide();
        client.run("-c", open, "fetch", "-q", url, "main").fails();
    }

    /// A server that takes webhooks.
    private static final class Receiver implements AutoCloseable {
        private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
        private final List<String> names = new CopyOnWriteArrayList<>();
        private final List<String> ids = new CopyOnWriteArrayList<>();
        private volatile int unsigned;
        private final Listener listener = new Listener(exchange -> {
            var bytes = exchange.getRequestBody().readAllBytes();
            var headers = exchange.getRequestHeaders();
            if (!("sha256=" + Deliveries.hmac("s3cret", bytes)).equals(headers.getFirst("X-Hub-Signature-256"))) {
                unsigned++;
            }
            bodies.add(Json.read(bytes, JsonNode.class));
            names.add(headers.getFirst("X-GitHub-Event"));
            ids.add(headers.getFirst("X-GitHub-Delivery"));
            Listener.send(exchange, Answer.empty(202));
        });

        String url() {
            return "http://127.0.0.1:" + listener.port() + "/hook";
        }

        List<String> events() {
            return List.copyOf(names);
        }

        @Override
        public void close() {
            listener.close();
        }
    }
}
