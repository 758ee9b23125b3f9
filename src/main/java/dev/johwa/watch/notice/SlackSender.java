package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.json.Json;
import dev.johwa.watch.notice.Sign.Detail;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Incoming webhooks in the form of Slack: text and attachments, which the others of its kind read too.
final class SlackSender implements Sender {
    /// More than that nobody shows.
    private static final int MOST = 20;
    private static final int SHORT = 30;
    private static final String RED = "#b3261e";
    private static final String AMBER = "#b26a00";
    private static final String GREEN = "#1a7f37";

    private final HttpSender http;

    SlackSender(Receivers receivers, Clock clock, Duration atMost) {
        this.http = new HttpSender(receivers, clock, atMost);
    }

    @Override
    public Reply send(Receiver receiver, Parcel parcel) {
        return http.post(receiver, Map.of(), Json.write(message(parcel)));
    }

    private static Map<String, Object> message(Parcel parcel) {
        var all = parcel.notices();
        if (!parcel.isDigest()) {
            return Map.of("text", headline(parcel.only()), "attachments", List.of(whole(parcel.only())));
        }
        var newest = all.subList(Math.max(0, all.size() - MOST), all.size());
        var attachments = newest.stream()
                .map(notice -> Map.of("color", colour(notice), "fallback", notice.subject(), "text", headline(notice)))
                .toList();
        var left = all.size() > MOST ? " The newest " + MOST + ":" : "";
        return Map.of("text", Digest.headline(all) + left, "attachments", attachments);
    }

    private static String headline(Notice notice) {
        var words = safe(notice.words().headline());
        return notice.link().isEmpty() ? words : words + " <" + notice.link() + "|more>";
    }

    private static Map<String, Object> whole(Notice notice) {
        var words = notice.words();
        var text = new StringBuilder();
        words.advice().forEach(line -> text.append(safe(line)).append('\n'));
        if (!words.lastWords().isEmpty()) {
            text.append("```\n");
            words.lastWords()
                    .forEach(line ->
                            text.append(safe(line.replace("```", "'''"))).append('\n'));
            text.append("```");
        }
        return Map.of(
                "color",
                colour(notice),
                "fallback",
                notice.subject(),
                "text",
                text.toString(),
                "fields",
                words.details().stream().map(SlackSender::field).toList(),
                "mrkdwn_in",
                List.of("text"),
                "ts",
                notice.at().getEpochSecond());
    }

    private static Map<String, Object> field(Detail detail) {
        boolean isShort = detail.value().length() <= SHORT;
        return Map.of("title", detail.name(), "value", safe(detail.value()), "short", isShort);
    }

    private static String colour(Notice notice) {
        return notice.isGood() ? GREEN : notice.kind().begun().equals("warning") ? AMBER : RED;
    }

    /// The three letters that mean something there.
    private static String safe(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
