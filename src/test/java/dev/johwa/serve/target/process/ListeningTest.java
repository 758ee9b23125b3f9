package dev.johwa.serve.target.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.process.Processes.Listener;
import dev.johwa.serve.target.Instance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningTest {
    private static final Instance INSTANCE =
            new Instance("shop-1", "shop", "production", 1, "web", "process", "", Instant.EPOCH);

    /// A server of mail answers SMTP at 2500 and POP3 at 1100, beside its pages.
    @ParameterizedTest
    @CsvSource({"2500 9000 1100, 9000", "7001 7000, 7000", "5432, 5432", "9000 20001, 20001"})
    void ofSeveralPortsTheOneThatTheWebUsuallyTakesIsAsked(String ports, int chosen) {
        var listeners = Arrays.stream(ports.split(" "))
                .map(port -> new Listener("127.0.0.1", Integer.parseInt(port)))
                .collect(Collectors.toSet());

        var seen = Listening.observe(
                listeners, Kept.intent(INSTANCE, 20_001, true, Path.of("/tmp")), OptionalLong.empty());

        assertThat(seen.observation().address().orElseThrow()).endsWith(":" + chosen);
    }
}
