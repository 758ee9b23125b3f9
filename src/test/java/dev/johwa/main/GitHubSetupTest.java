package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Tools;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import dev.johwa.source.git.GitClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `johwa init --github`: the workflow that it writes, run step by step as GitHub's machine would.
class GitHubSetupTest extends AtATerminal {
    private static final String WORKFLOW = ".github/workflows/johwa.yml";

    private GitClient shop;
    private int checkouts;

    @BeforeEach
    void prepare() throws Exception {
        terminal.path = "/usr/bin:/bin";
        shop = GitClient.init(home.resolve("shop"));
        shop.commit("index.html", "<h1>Hi</h1>");
        shop.run("remote", "add", "origin", "git@github.com:acme/shop.git").ok();
    }

    private int init(String... more) {
        var words = new ArrayList<>(List.of("-C", "shop", "init", "--github"));
        words.addAll(List.of(more));
        return terminal.johwa(words.toArray(String[]::new));
    }

    /// A program of GitHub's name, that keeps what it is told.
    private void bringGh(String more) throws Exception {
        var gh = Files.createDirectories(home.resolve("bin")).resolve("gh");
        Files.writeString(
                gh, "#!/bin/sh\necho \"$@\" >'" + home + "/words'\ncat >'" + home + "/token'\n" + more + "\n");
        assertThat(gh.toFile().setExecutable(true)).isTrue();
        terminal.path = gh.getParent() + ":" + terminal.path;
    }

    private String kept(String name) throws Exception {
        return Files.readString(home.resolve(name)).strip();
    }

    private Node.Mapping step() throws Exception {
        var file = Yaml.read(WORKFLOW, Files.readString(shop.folder().resolve(WORKFLOW)))
                .orElseThrow();
        var steps = (Node.Sequence) at(at(at(file, "jobs"), "push"), "steps");
        return (Node.Mapping) steps.items().getLast();
    }

    private static Node at(Node node, String key) {
        return ((Node.Mapping) node)
                .entries().entrySet().stream()
                        .filter(entry -> entry.getKey().text().equals(key))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
    }

    private static String text(Node node) {
        return ((Node.Scalar) node).text();
    }

    /// Runs the step's own words as GitHub does: `bash -e`, with the step's environment.
    private GitClient.Said push(String branch, String action, String token) throws Exception {
        var checkout = shop.cloned(
                home.resolve("checkout-" + checkouts++), shop.folder().toString());
        var builder = new ProcessBuilder("bash", "-e", "-c", text(at(step(), "run")))
                .directory(checkout.folder().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        System.getenv("PATH"),
                        "HOME",
                        home.toString(),
                        "GIT_TERMINAL_PROMPT",
                        "0",
                        "PROJECT",
                        text(at(at(step(), "env"), "PROJECT")),
                        "BRANCH",
                        branch,
                        "ACTION",
                        action,
                        "JOHWA_TOKEN",
                        token));
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new GitClient.Said(process.exitValue(), said);
    }

    @Test
    void theWorkflowShipsAndItsPushFailsWithTheRun() throws Exception {
        bringGh("");
        assertThat(init("--name", "handed")).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains(WORKFLOW + ": written", "JOHWA_TOKEN: set for acme/shop by gh");
        assertThat(kept("words")).isEqualTo("secret set JOHWA_TOKEN --repo github.com/acme/shop");
        var token = kept("token");
        assertThat(terminal.out() + terminal.err()).doesNotContain(token);
        assertThat(Files.readString(shop.folder().resolve(WORKFLOW))).doesNotContain(token);

        assertThat(push("main", "", "").fails().text()).contains("johwa init --github sets it");
        assertThat(push("main", "", token).ok().text()).contains("live");
        assertThat(push("better/it's", "opened", token).ok().text()).contains("http://better-it-s--handed");
        assertThat(push("better/it's", "closed", token).ok().text()).contains("[deleted]");
        shop.commit("johwa.yaml", "test: exit 3\n");
        assertThat(push("main", "", token).fails().text()).contains("rejected").doesNotContain(token);

        init("--name", "handed");
        assertThat(terminal.out()).contains(WORKFLOW + ": unchanged");
        assertThat(kept("token")).isNotEqualTo(token);
        assertThat(push("main", "", token).fails().text())
                .as("the earlier one is revoked")
                .contains("Authentication");
    }

    @Test
    void actionlintHasNothingToSay() throws Exception {
        Files.writeString(
                shop.folder().resolve("johwa.yaml"),
                "environments: {staging: {branch: \"it's/next\"}, preview: {branch: \"*\"}}\n");
        init("--name", "linted");
        var text = Files.readString(shop.folder().resolve(WORKFLOW));
        assertThat(text).contains("branches: ['main', 'it''s/next']");
        var process = new ProcessBuilder(Tools.find("actionlint"), "-no-color", WORKFLOW)
                .directory(shop.folder().toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void withoutGhTheTokenIsShownToBePasted() throws Exception {
        assertThat(init("--name", "pasted", "--json")).as(terminal.err()).isZero();
        var given = Json.tree(terminal.out());
        assertThat(given.get("secret").asString()).isEqualTo("paste");
        assertThat(given.get("link").asString()).isEqualTo("https://github.com/acme/shop/settings/secrets/actions/new");
        assertThat(push("main", "", given.get("token").asString()).ok().text()).contains("live");

        bringGh("echo 'HTTP 404: Not Found' >&2; exit 1");
        init("--name", "pasted");
        assertThat(terminal.out())
                .contains("gh did not take it: HTTP 404: Not Found", "shown this once", "johwa tokens revoke");
    }

    @Test
    void whatIsThereIsNotWrittenOverWithoutAWord() throws Exception {
        shop.commit(WORKFLOW, "name: Mine\n");
        assertThat(init("--name", "mine")).isEqualTo(2);
        assertThat(terminal.err()).contains("says something else; it was left alone", "--force");
        assertThat(Files.readString(shop.folder().resolve(WORKFLOW))).isEqualTo("name: Mine\n");
        assertThat(init("--name", "mine", "--force")).isZero();
        assertThat(terminal.out()).contains(WORKFLOW + ": changed", "do not reach http://127.0.0.1");

        shop.run("remote", "set-url", "origin", "https://gitlab.com/acme/shop.git")
                .ok();
        assertThat(init("--name", "mine", "--force")).isEqualTo(2);
        assertThat(terminal.err()).contains("gitlab.com, which is not GitHub");
        shop.run("remote", "remove", "origin").ok();
        assertThat(init("--name", "mine")).isZero();
        assertThat(terminal.out()).contains("no remote named origin");
    }
}
