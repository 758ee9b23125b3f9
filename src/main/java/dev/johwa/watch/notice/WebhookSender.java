package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.json.Json;
import dev.johwa.watch.notice.Sign.Detail;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Webhooks for programs, signed by Standard Webhooks.
final class WebhookSender implements Sender {
    private final Receivers receivers;
    private final HttpSender http;
    private final Clock clock;

    WebhookSender(Receivers receivers, Clock clock, Duration atMost) {
        this.receivers = receivers;
        this.http = new HttpSender(receivers, clock, atMost);
        this.clock = clock;
    }

    /// @param type `releases.failed`, or `digest` for many in one
    private record Body(String type, Instant timestamp, Object data) {}

    private record Digest(List<Body> notices) {}

    /// @param details by name
    private record Data(
            String id,
            String condition,
            String kind,
            String project,
            String subject,
            String headline,
            Instant since,
            Map<String, String> details,
            List<String> advice,
            List<String> lastWords,
            String link) {}

    @Override
    public Reply send(Receiver receiver, Parcel parcel) {
        var now = clock.now();
        var body = Json.write(body(parcel, now));
        var signature = Signature.of(receivers.secret(receiver), parcel.id(), now, body);
        var headers = Map.of(
                "webhook-id",
                parcel.id(),
                "webhook-timestamp",
                Long.toString(now.getEpochSecond()),
                "webhook-signature",
                signature);
        return http.post(receiver, headers, body);
    }

    private static Body body(Parcel parcel, Instant now) {
        return parcel.isDigest()
                ? new Body(
                        "digest",
                        now,
                        new Digest(parcel.notices().stream()
                                .map(WebhookSender::body)
                                .toList()))
                : body(parcel.only());
    }

    private static Body body(Notice notice) {
        var words = notice.words();
        var details = new LinkedHashMap<String, String>();
        for (Detail detail : words.details()) {
            details.put(detail.name(), detail.value());
        }
        var data = new Data(
                notice.id(),
                notice.condition(),
                notice.kind().word(),
                notice.project(),
                words.subject(),
                words.headline(),
                notice.begun(),
                details,
                words.advice(),
                words.lastWords(),
                notice.link());
        return new Body(notice.type(), notice.at(), data);
    }
}
