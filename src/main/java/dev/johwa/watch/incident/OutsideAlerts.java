package dev.johwa.watch.incident;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Notices.Outside;
import dev.johwa.watch.notice.Sign;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Alerts as webhooks of Alertmanager (version 4) and of Grafana's alerting send them, which have the same list of
/// alerts. Sources: prometheus.io/docs/alerting/latest/configuration/#webhook_config,
/// grafana.com/docs/grafana/latest/alerting, webhook notifier.
public final class OutsideAlerts {
    /// In one webhook.
    private static final int MOST = 500;
    private static final int LONGEST = 500;
    private static final int MOST_LABELS = 20;
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-Za-z]{1,64}");

    private OutsideAlerts() {}

    /// @param isKnown whether there is such an app; what names none is of the platform
    /// @throws ProblemException `alerts.form`, `alerts.many`
    public static List<Outside> read(JsonNode body, Predicate<AppEnvironment> isKnown) {
        var alerts = body.path("alerts");
        if (!alerts.isArray()) {
            throw wrong("it has no list `alerts`");
        }
        if (alerts.size() > MOST) {
            throw Problem.user("alerts.many", alerts.size() + " alerts came in one webhook, more than " + MOST)
                    .hint("send fewer at once: `max_alerts` of Alertmanager's webhook_config")
                    .exception();
        }
        var found = new ArrayList<Outside>();
        for (var alert : alerts) {
            // One that always fires, for a dead man's switch, tells of nothing.
            if (!alert.path("labels").path("severity").asString("").equals("none")) {
                found.add(new Outside(isFiring(alert), sign(alert, isKnown)));
            }
        }
        return found;
    }

    private static ProblemException wrong(String why) {
        return Problem.user("alerts.form", "this is no webhook of Alertmanager or Grafana: " + why)
                .hint("give them the address /api/v1/alerts and a token as `Authorization: Bearer`")
                .exception();
    }

    private static boolean isFiring(JsonNode alert) {
        return switch (alert.path("status").asString("")) {
            case "firing" -> true;
            case "resolved" -> false;
            case String other -> throw wrong("the status of an alert is '" + cut(other) + "'");
        };
    }

    private static Sign sign(JsonNode alert, Predicate<AppEnvironment> isKnown) {
        var labels = words(alert.path("labels"));
        var where = where(labels).filter(isKnown);
        var name = labels.getOrDefault("alertname", "an alert without a name");
        var notes = words(alert.path("annotations"));
        var said = notes.getOrDefault("summary", notes.getOrDefault("description", name));
        var place = where.map(AppEnvironment::toString).orElse("");
        var details = new ArrayList<Detail>();
        details.add(new Detail("Alert", name));
        labels.forEach((label, value) -> details.add(new Detail(label, value)));
        var words = Words.of(
                        place.isEmpty() ? name : place + ": " + name,
                        (place.isEmpty() ? "" : place + ": ") + said,
                        where.map(each -> "/" + each.project()).orElse(""))
                .details(details.toArray(Detail[]::new));
        return new Sign(
                Kind.OUTSIDE,
                key(alert, labels, where),
                where.map(AppEnvironment::project).orElse(""),
                cut(alert.path("startsAt").asString("")),
                words,
                (place.isEmpty() ? "" : place + ": ") + name + " fires no more");
    }

    private static Optional<AppEnvironment> where(Map<String, String> labels) {
        var name = labels.getOrDefault("app", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var names = name.split("/", 2);
        var environment = labels.getOrDefault("environment", AppEnvironment.PRODUCTION);
        return Optional.of(new AppEnvironment(names[0], names[names.length - 1], environment));
    }

    private static String key(JsonNode alert, Map<String, String> labels, Optional<AppEnvironment> where) {
        var given = alert.path("fingerprint").asString("");
        var print = FINGERPRINT.matcher(given).matches() ? given : digest(labels.toString());
        return "outside:" + where.map(AppEnvironment::name).orElse("") + ":"
                + where.map(AppEnvironment::environment).orElse("") + ":" + print;
    }

    private static String digest(String text) {
        var hash = Digest.sha256();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return Digest.of(hash).hex();
    }

    /// In the order of their names.
    private static Map<String, String> words(JsonNode object) {
        var words = new TreeMap<String, String>();
        object.properties().stream()
                .limit(MOST_LABELS)
                .forEach(each ->
                        words.put(cut(each.getKey()), cut(each.getValue().asString(""))));
        return words;
    }

    private static String cut(String text) {
        var line = text.replaceAll("[\\p{C}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
