package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The verbs that ask a server, against a real one.
class RemoteVerbsTest extends AtATerminal {
    private static Path repository;

    @BeforeAll
    static void start() throws Exception {
        repository = platform.repository("shop", Apps.PYTHON);
        platform.push(repository, "main");
        platform.commit(repository, "version", "2\n");
        platform.push(repository, "main");
    }

    private JsonNode json() {
        return Json.tree(out());
    }

    @Test
    void everyReadingVerbPrintsOneJsonDocumentAndNothingElse() {
        for (var words : List.of(
                "status",
                "status shop",
                "apps",
                "releases shop",
                "images shop",
                "images shop --history",
                "images mirror",
                "images base",
                "logs shop",
                "runs",
                "run show shop 1",
                "run logs shop 1",
                "dora",
                "metrics",
                "metrics shop",
                "metrics --query vector(3)",
                "dora shop",
                "envs shop",
                "envs list shop",
                "secrets shop",
                "secrets list shop",
                "data",
                "data list shop",
                "tokens",
                "tokens list",
                "open shop",
                "open shop --links",
                "people",
                "people list",
                "notify",
                "notify mail",
                "open shop --page",
                "gc")) {
            assertThat(johwa((words + " --json").split(" "))).as(words + err()).isZero();
            assertThat(json().isObject()).as(words).isTrue();
            assertThat(err()).as(words).isEmpty();
            assertThat(johwa(words.split(" "))).as(words).isZero();
            assertThat(out()).as(words).doesNotContain("\u001b").doesNotContain("Optional[");
        }
    }

    @Test
    void aBaseOfImagesComesFromALayoutAndGoes(@TempDir Path folder) throws IOException {
        var blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
        var config = blob(blobs, "{\"rootfs\":{\"diff_ids\":[]}}");
        var manifest = blob(blobs, "{\"schemaVersion\":2,\"config\":%s,\"layers\":[]}".formatted(config));
        Files.writeString(folder.resolve("index.json"), "{\"manifests\":[" + manifest + "]}");

        assertThat(johwa("images", "base", "tiny:1", folder.toString()))
                .as(err())
                .isZero();
        assertThat(out()).contains("bases/tiny:1");
        assertThat(johwa("images", "base")).isZero();
        assertThat(out())
                .contains("bases/tiny:1")
                .contains(Json.tree(manifest).get("digest").asString().substring(0, 19));
        assertThat(johwa("images", "base", "tiny:1", "--remove")).isZero();
        assertThat(johwa("images", "base", "tiny:1", "--remove")).isNotZero();
        assertThat(err()).contains("there is no manifest '1' in 'bases/tiny'");
        assertThat(johwa("images", "base", "tiny", folder.toString())).isNotZero();
        assertThat(err()).contains("'tiny' is no name of a base");
    }

    private static String blob(Path blobs, String text) throws IOException {
        var digest = Digest.of(text);
        Files.writeString(blobs.resolve(digest.hex()), text);
        return "{\"digest\":\"%s\",\"size\":%d}".formatted(digest.text(), text.length());
    }

    @Test
    void statusOfAProjectTellsWhatLastsWithTheNextStep() throws Exception {
        var broken = platform.repository("broken", Apps.PYTHON);
        platform.push(broken, "main");
        platform.commit(broken, "johwa.yaml", "start: python3 nothing.py\n");
        platform.push(broken, "main");

        Wait.eventually(() -> johwa("status", "broken") == 0 && out().contains("! "));
        assertThat(out()).containsPattern("! .*broken.*, since ").contains("  → more at http");
        johwa("status", "broken", "--json");
        assertThat(json().get("wrong").get(0).get("project").asString()).isEqualTo("broken");
        johwa("status", "shop", "--json");
        assertThat(json().get("wrong")).isEmpty();
    }

    @Test
    void statusAndReleasesHaveTheShapeThatProgramsRelyOn() {
        johwa("status", "shop", "--json");
        var app = json().get("apps").get(0);
        for (var name : List.of("name", "environment", "url", "release", "commit", "state", "instances")) {
            assertThat(app.has(name)).as(name).isTrue();
        }
        johwa("status", "shop");
        assertThat(out())
                .contains("SINCE")
                .containsPattern("last change: run \\d+ ")
                .contains("● pushed ", " ── ");
        johwa("run", "show", "shop");
        assertThat(out()).contains("● pushed ", " ── ", "tested", "healthy");
        assertThat(johwa("open", "shop", "--print")).isZero();
        assertThat(out()).matches("http://shop\\.localhost:\\d+/\\n");
        johwa("releases", "shop", "--json");
        var release = json().get("releases").get(0);
        for (var name : List.of("number", "commit", "artifact", "createdAt", "state", "current")) {
            assertThat(release.has(name)).as(name).isTrue();
        }
        assertThat(release.get("artifact").asString()).startsWith("sha256:");
    }

