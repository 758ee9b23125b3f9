package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What people see of the words of steps.
class RunLogTest {
    @Test
    void coloursAndControlCharactersAreTakenOut() {
        assertThat(RunLog.plain("\u001B[31mred\u001B[0m and\ttab")).isEqualTo("red and\ttab");
        assertThat(RunLog.plain("bell \u0007\u0008 here")).isEqualTo("bell \uFFFD here");
        assertThat(RunLog.plain("naïve 조화")).isEqualTo("naïve 조화");
    }

    @Test
    void aLongStepTellsThatItGoesOnAndWhatItSaidLast() {
        var said = new CopyOnWriteArrayList<String>();
        try (var tasks = new Tasks();
                var pulse = new Pulse(said::add, () -> Duration.ofSeconds(12), tasks, "npm ci", Duration.ofMillis(5))) {
            pulse.heard("added 120 packages");
            pulse.heard("   ");
            pulse.heard("[INFO] -----------------------");

            Wait.eventually(
                    () -> said.stream().anyMatch(line -> line.equals("            … 12.0 s  added 120 packages")));
        }
        assertThat(said).allMatch(line -> line.startsWith("            … "));
    }

    @Test
    void ofEndlessOutputTheFirstAndTheLastLinesAreHeard() {
        var heard = new Heard();
        for (int i = 0; i < 50_000; i++) {
            heard.add("line " + i);
        }
        heard.add("x".repeat(1_000_000));

        assertThat(heard.lines()).hasSize(20_000).startsWith("line 0").contains("line 49999");
        assertThat(heard.last(2)).isEqualTo(List.of("line 49999", "x".repeat(2_000)));
    }
}
