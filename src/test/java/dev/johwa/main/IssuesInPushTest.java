package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Issues on the road of real pushes: opened by one that fails, closed by what is live, not before.
class IssuesInPushTest extends AtATerminal {

    private String said(String... words) {
        assertThat(terminal.johwa(words)).as(terminal.out() + terminal.err()).isZero();
        return terminal.out();
    }

    private JsonNode issue(int number) {
        return Json.tree(said("issues", "show", "shop", "#" + number, "--json"));
    }

    private void awaitState(int number, String state) {
        Wait.eventually(
                () -> issue(number).path("issue").path("state").asString().equals(state));
    }

    @Test
    void whatFailsOpensOneAndWhatIsLiveClosesThoseThatItSettles() throws Exception {
        var shop = platform.repository("shop", Apps.PYTHON);
        platform.push(shop, "main");
        assertThat(said("issues", "list", "shop")).doesNotContain("open");
        said("issues", "new", "shop", "Basket is empty", "--label", "bug");

        platform.commit(shop, "version", "bad\n");
        platform.push(shop, "main");
        Wait.eventually(() -> said("issues", "shop").contains("shop: release to production"));
        var failed = issue(2);
        assertThat(failed.path("issue").path("labels").get(0).asString()).isEqualTo("releases");
        assertThat(failed.path("body").asString())
                .contains("Run 2 of shop failed", "Commits since what was well:", "Change version", "test_is_not_bad");

        platform.commit(shop, "version", "good\n");
        platform.git(shop, "commit", "-q", "--amend", "-m", "Fill it\n\nFixes #1, see #2");
        platform.push(shop, "main");
        awaitState(1, "closed");
        awaitState(2, "closed");
        var settled = issue(1);
        assertThat(settled.path("entries").get(0).path("text").asString())
                .isEqualTo("Live in production with release 2");
        assertThat(settled.path("way").path("branches").get(0).asString()).isEqualTo("main");
        assertThat(settled.path("way").path("run").asInt()).isEqualTo(3);
        var place = settled.path("way").path("places").get(0);
        assertThat(place.path("release").asInt()).isEqualTo(2);
        assertThat(place.path("live").asBoolean()).isTrue();
        assertThat(place.path("healthySince").asString()).isNotEmpty();
        assertThat(said("issues", "show", "shop", "1"))
                .contains("Fill it", "settles it", "run 3", "release 2, live, healthy since");
        assertThat(issue(2).path("commits").get(0).path("closes").asBoolean()).isFalse();

        said("rollback", "shop");
        awaitState(1, "open");
        assertThat(said("issues", "show", "shop", "1")).contains("production went back to release 1", "not live now");
    }
}