    @Test
    void aPromptTellsTheProjectOfTheFolderInAFewWordsAndIsNeverAnError() throws IOException {
        assertThat(johwa("status", "--prompt")).isZero();
        assertThat(out() + err()).isEmpty();
        Files.writeString(
                Files.createDirectories(home.resolve(".git")).resolve("config"),
                "[remote \"johwa\"]\n\turl = " + platform.server().url() + "/shop.git\n");
        assertThat(johwa("status", "--prompt")).isZero();
        assertThat(out()).matches("shop #\\d+\\n");
        Files.writeString(
                home.resolve(".git/config"),
                "[remote \"johwa\"]\n\turl = " + platform.server().url() + "/none.git\n");
        assertThat(johwa("status", "--prompt")).isZero();
        assertThat(out() + err()).isBlank();
    }

    @Test
    void aRestartIsToldAndWhatItUsesIsShown() {
        johwa("status", "shop", "--json");
        var app = json().get("apps").get(0);
        var before = app.get("instances")
                .valueStream()
                .filter(each ->
                        each.get("release").asInt() == app.get("release").asInt())
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();

        assertThat(johwa("restart", "shop", "--instance", before.substring(before.lastIndexOf('-') + 1)))
                .as(err())
                .isZero();
        assertThat(out()).startsWith("live: shop release ");
        assertThat(err()).contains("instead of " + before);
        assertThat(johwa("restart", "shop", "-i", "0")).isEqualTo(1);
        assertThat(err()).contains("no instance '0'", "there run shop-");
        assertThat(johwa("restart", "shop", "-e", "stagign")).isEqualTo(1);
        assertThat(johwa("wake", "shop")).isZero();
        assertThat(err()).contains("shop does not sleep");
        dev.johwa.Wait.eventually(() -> {
            johwa("status", "shop", "--json");
            return json().get("apps").get(0).get("instances").get(0).has("memoryBytes");
        });
        var process = json().get("apps").get(0).get("processes").get(0);
        assertThat(process.get("process").asString()).isEqualTo("web");
        assertThat(process.get("restarts").asInt()).isZero();
        johwa("status", "shop");
        assertThat(out()).contains("MEMORY", "CPU").containsPattern("\\d MiB ");
    }

    @Test
    void logsAreOfAReleaseSinceATimeAndWithAText() throws Exception {
        platform.get("shop.localhost", "/one");
        assertThat(johwa("logs", "shop", "--grep", "/one", "--json")).isZero();
        assertThat(json().get("lines").get(0).get("text").asString()).contains("/one");
        assertThat(json().get("lines").get(0).get("at").asString()).matches(".*\\.\\d{9}Z");
        johwa("logs", "shop", "--release", "1", "--json");
        assertThat(json().get("lines"))
                .isNotEmpty()
                .allMatch(line -> line.get("release").asInt() == 1);
        johwa("logs", "shop", "--since", "2020-01-01T00:00:00Z", "--limit", "1", "--json");
        assertThat(json().get("lines")).hasSize(1);
        assertThat(johwa("logs", "shop", "--since", "soon")).isEqualTo(2);
        assertThat(err()).contains("'soon' is no time");
    }

    @Test
    void whatIsNotThereIsTheHonestNoWithTheNearName() {
        for (var words :
                List.of("status shpo", "logs shpo", "releases shpo", "open shpo", "metrics shpo", "metrics sho.")) {
            assertThat(johwa(words.split(" "))).as(words).isEqualTo(1);
            assertThat(err()).as(words).contains("no app").contains("did you mean 'shop'?");
        }
        assertThat(johwa("run", "show", "shop", "99")).isEqualTo(1);
        for (var words : List.of(
                "rollback shpo",
                "restart shpo",
                "wake shpo",
                "scale shpo 2",
                "pause shpo",
                "maintenance shpo on",
                "once shpo -- ls",
                "exec shpo -- ls")) {
            assertThat(johwa(words.split(" "))).as(words).isEqualTo(1);
            assertThat(err()).as(words).contains("no app shpo", "did you mean 'shop'?");
        }
        for (var words :
                List.of("restart shop", "logs shop", "releases shop", "open shop", "scale shop", "metrics shop")) {
            assertThat(johwa((words + " -e producton").split(" "))).as(words).isEqualTo(1);
            assertThat(err()).as(words).contains("producton", "did you mean 'production'?");
        }
        for (var words : List.of("envs shpo", "secrets shpo", "data shpo", "chaos show shpo")) {
            assertThat(johwa(words.split(" "))).as(words).isEqualTo(1);
            assertThat(err()).as(words).contains("there is no app shpo", "did you mean 'shop'?");
        }
        for (var words : List.of("runs shpo", "runs shpo --json", "images shpo", "dora shpo")) {
            assertThat(johwa(words.split(" "))).as(words).isEqualTo(1);
            assertThat(out() + err()).as(words).contains("there is no project 'shpo'", "did you mean 'shop'?");
        }
        johwa("logs", "shop", "--process", "wbe");
        assertThat(err()).contains("Nothing was printed by 'wbe'.", "did you mean 'web'?");
        johwa("logs", "shop", "--search", "level:error", "--until", "1h");
        assertThat(err()).isEqualTo("No line was found for 'level:error'.\n");
        johwa("logs", "shop", "--search", "level:error");
        assertThat(err()).contains("No line was found for 'level:error'; the newest ", "no field 'level'");
        assertThat(johwa("run", "shwo", "shop", "1")).isEqualTo(2);
    }

