package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Wait;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people see of the words of steps.
class RunLogTest {
    @TempDir
    Path folder;

    /// What a program's line is in the file of a log that hides `secret`.
    private String kept(String line) throws IOException {
        var file = folder.resolve("log");
        Files.deleteIfExists(file);
        try (var tasks = new Tasks();
                var log =
                        new RunLog(file, said -> {}, new SystemClock(), tasks, text -> text.replace("secret", "***"))) {
            log.output("test", line);
        }
        var text = Files.readString(file);
        assertThat(text).endsWith("\n");
        return text.substring(text.indexOf(" | ") + 3, text.length() - 1);
    }

    @Test
    void ofWhatAProgramPrintsColoursAreKeptAndNothingElseThatATerminalObeys() throws IOException {
        assertThat(kept("\u001B[1;31mred\u001B[0m \u001B[2K\u001B]0;title\u0007and\u0007\u009B2J"))
                .isEqualTo("\u001B[1;31mred\u001B[0m and\uFFFD2J");
        assertThat(kept("\u001B[38;5;9mx\u001B[?25l\u001B[")).isEqualTo("\u001B[38;5;9mx\u001B[0m");
        assertThat(kept("cut off \u001B")).isEqualTo("cut off ");
    }

    @Test
    void ofProgressThatIsWrittenOverTheLastIsKept() throws IOException {
        assertThat(kept("\r 1%\r50%\r\u001B[32m100%\u001B[0m\r")).isEqualTo("\u001B[32m100%\u001B[0m");
        assertThat(kept("plain\r\r")).isEqualTo("plain");
        assertThat(kept("\r")).isEmpty();
    }

    @Test
    void aSecretThatColoursCutInTwoIsHidden() throws IOException {
        assertThat(kept("a secret")).isEqualTo("a ***");
        assertThat(kept("\u001B[31ma\u001B[0m sec\u001B[32mret\u001B[0m")).isEqualTo("a ***");
    }

    @Test
    void aLogThatCannotBeWrittenIsSaidInWords() throws IOException {
        var file = Files.createFile(folder.resolve("file")).resolve("log");
        try (var tasks = new Tasks()) {
            assertThatThrownBy(() -> new RunLog(file, said -> {}, new SystemClock(), tasks, text -> text))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("the log of the run cannot be written: " + folder.resolve("file"))
                    .hasMessageNotContaining("Exception");
        }
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
