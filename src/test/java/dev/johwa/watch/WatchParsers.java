package dev.johwa.watch;

import dev.johwa.Parser;
import dev.johwa.lib.json.Json;
import dev.johwa.watch.incident.OutsideAlerts;
import dev.johwa.watch.log.Fields;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSource;
import dev.johwa.watch.log.Terms;
import dev.johwa.watch.log.outline.OutlineReader;
import dev.johwa.watch.telemetry.query.Engine;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/// Those of what is asked and told about apps.
public final class WatchParsers {
    private WatchParsers() {}

    public static List<Parser> all() {
        return List.of(
                Parser.ofText(
                        "PromQL",
                        text -> {
                            Engine.check(text);
                            Engine.earliest(text, 0, 1);
                        },
                        "sum by (app) (rate(johwa_requests_total{app=~\"sh.p\",status!=\"500\"}[5m] offset -1h)) > bool 0",
                        "histogram_quantile(0.9, a_bucket) / on(le) group_left(b) -c ^ 2 @ end()",
                        "max_over_time(a[1h:5m] @ 1e3) unless \"x\\u0041\" # why"),
                Parser.ofText("selector of series", Engine::selector, "{__name__=~\"a.*\",b=\"c\"}"),
                Parser.ofText("search in logs", Terms::parse, "level:error -\"two words\" status:>=500 /a(b|c)*d/ -x"),
                Parser.ofText(
                        "outline", WatchParsers::outline, "(?i)a[b-d&&[^c]]+(e|f{2,3})?\\Qg\\E\\bh$", "\\p{L}(?=a)b*+"),
                Parser.ofText(
                        "fields of a line",
                        text -> Fields.of(LogLine.of(Instant.EPOCH, "a", LogSource.ofTag("a", "out"), text, "")),
                        "level=info msg=\"a \\\"b\\\" c\" took=3ms, x=",
                        "{\"level\":30,\"a\":{\"b\":[1e400,null]}}"),
                Parser.ofText(
                        "alerts of others",
                        text -> OutsideAlerts.read(
                                Json.read(text, JsonNode.class),
                                where -> where.app().equals("shop")),
                        "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\",\"app\":\"shop/api\","
                                + "\"severity\":\"page\"},\"annotations\":{\"summary\":\"s\"},\"startsAt\":\"2026-01-01T00:00:00Z\","
                                + "\"fingerprint\":\"ab12\"},{\"status\":\"resolved\",\"labels\":{\"app\":\"/\"}}]}"));
    }

    private static void outline(String text) {
        try {
            // A search has no more letters.
            var some = text.substring(0, Math.min(text.length(), 1_000));
            OutlineReader.read(Pattern.compile(some)).ifPresent(each -> each.plain());
        } catch (PatternSyntaxException e) {
            // Said to who searches.
        }
    }
}
