package dev.johwa.watch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Experiments whose probes and actions do what nobody wants.
class PlayTest {
    private static final String HEAD = "title: x\ndescription: y\n";

    private static JsonNode play(String text) {
        try (var world = new HereWorld()) {
            var experiment = Experiments.read("chaos.yaml", HEAD + text);
            return Json.tree(Json.write(new Play(experiment, world, HereWorld.names(experiment, Map.of())).play()));
        }
    }

    @Test
    void whatCannotBeStartedHasFailedAndTheRestIsPlayed() {
        var journal = play("""
                method:
                  - {type: action, name: none, provider: {type: process, path: /nowhere/none}}
                  - {type: action, name: some, provider: {type: process, path: "true"}}
                rollbacks:
                  - {type: action, name: back, provider: {type: process, path: "true"}}
                """);

        assertThat(journal.get("run").get(0).get("status").asString()).isEqualTo("failed");
        assertThat(journal.get("run").get(1).get("status").asString()).isEqualTo("succeeded");
        assertThat(journal.get("rollbacks").get(0).get("status").asString()).isEqualTo("succeeded");
        assertThat(journal.get("status").asString()).isEqualTo("completed");
    }

    @Test
    @Timeout(60)
    void aPatternThatTriesEveryWayDoesNotHold() {
        var journal = play("""
                steady-state-hypothesis:
                  title: it says so
                  probes:
                    - type: probe
                      name: says
                      tolerance: {type: regex, target: stdout, pattern: "(a|aa)+$"}
                      provider: {type: process, path: echo, arguments: [%sb]}
                method: []
                """.formatted("a".repeat(60)));

        var before = journal.get("steady_states").get("before");
        assertThat(before.get("steady_state_met").asBoolean()).isFalse();
        assertThat(journal.get("run").size()).isZero();
    }

    @Test
    void ofALargeAnswerTheBeginningIsKept() {
        try (var world = new HereWorld()) {
            var journal = new Journal(Experiments.read("chaos.yaml", HEAD + "method: []\n"), world);
            var kept = journal.kept(Map.of("status", 200, "body", Collections.nCopies(10_000, "some")));

            assertThat(kept.get("status")).isEqualTo(200);
            assertThat(String.valueOf(kept.get("body"))).startsWith("[\"some\"").hasSize(4_001);
        }
    }
}