    @Test
    void aProjectBeforeItsFirstReleaseHasEmptyLists() throws Exception {
        platform.push(platform.repository("empty", "index.html", "Hi"), "main:refs/tags/v1");
        for (var words : List.of(
                "runs empty", "envs empty", "secrets empty", "data empty", "images empty", "chaos show empty")) {
            assertThat(johwa(words.split(" "))).as(words + err()).isZero();
        }
        assertThat(johwa("dora", "empty")).as(err()).isZero();
        assertThat(johwa("envs", "set", "shpo", "MODE=fast")).as(err()).isZero();
        assertThat(err()).contains("There is no app 'shpo' yet; did you mean 'shop'?");
        assertThat(johwa("envs", "shpo")).as("set before the first push").isZero();
        assertThat(johwa("envs", "unset", "shpo", "MODE")).as(err()).isZero();
    }

    @Test
    void whoMayNotIsToldSo() {
        johwa("tokens", "create", "reader", "--role", "reader", "--expires", "1h", "--json");
        terminal.token = json().get("token").asString();

        assertThat(johwa("status")).isZero();
        for (var words : List.of(
                "rollback shop", "secrets shop", "tokens", "gc", "scale shop web=1", "restart shop", "wake shop")) {
            assertThat(johwa(words.split(" "))).as(words).isEqualTo(4);
        }
        terminal.token = "jhw_wrong";
        assertThat(johwa("status")).isEqualTo(4);
    }

    @Test
    void tokensTellWhenTheyWereUsedAndExpire() {
        johwa("tokens", "create", "short", "--role", "reader", "--expires", "1s", "--json");
        var brief = json().get("token").asString();
        johwa("tokens", "--json");
        var mine = json().get("tokens").get(0);
        assertThat(mine.get("name").asString()).isEqualTo("owner");
        assertThat(mine.has("lastUsedAt")).isTrue();
        assertThat(mine.has("expiresAt")).isFalse();

        terminal.token = brief;
        dev.johwa.Wait.eventually(() -> johwa("status") == 4);
        assertThat(err()).contains("not known here");
    }

    @Test
    void aSecondPersonComesInByALinkAndReleasesTellWhoDidWhat() throws Exception {
        assertThat(johwa("people", "invite", "kim", "--role", "maintaner")).isEqualTo(2);
        assertThat(err()).contains("did you mean 'maintainer'?");
        assertThat(johwa("people", "invite", "kim", "--role", "maintainer", "--project", "shop"))
                .as(err())
                .isZero();
        var link = out().strip();
        terminal.token = "";
        assertThat(johwa("people", "accept", "http://nowhere")).isEqualTo(2);
        terminal.input = "four words nobody knows\n";
        assertThat(johwa("people", "accept", link)).as(err()).isZero();
        assertThat(johwa("people", "accept", link)).isEqualTo(1);

        assertThat(johwa("people", "--json")).isZero();
        assertThat(json().get("people").get(0).get("name").asString()).isEqualTo("kim");
        assertThat(johwa("people", "invite", "lee", "--role", "viewer")).isEqualTo(4);
        assertThat(johwa("tokens", "new", "laptop", "--json")).as(err()).isZero();
        var laptop = json().get("token").asString();
        assertThat(johwa("login", "--name", "kim", platform.server().url()))
                .as(err())
                .isZero();
        terminal.input = "wrong words of nobody\n";
        assertThat(johwa("login", "--name", "kim", platform.server().url())).isEqualTo(4);

        terminal.token = laptop;
        assertThat(johwa("envs", "set", "shop", "WHO=kim")).as(err()).isZero();
        johwa("releases", "shop", "--json");
        assertThat(json().get("releases").get(0).get("by").asString()).isEqualTo("kim");
        assertThat(json().get("releases").get(0).get("why").asString()).isEqualTo("settings");
        assertThat(johwa("secrets", "set", "shop", "KEY=hidden")).as(err()).isZero();
        johwa("releases", "shop");
        assertThat(out().lines().skip(1).findFirst().orElseThrow()).contains(" secrets ");

        terminal.token = platform.token();
        assertThat(johwa("people", "role", "kim", "viewer")).isZero();
        assertThat(out()).contains("kim: viewer, maintainer of shop");
        assertThat(johwa("people", "remove", "kim")).isZero();
        terminal.token = laptop;
        assertThat(johwa("status")).isEqualTo(4);
    }

