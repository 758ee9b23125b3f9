package dev.johwa.serve.release;

import static dev.johwa.serve.release.ReleaseRig.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What garbage collection leaves, so that a rollback finds it.
@ParameterizedClass
@EnumSource(Kept.class)
class KeptReleasesTest {
    private static final int ALL = 30;
    private static final String ZEROS = "0".repeat(61);

    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private ReleaseRig rig;
    private Releases releases;

    @BeforeEach
    void begin() throws IOException {
        rig = new ReleaseRig(folder, kept);
        releases = rig.releases();
        releases.release(rig.passed(Map.of()), line -> {}, new Cancel());
        // As if each of them had served once.
        rig.database.write(handle -> {
            for (int number = 2; number <= ALL; number++) {
                handle.execute(
                        "insert into releases (project, app, number, environment, layer, branch, commit_id, run,"
                                + " artifact, detection, settings, secrets_version, tests, by_name, state,"
                                + " command_ran, reason, created_at, was_live) select project, app, ?, environment,"
                                + " layer, branch, commit_id, run, artifact, detection, settings, secrets_version,"
                                + " tests, by_name, 'RETIRED', command_ran, reason, created_at, was_live"
                                + " from releases where number = 1",
                        number);
            }
            return handle.execute("update releases set artifact = 'sha256:' || (100 + number) || ?", ZEROS);
        });
        serves(ALL);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void serves(int number) {
        rig.database.write(handle -> {
            handle.execute("update releases set state = case when number = ? then 'LIVE' else 'RETIRED' end", number);
            return handle.execute("update app_environments set current = ?", number);
        });
    }

    private List<Integer> numbers() {
        return releases.artifacts().stream()
                .map(Digest::text)
                .map(text -> Integer.parseInt(text.substring("sha256:".length(), text.length() - ZEROS.length())) - 100)
                .sorted()
                .toList();
    }

    private static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void theNewestOnesAre() {
        assertThat(numbers()).isEqualTo(range(21, 30));
    }

    @Test
    void afterAWayBackThoseBeforeItAreToo() {
        serves(15);
        assertThat(numbers())
                .containsAll(range(6, 15))
                .containsAll(range(21, 30))
                .hasSize(20);
        assertThat(releases.before(SHOP))
                .hasValueSatisfying(before -> assertThat(numbers()).contains(before.number()));
    }

    @Test
    void theGoalOfAWayBackIsWhileItIsUnderWay() {
        rig.database.write(handle -> handle.execute(
                "insert into open_deployments (project, app, environment, release, kind, by_name, before,"
                        + " secrets_before, secrets_version, started_at) values ('shop', 'shop', 'production', 3,"
                        + " 'rollback', 'me', 30, 0, 0, 0)"));
        assertThat(numbers()).contains(3).containsAll(range(21, 30)).hasSize(11);
    }
}
