package dev.johwa.watch.chaos;

import static dev.johwa.serve.release.ReleaseRig.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.serve.release.Outcome;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.release.Stage;
import dev.johwa.serve.release.Trial;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Trouble;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Target;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults on what is live, and experiments on what is to go live, on a pretended target and edge.
class ChaosTest {
    private static final Map<String, String> ERRORS =
            Map.of("environment", "production", "share", "20%", "for", "60s", "production", "true");
    private static final String EXPERIMENT = """
            title: It answers
            description: Through the edge, whatever goes wrong there.
            configuration:
              url: {type: env, key: EDGE_URL}
            steady-state-hypothesis:
              title: It answers
              probes:
                - {type: probe, name: answers, tolerance: 200, provider: {type: http, url: "${url}/"}}
            method:
              - name: some fail
                type: action
                provider:
                  type: process
                  path: johwa
                  arguments: [chaos, fault, errors, -e, production, --share, 20%, --for, 1m, --production]
            """;

    @TempDir
    Path folder;

    private ReleaseRig rig;
    private Releases releases;
    private Chaos chaos;
    private boolean isForbidden;

    @BeforeEach
    void open() throws IOException {
        rig = new ReleaseRig(folder);
        releases = rig.releases();
        chaos = chaos();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Chaos chaos() {
        return new Chaos(new ChaosPorts(
                rig.database,
                rig.facts,
                rig.clock,
                rig.tasks,
                () -> releases,
                (project, text) -> text,
                () -> isForbidden));
    }

    private Outcome release() {
        return releases.release(rig.passed(Map.of()), line -> {}, new Cancel());
    }

    private List<Trouble> troubles() {
        return rig.table().routes().stream()
                .flatMap(route -> route.terms().troubles().stream())
                .toList();
    }

    private List<String> hosts() {
        return rig.table().routes().stream()
                .map(Route::hosts)
                .flatMap(List::stream)
                .filter(host -> host.startsWith("try-"))
                .toList();
    }

    @Test
    void aFaultStandsInTheTableWithItsEndAndGoesWithIt() {
        release();
        chaos.begin(SHOP, FaultOrder.of("errors", ERRORS), "ann");

        var until = rig.clock.now().plusSeconds(60);
        assertThat(troubles()).extracting(Trouble::until).containsExactly(until.toEpochMilli());
        assertThat(chaos.faults()).extracting(Fault::endsAt).containsExactly(until);
        assertThat(releases.errands().isDisturbed(SHOP)).isTrue();
        assertThat(chaos.stop(SHOP, "ann")).isEqualTo(1);
        assertThat(troubles()).isEmpty();
        assertThat(chaos.faults()).isEmpty();
        assertThat(rig.facts.all(FaultBegun.class)).hasSize(1);
        assertThat(rig.facts.all(FaultEnded.class)).extracting(FaultEnded::why).containsExactly("ended by ann");
        assertThat(releases.errands().isDisturbed(SHOP)).isTrue();
        rig.clock.advance(Duration.ofSeconds(31));
        assertThat(releases.errands().isDisturbed(SHOP))
                .as("the watch sees again soon after it was ended")
                .isFalse();
    }

    @Test
    void whatAnEarlierControlPlaneLeftIsUndoneByTheNext() {
        release();
        chaos.begin(SHOP, FaultOrder.of("errors", ERRORS), "ann");
        releases = rig.releases();
        chaos = chaos();
        releases.recover();
        chaos.recover();

        assertThat(troubles()).isEmpty();
        assertThat(chaos.faults()).isEmpty();
        assertThat(rig.facts.all(FaultEnded.class))
                .extracting(FaultEnded::why)
                .containsExactly("another control plane started");
    }

    @Test
    void productionIsSaidAndWhereItIsForbiddenNothingBreaks() throws IOException {
        release();
        var plain = Map.of("environment", "production", "share", "20%", "for", "60s");
        assertThatThrownBy(() -> chaos.begin(SHOP, FaultOrder.of("errors", plain), "ann"))
                .hasMessageContaining("said twice");
        var elsewhere = Map.of("environment", "staging", "share", "20%", "for", "60s");
        assertThatThrownBy(() -> chaos.begin(SHOP, FaultOrder.of("errors", elsewhere), "ann"))
                .hasMessageContaining("the fault is for staging, and this is production");
        isForbidden = true;
        assertThatThrownBy(() -> chaos.begin(SHOP, FaultOrder.of("errors", ERRORS), "ann"))
                .as("a rule counts at once")
                .hasMessageContaining("nothing is broken on purpose");
        isForbidden = false;
        rig.says("faults: false\n");
        release();
        assertThatThrownBy(() -> chaos.begin(SHOP, FaultOrder.of("errors", ERRORS), "ann"))
                .hasMessageContaining("nothing is broken on purpose");
        assertThat(chaos.faults()).isEmpty();
        assertThat(troubles()).isEmpty();
    }

    @Test
    void instancesThatAreNoProcessesAreLeftAlone() {
        release();
        var order = FaultOrder.of("kill", Map.of("environment", "production", "instances", "1", "production", "true"));

        assertThatThrownBy(() -> chaos.begin(SHOP, order, "ann")).hasMessageContaining("instances on dummy");
        assertThat(chaos.faults()).isEmpty();
    }

    @Test
    void aCandidateIsTriedUnderANameOfItsOwnBeforeItGetsRequests() throws IOException {
        rig.says("verify: [johwa chaos run johwa.yaml --production]\n");
        var seen = new ArrayList<String>();
        var tried = new ArrayList<Stage>();
        rig.trials = (stage, trial, progress, cancel) -> {
            assertThat(trial.text()).startsWith("verify:");
            seen.addAll(hosts());
            tried.add(stage);
            assertThat(rig.table().routes()).extracting(Route::app).containsExactly("");
            var played = chaos.verify(stage, new Trial("chaos.yaml", EXPERIMENT, true, "verify"), line -> {}, cancel);
            assertThat(troubles()).isEmpty();
            return played;
        };

        assertThat(release().live()).isTrue();
        assertThat(seen).hasSize(1);
        assertThat(hosts()).isEmpty();
        tried.getFirst().trouble(List.of());
        assertThat(hosts()).as("who is late does not show it again").isEmpty();
        assertThat(rig.facts.all(FaultBegun.class)).hasSize(1);
        var played = chaos.played(SHOP).getFirst();
        assertThat(played.steady()).isTrue();
        assertThat(played.release()).isEqualTo(1);
        var journal = Json.tree(chaos.journal(SHOP, played.id()).orElseThrow());
        assertThat(journal.get("status").asString()).isEqualTo("completed");
        assertThat(journal.get("run").get(0).get("output").get("stdout").asString())
                .isEqualTo("errors 503 for 20% of requests, 60 s");
    }

    @Test
    void aCandidateThatDoesNotHoldDoesNotGoLive() throws IOException {
        rig.says("verify: [johwa chaos run johwa.yaml]\n");
        var other = EXPERIMENT.replace("${url}/", "http://127.0.0.1:1/");
        rig.trials = (stage, trial, progress, cancel) ->
                chaos.verify(stage, new Trial("chaos.yaml", other, false, "verify"), progress, cancel);
        var outcome = release();

        assertThat(outcome.live()).isFalse();
        assertThat(outcome.reason()).contains("verify: chaos.yaml: It answers: it ended as failed");
        assertThat(chaos.journal(SHOP, chaos.played(SHOP).getFirst().id()).orElseThrow())
                .contains("is not asked from here");
        assertThat(rig.facts.all(FaultBegun.class)).isEmpty();
    }

    @Test
    void whatWasKilledOfACandidateIsThereAgainWhenItServes() throws IOException {
        releases = rig.releases(killable());
        rig.says("verify: [johwa chaos run johwa.yaml]\n");
        rig.trials = (stage, trial, progress, cancel) -> {
            stage.kill(stage.instances().getFirst());
            return Optional.empty();
        };

        assertThat(release().live()).isTrue();
        supervise();
        assertThat(rig.facts.all(InstanceCrashed.class)).isEmpty();
        assertThat(rig.target.find())
                .hasSize(1)
                .allMatch(each -> rig.target.observe(each).isAlive());
    }

    /// The pretended target, of which instances can be killed.
    private Target killable() {
        return (Target) Proxy.newProxyInstance(
                Target.class.getClassLoader(), new Class<?>[] {Target.class}, (self, method, words) -> {
                    if (method.getName().equals("kill")) {
                        rig.target.stop((Instance) words[0], Duration.ZERO);
                        return null;
                    }
                    try {
                        return method.invoke(rig.target, words);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void supervise() {
        for (int round = 0; round < 3; round++) {
            rig.clock.advance(Duration.ofSeconds(5));
            ReleaseRig.supervise(releases);
        }
    }

    @Test
    void instancesOfAStageAreThoseOfNow() {
        release();
        var stage = releases.errands().stage(releases.requireLive(SHOP));
        var first = stage.instances().getFirst();
        rig.target.stop(first, Duration.ZERO);
        supervise();

        assertThat(stage.instances()).hasSize(1).allMatch(each -> !each.id().equals(first.id()));
    }

    @Test
    void aLineThatNamesNoExperimentIsToldAsThat() throws IOException {
        rig.says("verify: [johwa chaos run chaos.yaml shop -e production]\n");

        assertThat(release().reason()).contains("is not read here");
    }

    @Test
    void aFaultThatCouldNotBeWrittenDownLeavesNothing() {
        release();
        rig.database.write(handle -> handle.execute("alter table faults rename to faults_away"));
        assertThatThrownBy(() -> chaos.begin(SHOP, FaultOrder.of("errors", ERRORS), "ann"))
                .isInstanceOf(RuntimeException.class);
        rig.database.write(handle -> handle.execute("alter table faults_away rename to faults"));
        chaos.begin(SHOP, FaultOrder.of("errors", ERRORS), "bob");

        assertThat(troubles()).hasSize(1);
        assertThat(chaos.stop(SHOP, "bob")).isEqualTo(1);
    }

    @Test
    void oneWhoseRowCannotBeDeletedDoesNotComeBack() {
        release();
        chaos.begin(SHOP, FaultOrder.of("errors", ERRORS), "ann");
        rig.database.write(handle -> handle.execute("alter table faults rename to faults_away"));
        assertThat(chaos.stop(SHOP, "ann")).isEqualTo(1);
        rig.database.write(handle -> handle.execute("alter table faults_away rename to faults"));
        chaos.begin(SHOP, FaultOrder.of("resets", ERRORS), "bob");

        assertThat(troubles()).extracting(Trouble::kind).containsExactly(Trouble.RESETS);
    }

    @Test
    void oneThatCannotBeUndoneYetKeepsNoOtherFromIt() throws IOException {
        release();
        var full = Files.createDirectories(folder.resolve("full/some")).getParent();
        var store = new FaultStore(rig.database, rig.facts);
        store.begin(left("a", FaultKind.DISK, full.toString()));
        store.begin(left("b", FaultKind.ERRORS, ""));
        store.begin(left("c", FaultKind.PAUSE, ""));
        rig.silenceEdge(true);
        chaos.recover();

        assertThat(chaos.faults()).extracting(Fault::id).containsExactlyInAnyOrder("a", "b");
    }

    private Fault left(String id, FaultKind kind, String file) {
        var now = rig.clock.now();
        return new Fault(id, SHOP, 1, kind, "some", List.of(), file, "", "ann", now, now);
    }

    @Test
    void anAnswerWithoutEndAndAPauseOfYearsEndWithTheExperiment() {
        var passed = rig.passed(Map.of("DUMMY_BODY", "x".repeat((1 << 20) + 1)));
        releases.release(passed, line -> {}, new Cancel());
        var played = play("""
                title: x
                description: y
                configuration:
                  url: {type: env, key: APP_URL}
                method:
                  - {type: probe, name: secure, provider: {type: http, url: "https://shop.localhost/"}}
                  - type: probe
                    name: large
                    provider: {type: http, url: "${url}/"}
                    pauses: {after: 99999999999}
                """);

        var journal = Json.tree(chaos.journal(SHOP, played.id()).orElseThrow());
        assertThat(journal.get("run").get(0).get("exception").toString()).contains("there is no TLS here");
        assertThat(journal.get("run").get(1).get("exception").toString()).contains("answers more than 1 MiB");
        assertThat(played.status()).isEqualTo("interrupted");
    }

    @Test
    void whatIsSentToTlsIsAskedThere() {
        release();
        rig.secureEdge("127.0.0.1:1");
        var played = play("""
                title: x
                description: y
                method:
                  - {type: probe, name: secure, provider: {type: http, url: "https://shop.localhost/"}}
                """);

        assertThat(chaos.journal(SHOP, played.id()).orElseThrow())
                .contains("the server https://shop.localhost:1 does not answer: connection refused");
    }

    private Played play(String text) {
        return chaos.play(SHOP, new Trial("chaos.yaml", text, false, "ann"), line -> {}, new Cancel());
    }

    @Test
    void journalsAreBoundedOverAllEnvironments() {
        release();
        rig.database.write(handle -> handle.execute("with recursive n(i) as (select 1 union all select i + 1 from n"
                + " limit 1001) insert into experiments select 'x' || i, 'shop', 'shop', 'branch-' || i, 1, '',"
                + " '', '', '', false, false, i, i, '{}' from n"));
        play("title: x\ndescription: y\nmethod: []\n");

        assertThat(rig.database.<Integer>read(handle -> handle.createQuery("select count(*) from experiments")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(1_000);
        assertThat(chaos.played(SHOP)).hasSize(1);
    }

    @Test
    void anActionInProductionNeedsTheWordOfWhoPlaysToo() {
        release();
        var played = chaos.play(SHOP, new Trial("chaos.yaml", EXPERIMENT, false, "ann"), line -> {}, new Cancel());

        assertThat(played.steady()).isTrue();
        assertThat(chaos.journal(SHOP, played.id()).orElseThrow()).contains("faults in production are said twice");
        assertThat(rig.facts.all(FaultBegun.class)).isEmpty();
    }
}
