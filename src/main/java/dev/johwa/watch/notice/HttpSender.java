package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.HttpCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A POST of JSON. Nothing but 2xx is taken for arrived; no redirect is followed, since it may lead anywhere.
final class HttpSender {
    private static final int SHOWN = 200;
    private static final int GONE = 410;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private final Receivers receivers;
    private final Clock clock;
    private final Duration atMost;

    HttpSender(Receivers receivers, Clock clock, Duration atMost) {
        this.receivers = receivers;
        this.clock = clock;
        this.atMost = atMost;
    }

    Reply post(Receiver receiver, Map<String, String> headers, String body) {
        var uri = URI.create(receivers.address(receiver));
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        all.put("User-Agent", "Johwa");
        var call = new HttpCalls.Call("POST", uri, all, body.getBytes(StandardCharsets.UTF_8), atMost);
        try (var calls = new HttpCalls(uri, host -> receivers.place(receiver, host));
                var answer = calls.open(call)) {
            var said = new String(answer.body().readNBytes(SHOWN), StandardCharsets.UTF_8);
            var text = answer.status() + (said.isBlank() ? "" : " " + said);
            return answer.status() / 100 == 2
                    ? new Reply.Accepted(text)
                    : new Reply.Refused(text, pause(answer.fields()), answer.status() == GONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `Retry-After`, in seconds or as a date.
    private Optional<Duration> pause(Map<String, String> fields) {
        return Optional.ofNullable(fields.get("retry-after"))
                .flatMap(this::pause)
                .map(HttpSender::bounded);
    }

    private Optional<Duration> pause(String text) {
        try {
            return text.strip().matches("\\d{1,9}")
                    ? Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())))
                    : Optional.of(Duration.between(
                            clock.now(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wanted) {
        if (wanted.isNegative()) {
            return Duration.ZERO;
        }
        return wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
    }
}
