package dev.johwa.source.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Configs.Wanted;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.stack.Draft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Jobs as johwa.yaml says them.
class ScheduleMakerTest {
    private static Configs.Resolved resolve(String yaml, String environment) {
        return resolve(yaml, environment, new Draft("go", "Go"));
    }

    private static Configs.Resolved resolve(String yaml, String environment, Draft draft) {
        return new Configs(ServerSpec.none())
                .resolve(
                        new Wanted("shop", "shop", environment, "main"),
                        Configs.parse("johwa.yaml", yaml),
                        draft.done(),
                        Map.of());
    }

    @Test
    void whatAnotherFileSaysIsAJobThatJohwaYamlMayChange() {
        var draft = new Draft("go", "Go");
        draft.schedule.put("clean", new Detection.Job("0 3 * * *", List.of("sh", "-c", "./clean")));
        draft.schedule.put("report", new Detection.Job("@daily", List.of("sh", "-c", "./report")));

        var jobs = resolve("schedule: {report: {enabled: false}, clean: {zone: Asia/Seoul}}", "production", draft)
                .settings()
                .schedule();
        assertThat(jobs.get("clean"))
                .isEqualTo(new Settings.Job(
                        "0 3 * * *",
                        "Asia/Seoul",
                        List.of("sh", "-c", "./clean"),
                        false,
                        false,
                        true,
                        Duration.ofHours(6)));
        assertThat(jobs.get("report").enabled()).isFalse();
        assertThat(resolve("", "preview", draft)
                        .settings()
                        .schedule()
                        .get("clean")
                        .enabled())
                .isFalse();
    }

    private static List<Problem> problems(String yaml) {
        return catchThrowableOfType(ProblemException.class, () -> Configs.parse("johwa.yaml", yaml))
                .problems();
    }

    @Test
    void aJobHasWhatTheFileSaysAndConventionsForTheRest() {
        var file = """
                        schedule:
                          nightly: {cron: "0 3 * * *", run: [node, clean.js]}
                          mails: {cron: "@hourly", run: send, zone: Asia/Seoul, overlap: true, late: true, limit: 5m}
                        environments: {preview: {schedule: {mails: {enabled: true}}}}
                        """;

        var jobs = resolve(file, "production").settings().schedule();
        assertThat(jobs).containsOnlyKeys("nightly", "mails");
        assertThat(jobs.get("nightly"))
                .isEqualTo(new Settings.Job(
                        "0 3 * * *", "UTC", List.of("node", "clean.js"), false, false, true, Duration.ofHours(6)));
        assertThat(jobs.get("mails"))
                .isEqualTo(new Settings.Job(
                        "@hourly", "Asia/Seoul", List.of("sh", "-c", "send"), true, true, true, Duration.ofMinutes(5)));
        assertThat(resolve(file, "preview").settings().schedule())
                .satisfies(there -> assertThat(there.get("nightly").enabled()).isFalse())
                .satisfies(there -> assertThat(there.get("mails").enabled()).isTrue());
    }

    @Test
    void aJobThatCannotRunIsAProblem() {
        assertThat(resolve("schedule: {a: {cron: '0 3 * * *'}, b: {run: x}}", "production")
                        .problems())
                .extracting(Problem::text)
                .containsExactly(
                        "johwa.yaml:1:22: the job 'a' has no 'run' — write it as a: {cron: \"0 3 * * *\", run: COMMAND}",
                        "johwa.yaml:1:45: the job 'b' has no 'cron' — write it as b: {cron: \"0 3 * * *\", run: COMMAND}");
        assertThat(problems("schedule: {a: {cron: '0 0 30 2 *', zone: Asia/Soul, run: x}}"))
                .extracting(Problem::text)
                .containsExactly(
                        "johwa.yaml:1:22: '0 0 30 2 *' never comes: no such day is in any year — L is the last day of a month",
                        "johwa.yaml:1:42: there is no time zone 'Asia/Soul' — did you mean 'Asia/Seoul'?");
        assertThat(problems("schedule: {a: {cron: '@dayly', run: x}}"))
                .extracting(Problem::hint)
                .containsExactly("did you mean '@daily'?");
    }
}
