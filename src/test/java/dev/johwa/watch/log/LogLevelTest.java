package dev.johwa.watch.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"level":"error","msg":"no such order"}                     | ERROR
            {"severity":"CRITICAL","message":"disk"}                    | ERROR
            {"level":50,"msg":"of pino"}                                | ERROR
            {"level":40,"msg":"of pino"}                                | WARNING
            {"level":30,"msg":"of pino, with ERROR in it"}              | PLAIN
            {"level":null,"msg":"null"}                                 | PLAIN
            {"log.level":"WARN","message":"slow"}                       | WARNING
            time=2026-11-28T07:35:17Z level=warning msg="nearly full"   | WARNING
            2026-11-28 07:35:17,000 ERROR [main] shop.Orders: none      | ERROR
            2026-11-28T07:35:17Z WARN  [main] shop.Orders: slow         | WARNING
            WARNING:root:nearly full                                    | WARNING
            Traceback (most recent call last):                          | ERROR
            Exception in thread "main" java.lang.Error                  | ERROR
            panic: runtime error: index out of range                    | ERROR
            10.0.0.1 "GET /ERROR HTTP/1.1" 200                          | PLAIN
            no errors, ERRORS=0, an Error page                          | PLAIN
            """)
    void aLineIsAsBadAsItSays(String text, LogLevel level) {
        var source = new LogSource(1, "web", "web.1", "out", "");
        assertThat(LogLevel.of(LogLine.of(Instant.EPOCH, "shop", source, text, "")))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"level":"ERROR"}   | ERROR
            {"level":"info"}    | PLAIN
            """)
    void fieldsBesideALineSaySoToo(String fields, LogLevel level) {
        var line = LogLine.of(Instant.EPOCH, "shop", LogSource.ofTag("app", "forward"), "WARN of the text", fields);
        assertThat(LogLevel.of(line)).isEqualTo(level);
    }
}
