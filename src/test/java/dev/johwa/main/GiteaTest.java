package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Projects whose home is a real Gitea: a real platform, by the CLI.
class GiteaTest extends AtATerminal {
    @TempDir
    static Path folder;

    private static Gitea gitea;
    private static Gitea.Person acme;
    private static int count;

    private String project;
    private String repository;

    @BeforeAll
    static void open() throws IOException {
        gitea = new Gitea(folder);
        acme = gitea.person("acme", true);
    }

    @AfterAll
    static void closeGitea() throws IOException {
        if (gitea != null) {
            gitea.close();
        }
    }

    @BeforeEach
    void make() {
        project = "shop" + ++count;
        repository = "acme/" + project;
        acme.send("POST", "/user/repos", Map.of("name", project, "private", true, "default_branch", "main"));
        acme.write(repository, "main", "index.html", "one");
    }

    private String url() {
        return gitea.url() + "/" + repository;
    }

    private void connect(String... more) {
        terminal.input = acme.token() + "\n";
        var words = new ArrayList<>(List.of("connect", url(), "--with-token"));
        words.addAll(List.of(more));
        assertThat(johwa(words.toArray(String[]::new))).as(err()).isZero();
    }

    private void connectWithHook() {
        connect("--webhook", platform.server().url());
    }

    private boolean serves(String host, String text) {
        try {
            return platform.body(host).equals(text);
        } catch (Exception e) {
            return false;
        }
    }

    private JsonNode connection() {
        johwa("connect", "--json");
        for (var each : Json.tree(out()).path("connections")) {
            if (each.path("project").asString().equals(project)) {
                return each;
            }
        }
        throw new AssertionError(out() + err());
    }

    private static Stream<JsonNode> all(JsonNode list) {
        return list.valueStream();
    }

    private String status(String commit, String context) {
        return all(acme.get(there("/commits/" + commit + "/status")).path("statuses"))
                .filter(each -> each.path("context").asString().equals(context))
                .map(each -> each.path("status").asString() + " "
                        + each.path("target_url").asString())
                .findFirst()
                .orElse("");
    }

    @Test
    void whatIsPushedThereIsLiveHereAndToldThereAndAFailureIsAnIssue() {
        connectWithHook();
        assertThat(connection().path("host").asString()).isEqualTo("gitea");
        Wait.eventually(() -> serves(project, "one"));
        assertThat(johwa("notify", "add", "issue", "--project", "nowhere")).isNotZero();
        assertThat(johwa("notify", "add", "issue")).isEqualTo(2);
        assertThat(err()).contains("--project NAME");
        assertThat(johwa("notify", "add", "issue", "--project", project)).isEqualTo(1);
        assertThat(err()).contains("is told already");
        assertThat(johwa("connect", "hook", project, "--rotate")).as(err()).isZero();
        assertThat(out()).contains("the one before holds");
        assertThat(acme.get(there("/hooks"))).hasSize(1);

        acme.write(repository, "main", "johwa.yaml", "test: echo it is broken; exit 1\n");
        Wait.eventually(() -> acme.get(there("/issues")).size() == 1);
        // A look of its own may have been there before the webhook.
        Wait.eventually(() -> connection().path("follow").asString().equals("webhook"));
        var issue = acme.get(there("/issues")).get(0);
        assertThat(issue.path("title").asString()).isEqualTo(project + ": release to production (failed)");
        assertThat(issue.path("body").asString()).contains("Run 2 of " + project + " failed");
        var mended = acme.write(repository, "main", "johwa.yaml", "test: exit 0\n");
        var place = there("/issues/" + issue.path("number").asString());
        Wait.eventually(() -> acme.get(place).path("state").asString().equals("closed"));
        assertThat(acme.get(place + "/comments").toString()).contains("passed, and serves as production");
        Wait.eventually(() -> status(mended, "johwa").startsWith("success "));
        Wait.eventually(() -> status(mended, "johwa/production").contains(project + ".localhost"));

        acme.send("PATCH", there(""), Map.of("has_issues", false));
        assertThat(johwa("notify", "add", "issue", "--project", project)).isEqualTo(2);
        assertThat(err()).contains("has no issues: they are turned off there");
        assertThat(johwa("connect", "remove", project)).as(err()).isZero();
        assertThat(acme.get(there("/hooks"))).isEmpty();
        assertThat(johwa("notify", "--json")).isZero();
        assertThat(Json.tree(out()).path("receivers").toString()).doesNotContain('"' + project + '"');
    }

    private String there(String rest) {
        return "/repos/" + repository + rest;
    }

    @Test
    void aProposalOfAForkWaitsAndBranchesComeAndGo() throws IOException {
        connectWithHook();
        Wait.eventually(() -> serves(project, "one"));
        acme.send("PATCH", there(""), Map.of("private", false));
        var lee = gitea.person("lee", false);
        lee.send("POST", there("/forks"), Map.of());
        Wait.eventually(
                () -> lee.get("/repos/lee/" + project + "/branches/main").has("commit"));
        lee.write("lee/" + project, "main", "index.html", "of a stranger");
        var pull = lee.send("POST", there("/pulls"), Map.of("head", "lee:main", "base", "main", "title", "Better"));
        Wait.eventually(() -> connection().path("waiting").toString().contains("waits for approval"));
        var number = pull.path("number").asString();
        assertThat(connection().path("pulls").get(0).path("author").asString()).isEqualTo("lee");
        var head = pull.path("head").path("sha").asString();
        Wait.eventually(() -> status(head, "johwa").startsWith("pending"));
        assertThat(johwa("connect", "approve", project, number)).as(err()).isZero();
        Wait.eventually(() -> serves("pull-" + number + "--" + project, "of a stranger"));
        lee.send("PATCH", there("/pulls/" + number), Map.of("state", "closed"));
        Wait.eventually(() -> !serves("pull-" + number + "--" + project, "of a stranger"));

        var more = Map.of("content", "", "branch", "main", "new_branch", "try");
        acme.send("POST", there("/contents/more.txt"), more);
        Wait.eventually(() -> serves("try--" + project, "one"));
        acme.send("DELETE", there("/branches/try"), Map.of());
        Wait.eventually(() -> !serves("try--" + project, "one"));
    }

    @Test
    void troublesAreToldAndWorkGoesOn() {
        connect("--webhook", "none");
        Wait.eventually(() -> serves(project, "one"));
        acme.send("PATCH", there(""), Map.of("name", "renamed-" + project));
        var before = repository;
        repository = "acme/renamed-" + project;
        assertThat(johwa("connect", "sync", project)).as(err()).isZero();
        assertThat(connection().path("url").asString()).startsWith(url());
        assertThat(connection().path("note").asString()).contains("was ", before);

        acme = acme.renewed();
        assertThat(johwa("connect", "sync", project)).isEqualTo(1);
        assertThat(err()).contains("does not let us in any more", "--with-token");
        connect("--name", project);
        assertThat(connection().path("state").asString()).isEqualTo("connected");

        acme.send("DELETE", there(""), Map.of());
        assertThat(johwa("connect", "sync", project)).isEqualTo(1);
        assertThat(connection().path("state").asString()).isEqualTo("missing");
        assertThat(serves(project, "one")).isTrue();
    }
}
