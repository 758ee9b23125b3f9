package dev.johwa.watch.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is said of files that cannot be played, and of faults that do not say how far they go.
class ExperimentsTest {
    private static List<String> problems(String text) {
        return Experiments.check("chaos.yaml", text).stream().map(Problem::text).toList();
    }

    @Test
    void allIsToldAtOnceWithItsPlace() {
        var problems = problems("""
                title: x
                descripton: y
                method:
                  - {type: prob, name: a, provider: {type: htpp, url: "x"}}
                  - {type: action, name: b, provider: {type: python, module: m, func: f}}
                  - type: action
                    name: c
                    provider: {type: process, path: johwa, arguments: [chaos, fault, latncy, -e, staging]}
                  - type: action
                    name: d
                    provider: {type: process, path: johwa, arguments: [chaos, fault, errors, --share, 300%]}
                secrets: {a: {b: c}}
                """);

        assertThat(problems)
                .containsExactly(
                        "chaos.yaml:2:1: unknown key 'descripton' — did you mean 'description'?",
                        "chaos.yaml:1:1: the experiment has no description — write description: …",
                        "chaos.yaml:12:10: secrets of an experiment are not read here — process probes have the app's"
                                + " secrets in their environment: `johwa secrets set`",
                        "chaos.yaml:4:5: an activity is no 'prob' — did you mean 'probe'?",
                        "chaos.yaml:4:37: there is no provider 'htpp' — did you mean 'http'?",
                        "chaos.yaml:5:39: the provider python is not played here — call it by a process: path: python3,"
                                + " arguments: [-c, …], or play the file by `chaos run`",
                        "chaos.yaml:8:55: there is no fault 'latncy' — did you mean 'latency'?",
                        "chaos.yaml:11:55: 'errors' does not say --environment — how far a fault goes is always said:"
                                + " --environment, --for, --share",
                        "chaos.yaml:11:55: 'errors' does not say --for — how far a fault goes is always said:"
                                + " --environment, --for, --share",
                        "chaos.yaml:11:55: --share is '300%' — write a share of requests such as 20%");
    }

    @Test
    void asManyActivitiesAreReadAsAreKept() {
        var text = "title: x\ndescription: y\nmethod:\n"
                + "- {type: action, name: a, provider: {type: process, path: \"true\"}}\n"
                + "- {ref: a}\n".repeat(199);

        assertThat(problems(text)).isEmpty();
        assertThat(problems(text + "- {ref: a}\n"))
                .containsExactly("chaos.yaml:1:1: more than 200 activities are not played here — take two files");
    }

    @Test
    void aFaultGoesAsFarAsItSaysAndNoFurtherThanItMay() {
        var order = FaultOrder.of(
                "latency",
                Map.of(
                        "environment",
                        "staging",
                        "share",
                        "12.5%",
                        "delay",
                        "300ms",
                        "for",
                        "2m",
                        "header",
                        "X-Try: 1"));

        assertThat(order.share()).isEqualTo(1_250);
        assertThat(order.delay()).isEqualTo(Duration.ofMillis(300));
        assertThat(order.text()).isEqualTo("latency of 300 ms for 12.5% of requests with X-Try: 1, 120 s");
        assertThat(order.inProduction()).isFalse();
        assertThatThrownBy(() -> FaultOrder.of("pause", Map.of("environment", "a", "instances", "1", "for", "11m")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("--for is '11m'");
        assertThatThrownBy(() -> FaultOrder.of("kill", Map.of("environment", "a", "instances", "1", "share", "5%")))
                .hasMessageContaining("'kill' has no --share");
    }

    @Test
    void aShareOfInstancesIsAtLeastOne() {
        assertThat(new FaultOrder.Amount(10, true).of(3)).isEqualTo(1);
        assertThat(new FaultOrder.Amount(50, true).of(3)).isEqualTo(2);
        assertThat(new FaultOrder.Amount(5, false).of(3)).isEqualTo(3);
    }

    @Test
    void wordsOfACommandAreReadAsTheCommandReadsThem() {
        var words = List.of("chaos", "fault", "kill", "shop/api", "-e", "staging", "--instances=50%", "--production");

        assertThat(OwnWords.read(words)).isInstanceOfSatisfying(OwnWords.Begin.class, begin -> {
            assertThat(begin.app()).isEqualTo(Optional.of("shop/api"));
            assertThat(begin.order().inProduction()).isTrue();
            assertThat(begin.order().instances()).isEqualTo(new FaultOrder.Amount(50, true));
        });
        var cut = List.of("chaos", "fault", "cut", "-e", "staging", "--data", "DATABASE_URL", "--for", "20s");
        assertThat(((OwnWords.Begin) OwnWords.read(cut)).order().text())
                .isEqualTo("no connection to DATABASE_URL, 20 s");
        assertThatThrownBy(() -> OwnWords.read(List.of("chaos", "fault", "cut", "-e", "staging", "--for", "20s")))
                .hasMessageContaining("'cut' does not say --data");
        var full = List.of("chaos", "fault", "disk", "-e", "staging", "--size", "full", "--for", "20s");
        assertThat(((OwnWords.Begin) OwnWords.read(full)).order().text())
                .isEqualTo("all that is left in the folder of data, 20 s");
        assertThatThrownBy(() -> OwnWords.read(List.of("chaos", "falt"))).hasMessageContaining("did you mean 'fault'?");
    }
}
