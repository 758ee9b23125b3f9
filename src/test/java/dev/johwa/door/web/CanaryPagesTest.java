package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.ReleaseRig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person does with a canary, and where issues draw graphs, in a browser without script.
class CanaryPagesTest {
    @TempDir
    Path folder;

    @TempDir
    Path rigged;

    private ReleaseRig rig;
    private GitDoor door;
    private Visitor owner;

    @BeforeEach
    void open() throws Exception {
        rig = new ReleaseRig(rigged);
        door = new GitDoor(folder, GitDoor.Engine.OWN, (push, progress) -> Optional.empty(), rig.releases());
        door.repositories.create("shop");
        owner = new Visitor(door);
        assertThat(owner.raw("/login", "token=" + door.token).statusCode()).isEqualTo(303);
        release("");
        release("rollout: [5%, 10m, 50%, 10m]\n");
    }

    @AfterEach
    void close() {
        owner.close();
        door.close();
        rig.close();
    }

    private void release(String settings) throws Exception {
        rig.says(settings);
        assertThat(rig.releases()
                        .release(rig.passed(Map.of()), line -> {}, new Cancel())
                        .live())
                .isTrue();
    }

    private int serving() {
        return rig.releases().current(ReleaseRig.SHOP).orElseThrow().number();
    }

    private int act(String what, int step) throws Exception {
        var page = "/shop/releases/2/canary";
        assertThat(owner.get(page).body()).contains("name=\"at\"");
        return owner.post(page, page, Map.of("act", what, "at", Integer.toString(step)))
                .statusCode();
    }

    @Test
    void itIsTakenOnStepByStepAndToAll() throws Exception {
        assertThat(owner.get("/shop/releases/2/canary").body())
                .contains("release 2 gets 5 % of requests", "One step on: 50 % of requests", "Take 2 on to all users")
                .contains("End it: 1 gets all requests again");
        assertThat(act("away", 0)).isEqualTo(400);
        assertThat(act("step", 0)).isEqualTo(303);
        Wait.eventually(() ->
                rig.releases().canaries().of(ReleaseRig.SHOP).orElseThrow().isAtItsLastStep());
        assertThat(owner.get("/shop/releases/2/canary").body()).doesNotContain("One step on");
        // Pressed twice, it goes one step on.
        assertThat(act("step", 0)).isEqualTo(303);
        assertThat(act("promote", 1)).isEqualTo(303);
        Wait.eventually(() -> serving() == 2);
        assertThat(owner.get("/shop/releases/2/canary").statusCode()).isEqualTo(409);
    }

    @Test
    void itIsEndedAndNothingMoreIsGoneBack() throws Exception {
        assertThat(act("end", 0)).isEqualTo(303);
        Wait.eventually(() -> rig.releases().canaries().list().isEmpty());
        assertThat(serving()).isEqualTo(1);
    }

    @Test
    void anIssueDrawsTheGraphsThatItLeadsToOfItsOwnProject() throws Exception {
        var words = "![Requests](/%s/metrics?app=shop&environment=production&at=2026-01-01T00:00:00Z)";
        owner.post(
                "/shop/new-issue",
                "/shop/new-issue",
                Map.of(
                        "title",
                        "Slow",
                        "body",
                        words.formatted("shop") + "\n\n" + words.formatted("blog") + "\n\n"
                                + words.formatted("shop").replace("2026", "+1000000000") + "\n\n"
                                + words.formatted("shop").replace("2026", "-1000000000")));
        var page = owner.get("/shop/issues/1").body();
        assertThat(page.split("<figure class=\"graph\"", -1)).hasSize(4);
        assertThat(page).contains("All figures of that time", "href=\"/blog/metrics");
    }
}
