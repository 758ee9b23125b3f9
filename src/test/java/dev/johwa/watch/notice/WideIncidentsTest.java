package dev.johwa.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.watch.incident.Incident;
import dev.johwa.watch.incident.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What hits several projects tells nobody of the others, no secret comes into a time line, and what others send has
/// an end.
@ParameterizedClass
@EnumSource(Kept.class)
class WideIncidentsTest {
    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private Surroundings around;

    @BeforeEach
    void open() {
        around = new Surroundings(folder, kept, Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        around.close();
    }

    private static InstanceCrashed crash(String project) {
        return new InstanceCrashed(project, project, "production", 41, project + "-1", "exit 1", 4);
    }

    private Incident incident() {
        return around.incidents.list(any -> true).getFirst();
    }

    private List<String> words(String project) {
        return around.incidents.story(incident(), project::equals).stream()
                .map(Moment::words)
                .toList();
    }

    @Test
    void aFullDiskTellsAProjectNothingOfTheOthersThatItHits() {
        around.seen.add(new Sign(
                Kind.DISK, "disk:sda1", "", "low", Sign.Words.of("disk", "The disk is low", ""), "Room again"));
        around.notices.look();
        around.hear(crash("shop"));
        around.hear(crash("blog"));
        assertThat(around.incidents.list(any -> true)).hasSize(1);
        assertThat(incident().projects()).containsExactly("blog", "shop");
        assertThat(incident().project()).isEmpty();
        around.seen.clear();
        for (int minute = 0; minute < 8; minute++) {
            around.clock.advance(Duration.ofMinutes(1));
            around.notices.look();
        }
        assertThat(incident().isOpen()).isFalse();
        assertThat(incident().over()).isEqualTo("disk: all that it hit is well again");
        assertThat(words("shop"))
                .contains("The disk is low")
                .anyMatch(line -> line.startsWith("shop keeps ending"))
                .noneMatch(line -> line.contains("blog"));
        assertThat(words("blog")).anyMatch(line -> line.startsWith("blog keeps ending"));
        var issue = around.noted.stream()
                .filter(each -> each.project().equals("shop") && each.phase() == Phase.OVER)
                .findFirst()
                .orElseThrow();
        assertThat(issue.words().story()).isNotEmpty().noneMatch(line -> line.contains("blog"));
    }

    @Test
    void theTimeLineHoldsNoSecret() {
        around.hear(crash("shop"));
        var now = around.clock.now();
        around.hear(new DeploymentFinished(
                "shop",
                "shop",
                "production",
                42,
                "b2",
                "",
                "push",
                "failed",
                "it said s3cret-token",
                now,
                now,
                41,
                "",
                List.of(),
                false));
        assertThat(words("shop")).contains("Release 42 did not go live: it said ***");
    }

    @Test
    void alertsOfOthersWhoseLabelsChangeAtEachTimeComeToAnEnd() {
        var many = IntStream.rangeClosed(0, Telling.MOST_OUTSIDE)
                .mapToObj(number -> new Notices.Outside(true, outside("shop", number)))
                .toList();
        assertThat(around.notices.hear(many)).isEqualTo(Telling.MOST_OUTSIDE);
        assertThat(around.notices.hear(List.of(new Notices.Outside(true, outside("blog", 1)))))
                .isEqualTo(1);
        assertThat(around.notices.hear(List.of(new Notices.Outside(false, outside("shop", 7)), many.getLast())))
                .isEqualTo(2);
    }

    private static Sign outside(String project, int number) {
        var words = Sign.Words.of(project + ": Slow", project + ": answers take 3 s", "/" + project);
        var key = "outside:" + project + ":production:" + number;
        return new Sign(Kind.OUTSIDE, key, project, "2026-11-26T03:40:00Z", words, "Slow fires no more");
    }
}
