package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.json.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Jobs of a real app by the CLI against a real server: run, listened to, missed, and found again after a restart.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobsTest extends AtATerminal {
    private static final String FILE = """
                    schedule:
                      report: {cron: "0 3 * * *", zone: Asia/Seoul, run: 'cat version; echo for $JOHWA_JOB $PASSWORD; cat'}
                      long: {cron: "30 4 1 1 *", run: [sh, -c, "echo begun; sleep 4322; echo never"], late: true}
                    data: [uploads/]
                    """;

    @BeforeAll
    static void start() throws Exception {
        var repository = platform.repository("shop", Apps.PYTHON);
        platform.commit(repository, "version", "7\n", "johwa.yaml", FILE);
        assertThat(platform.push(repository, "main")).contains("live");
    }

    private String state(String job) {
        johwa("jobs", "history", "shop", job, "--json");
        var runs = Json.tree(out()).get("runs");
        return runs.isEmpty() ? "" : runs.get(0).get("state").asString();
    }

    @Test
    @Order(1)
    void jobsAreListedAndRunWithWhatIsLive() throws Exception {
        assertThat(johwa("jobs")).isZero();
        assertThat(out()).contains("report", "0 3 * * * Asia/Seoul", "long", "30 4 1 1 *");
        assertThat(johwa("jobs", "shop", "--json")).isZero();
        var job = Json.tree(out()).get("jobs").get(1);
        assertThat(job.get("next").get(0).asString()).endsWith("T18:00:00Z");
        assertThat(johwa("secrets", "set", "shop", "PASSWORD=not for everybody"))
                .isZero();

        assertThat(johwa("jobs", "run", "shop", "report")).as(terminal.err()).isZero();
        assertThat(out()).isEqualTo("7\nfor report ***\n");
        assertThat(terminal.err()).contains("run 1: exit 0");
        assertThat(johwa("jobs", "logs", "shop", "report")).isZero();
        assertThat(out()).startsWith("7\nfor report ***\n");
        assertThat(johwa("jobs", "history", "shop", "report")).isZero();
        assertThat(out()).contains("done", "exit 0", "owner");
        assertThat(johwa("logs", "shop", "--process", "job-report")).isZero();
        assertThat(out()).contains("for report ***").contains("-job-report-");
    }

    @Test
    @Order(2)
    void whatIsWrongIsSaid() {
        assertThat(johwa("jobs", "run", "shop", "repord")).isEqualTo(1);
        assertThat(terminal.err()).contains("there is no job 'repord' of shop", "did you mean 'report'?");
        assertThat(johwa("jobs", "run", "shop")).isEqualTo(2);
        assertThat(johwa("jobs", "shopp")).isEqualTo(1);
        assertThat(terminal.err()).contains("shopp", "shop");
        assertThat(johwa("jobs", "logs", "shop", "long")).isEqualTo(1);
        assertThat(terminal.err()).contains("no run of long started yet");
        assertThat(johwa("jobs", "stop", "shop", "long")).isZero();
        assertThat(out()).contains("nothing ran: long");
        assertThat(johwa("jobs", "history", "shop", "report", "-e", "nowhere")).isEqualTo(1);
    }

    @Test
    @Order(3)
    void aRunIsFoundAgainAfterARestartAndEndedByHand() throws Exception {
        assertThat(johwa("jobs", "run", "shop", "long", "--nowait")).isZero();
        Wait.eventually(() -> state("long").equals("running"));
        platform.restart();
        assertThat(state("long")).isEqualTo("running");
        assertThat(johwa("jobs", "run", "shop", "long")).isEqualTo(1);
        assertThat(terminal.err()).contains("run 1 of long of shop still goes on", "johwa jobs stop shop long");
        assertThat(johwa("jobs", "logs", "shop", "long")).isZero();
        assertThat(out()).isEqualTo("begun\n");
        assertThat(johwa("jobs", "stop", "shop", "long")).isZero();
        assertThat(state("long")).isEqualTo("stopped");
        Wait.eventually(() -> ProcessHandle.allProcesses()
                .noneMatch(each -> each.info().commandLine().orElse("").contains("sleep 4322")));
    }

    @Test
    @Order(4)
    void whatWasMissedIsToldAndRunsLateWhereThatIsSaid() throws Exception {
        platform.stopControlPlane();
        try (var database = StatePlace.of(platform.data()).open(Database.Access.BESIDE)) {
            // As if it had been away for two years and some days.
            int changed = database.write(
                    handle -> handle.execute("update job_times set handled_at = handled_at - 64000000000"));
            assertThat(changed).isEqualTo(2);
        }
        platform.startControlPlane();
        Wait.eventually(() -> state("long").equals("running"));
        assertThat(johwa("jobs", "history", "shop", "long")).isZero();
        assertThat(out()).contains("runs late, once", "schedule");
        assertThat(state("report")).isEqualTo("missed");
        assertThat(johwa("jobs", "shop")).isZero();
        assertThat(out()).contains("run 3 goes on").containsPattern("missed 7\\d\\d times");
    }

    @Test
    @Order(5)
    void aJobGoesWithItsApp() throws Exception {
        assertThat(johwa("apps", "delete", "shop", "--confirm", "shop"))
                .as(terminal.err())
                .isZero();
        Wait.eventually(() -> ProcessHandle.allProcesses()
                .noneMatch(each -> each.info().commandLine().orElse("").contains("sleep 4322")));
        assertThat(johwa("jobs", "--json")).isZero();
        assertThat(Json.tree(out()).get("jobs")).isEmpty();
    }
}