    @Test
    void linksAreMadeListedAndWithdrawn() {
        assertThat(johwa("open", "shop", "--share", "--expires", "1d", "--json"))
                .as(err())
                .isZero();
        assertThat(json().get("link").asString())
                .startsWith("http://shop.localhost:")
                .contains("?johwa-share=jhs_");
        assertThat(json().get("guarded").asBoolean()).isFalse();
        var id = json().get("id").asString();
        johwa("open", "shop", "--links");
        assertThat(out()).contains(id);
        assertThat(johwa("open", "shop", "--withdraw", id)).isZero();
        assertThat(johwa("open", "shop", "--withdraw", id)).isEqualTo(1);
        assertThat(johwa("open", "shop", "--share", "--expires", "91d")).isEqualTo(2);
    }

    @Test
    void anOwnersTokenIsMadeInTheDataFolderWhileThePlatformRuns() {
        terminal.token = "";
        assertThat(johwa("tokens", "new", "--owner", "--data", platform.data().toString(), "--json"))
                .as(err())
                .isZero();
        terminal.token = json().get("token").asString();

        assertThat(johwa("tokens", "new", "ci", "--json")).as(err()).isZero();
        assertThat(johwa("tokens", "new", "--owner", "--data", home.toString())).isEqualTo(2);
        assertThat(err()).contains("no platform works in " + home).contains("--data DIR");
        assertThat(johwa("tokens", "new", "--owner", "--role", "reader")).isEqualTo(2);
        assertThat(johwa("tokens", "new")).isEqualTo(2);
    }

    @Test
    void secretsOfAFileAreSetAllOrNone() throws Exception {
        Files.writeString(home.resolve("good.env"), "# keys\nexport ONE='first one'\nTWO=\nTHREE=3\n");
        Files.writeString(home.resolve("bad.env"), "FOUR=4\nnonsense\nFOUR=5\n");
        assertThat(johwa("secrets", "import", "another", "good.env")).as(err()).isZero();
        assertThat(err()).contains("Sets ONE, THREE", "left out: TWO").doesNotContain("first one");
        assertThat(johwa("secrets", "import", "another", "bad.env")).isEqualTo(2);
        assertThat(err()).contains("bad.env:2:1").contains("bad.env:3:1");
        terminal.input = "FIVE=5\n";
        assertThat(johwa("secrets", "import", "another", "-")).as(err()).isZero();
        assertThat(johwa("secrets", "import", "another", "nothing.env")).isEqualTo(2);
        johwa("secrets", "another", "--json");
        assertThat(json().get("secrets").toString()).isEqualTo("[\"FIVE\",\"ONE\",\"THREE\"]");
    }

    @Test
    void secretsComeFromArgumentsInputAndFilesAndAreListedByNameOnly() throws Exception {
        Files.writeString(home.resolve("key.pem"), "first\nsecond\n");
        assertThat(johwa("secrets", "set", "other", "A=argument-value"))
                .as(err())
                .isZero();
        terminal.input = "from-input\n";
        assertThat(johwa("secrets", "set", "other", "B")).isZero();
        assertThat(johwa("secrets", "set", "other", "C", "--file", "key.pem")).isZero();

        johwa("secrets", "other", "--json");

        assertThat(out()).doesNotContain("argument-value");
        assertThat(json().get("secrets").toString()).isEqualTo("[\"A\",\"B\",\"C\"]");
        assertThat(johwa("secrets", "set", "other", "C", "--file", "nothing.pem"))
                .isEqualTo(2);
        assertThat(johwa("secrets", "set", "other", "1X=y")).isEqualTo(2);
        assertThat(johwa("secrets", "unset", "other", "A", "B", "C")).isZero();
    }

    @Test
    void longWorkWithJsonIsAnObjectALine() {
        assertThat(johwa("envs", "set", "shop", "GREETING=hello", "--json")).isZero();

        assertThat(out().lines().map(Json::tree)).allSatisfy(event -> {
            assertThat(event.has("event")).isTrue();
            assertThat(event.has("at")).isTrue();
        });
        assertThat(out().lines().toList().getLast()).contains("\"event\":\"done\"");
    }

    @Test
    void watchingARunTellsItFromItsBeginning() {
        assertThat(johwa("run", "watch", "shop", "1")).isZero();
        assertThat(out() + err()).contains("run 1 of shop").contains("live");
    }
}
