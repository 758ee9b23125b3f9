package dev.johwa.watch.dora;

import static dev.johwa.watch.dora.Story.commit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.DeploymentStarted;
import dev.johwa.watch.incident.IncidentEnded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kept.class)
class DoraTest {
    @Parameter
    Kept kept;

    private static final Question WEEK = Question.production(Optional.empty(), Duration.ofDays(7));

    private final FakeClock clock = new FakeClock(Story.hour(48));

    @TempDir
    Path folder;

    private Database database;
    private FactLog facts;

    @BeforeEach
    void open() {
        database = kept.open(folder);
        facts = new FactLog(
                database, clock, List.of(DeploymentFinished.class, DeploymentStarted.class, IncidentEnded.class));
    }

    @AfterEach
    void close() {
        facts.close();
        database.close();
    }

    private void store(Story story) {
        facts.append(story.facts().toArray(DeploymentFinished[]::new));
    }

    @Test
    void readsEachFactOnceAndGoesOnWhereItWas() {
        var dora = new Dora(facts, clock, folder.resolve("dora"));
        store(new Story("shop").push(0, commit("a", -1)).push(1, commit("b", 0)));
        assertThat(dora.report(WEEK).deployments()).isEqualTo(2);

        facts.append(new DeploymentStarted("shop", "shop", "production", 3, "c", "push", "ann"));
        store(new Story("api").push(2, commit("x", 1)));

        assertThat(dora.report(WEEK).deployments()).isEqualTo(3);
        assertThat(dora.report(WEEK).deployments()).isEqualTo(3);
        assertThat(new Dora(facts, clock, folder.resolve("dora")).report(WEEK)).isEqualTo(dora.report(WEEK));
    }

    @Test
    void answersTheSameAfterItForgotWhatNobodyAskedFor() {
        var story = new Story("shop");
        for (int i = 0; i < 10_001; i++) {
            story.push(i / 1000.0, commit("c" + i, i / 1000.0 - 0.001));
        }
        store(story);
        var dora = new Dora(facts, clock, folder.resolve("dora"));
        dora.keep();
        assertThat(dora.isAwake()).isFalse();

        var asked = dora.report(WEEK);
        dora.rest();
        assertThat(dora.isAwake()).isTrue();
        clock.advance(Dora.IDLE.plusSeconds(1));
        dora.rest();
        assertThat(dora.isAwake()).isFalse();
        store(new Story("api").push(11, commit("x", 10.5)));

        assertThat(dora.report(WEEK).deployments()).isEqualTo(asked.deployments() + 1);
    }

    @Test
    void anIncidentProvesThatAReleaseFailedAndForHowLong() {
        store(new Story("shop").push(0, commit("a", -1)).push(1, commit("b", 0)).rollback(1.1, 1));
        var dora = new Dora(facts, clock, folder.resolve("dora"));
        assertThat(dora.report(WEEK).timeToRestore().medianSeconds()).hasValue(360);
        facts.append(new IncidentEnded(
                "shop", "shop", "production", 7, 2, Story.hour(1.02), Story.hour(1.1), "9 of 10 failed"));

        var report = dora.report(WEEK);
        assertThat(report.changeFailureRate().failed()).isEqualTo(1);
        assertThat(report.changeFailureRate().evidence().getFirst().by()).isEqualTo("incident");
        assertThat(report.timeToRestore().medianSeconds()).hasValue(288);
        assertThat(new Dora(facts, clock, folder.resolve("dora")).report(WEEK)).isEqualTo(report);
    }

    @Test
    void whatFailedBeforeAReleaseServedWasNotItsDoing() {
        store(new Story("shop").push(0, commit("a", -1)).push(1, commit("b", 0)).rollback(1.1, 1));
        facts.append(new IncidentEnded(
                "shop", "shop", "production", 7, 2, Story.hour(0.2), Story.hour(1.1), "9 of 10 failed"));
        var report = new Dora(facts, clock, folder.resolve("dora")).report(WEEK);
        assertThat(report.timeToRestore().medianSeconds()).hasValue(360);
    }

    @Test
    void tellsEachAppOfSeveralApart() {
        store(new Story("shop").push(0, commit("a", -1)).push(1, commit("b", 0)));
        store(new Story("api").push(2, commit("x", 1)));
        var dora = new Dora(facts, clock, folder.resolve("dora"));

        var report = dora.report(WEEK);

        assertThat(report.apps()).extracting(Report.OfApp::name).containsExactly("shop", "shop/api");
        assertThat(report.apps()).extracting(app -> app.figures().deployments()).containsExactly(2, 1);
        var one = Question.production(Optional.of("shop/api"), Duration.ofDays(7));
        assertThat(dora.report(one).deployments()).isEqualTo(1);
        assertThat(dora.report(one).apps()).isEmpty();
    }

    @Test
    void jsonHasEveryKeyThatProgramsRelyOnEvenWhenNothingIsKnown() {
        var json = Json.tree(Json.write(new Dora(facts, clock, folder.resolve("dora")).report(WEEK)));

        assertThat(json.at("/deploymentFrequency/perDay").asDouble()).isZero();
        for (var path : List.of(
                "/leadTime/medianSeconds",
                "/leadTime/p90Seconds",
                "/changeFailureRate/ratio",
                "/timeToRestore/medianSeconds",
                "/reworkRate/ratio")) {
            assertThat(json.at(path).isNull()).as(path).isTrue();
        }
        assertThat(json.at("/band").asString()).isEqualTo("too few");
        assertThat(json.at("/window/since").asString()).isEqualTo("2026-02-24T00:00:00Z");
        assertThat(json.at("/deployments").isInt()).isTrue();
    }

    @Test
    void jsonTellsTheFiguresAndTheirEvidence() {
        store(new Story("shop")
                .push(0, commit("a", -1))
                .push(10, commit("b", 9))
                .rollback(12, 1));

        var json = Json.tree(Json.write(new Dora(facts, clock, folder.resolve("dora")).report(WEEK)));

        assertThat(json.at("/changeFailureRate/ratio").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/changeFailureRate/evidence/0/by").asString()).isEqualTo("rollback");
        assertThat(json.at("/timeToRestore/medianSeconds").asDouble()).isEqualTo(7200);
        assertThat(json.at("/leadTime/n").asInt()).isEqualTo(1);
    }

    @Test
    void rawRowsComeAsCommaSeparatedValues() throws IOException {
        store(new Story("shop")
                .push(0, "odd, \"quoted\"", commit("a", -1))
                .push(10, commit("b", 9))
                .rollback(12, 1));
        var dora = new Dora(facts, clock, folder.resolve("dora"));
        var deployments = new StringBuilder();
        var leads = new StringBuilder();

        dora.writeDeployments(WEEK, deployments);
        dora.writeLeadTimes(WEEK, leads);

        assertThat(deployments.toString().split("\r\n"))
                .hasSize(4)
                .satisfies(lines -> assertThat(lines[0]).startsWith("app,environment,release,kind,outcome,role"))
                .satisfies(lines -> assertThat(lines[1]).contains("\"sha256:odd, \"\"quoted\"\"\""))
                .satisfies(lines -> assertThat(lines[2]).endsWith(",rollback,1,7200"));
        assertThat(leads.toString().lines().toList().get(1))
                .isEqualTo("shop,production,2," + Story.id("b")
                        + ",2026-03-01T08:00:00Z,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,3600");
    }

    @Test
    void aWindowOfNothingIsRefused() {
        assertThatThrownBy(() -> Question.production(Optional.empty(), Duration.ZERO))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("30d");
    }
}
