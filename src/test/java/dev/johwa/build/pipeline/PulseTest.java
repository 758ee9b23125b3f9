package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a person reads of a step that goes on.
class PulseTest {
    private final Tasks tasks = new Tasks();
    private final AtomicReference<Duration> now = new AtomicReference<>(Duration.ZERO);
    private final Pulse pulse = new Pulse(line -> {}, now::get, tasks, "npm ci", Pulse.PAUSE);

    @AfterEach
    void end() {
        pulse.close();
        tasks.close();
    }

    @Test
    void aSilentStepIsToldByItsCommand() {
        assertThat(pulse.text(Duration.ofSeconds(10))).isEqualTo("10.0 s  npm ci goes on, and has printed nothing yet");
    }

    @Test
    void aTalkingStepIsToldByItsLastWords() {
        now.set(Duration.ofSeconds(9));
        pulse.heard("added 32 packages");
        pulse.heard("  ");
        pulse.heard("------------------------");

        assertThat(pulse.text(Duration.ofSeconds(10))).isEqualTo("10.0 s  added 32 packages");
    }

    @Test
    void wordsOfLongAgoSaySo() {
        now.set(Duration.ofSeconds(5));
        pulse.heard("Compiling serde");

        assertThat(pulse.text(Duration.ofSeconds(40))).isEqualTo("40.0 s  Compiling serde (35.0 s ago)");
    }

    @Test
    void aLongStepIsToldLessAndLessOften() {
        assertThat(Stream.iterate(Pulse.PAUSE, Pulse::longer).limit(5).map(Duration::toSeconds))
                .containsExactly(10L, 20L, 40L, 60L, 60L);
    }
}
