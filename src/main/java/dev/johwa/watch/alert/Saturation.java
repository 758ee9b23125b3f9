package dev.johwa.watch.alert;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Look;
import dev.johwa.watch.notice.Sign;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import dev.johwa.watch.telemetry.Answer;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Instances that have nearly all that they may have of something, other than of previews: a sign for each app and
/// [Need]. Safe for use by many threads.
public final class Saturation implements Look {
    private static final String WORD = "saturated";

    private final Telemetry telemetry;
    private final WatchedApps apps;
    private final Clock clock;

    public Saturation(Telemetry telemetry, WatchedApps apps, Clock clock) {
        this.telemetry = telemetry;
        this.apps = apps;
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return Kind.SATURATION;
    }

    @Override
    public boolean isThere(String key) {
        return apps.isThere(WORD, key);
    }

    @Override
    public List<Sign> signs(Predicate<String> isOpen) {
        var signs = new ArrayList<Sign>();
        for (var need : Need.values()) {
            found(need).forEach((where, instances) -> {
                boolean isKnown = isOpen.test(key(where, need));
                var most = instances.stream()
                        .filter(each -> need.isTooMuch(each.value(), isKnown))
                        .max(Comparator.comparingDouble(Answer.Value::value));
                most.ifPresent(each -> signs.add(sign(where, need, each)));
            });
        }
        return signs;
    }

    private Map<AppEnvironment, List<Answer.Value>> found(Need need) {
        return telemetry.instant(need.query(), clock.now(), any -> true) instanceof Answer.Vector vector
                ? vector.values().stream()
                        .filter(each -> apps.isWatched(where(each.labels())))
                        .collect(Collectors.groupingBy(each -> where(each.labels())))
                : Map.of();
    }

    private static AppEnvironment where(Labels labels) {
        return AppEnvironment.of(labels.get("app"), labels.get("environment"));
    }

    private static String key(AppEnvironment where, Need need) {
        return WatchedApps.key(WORD, where) + need.word();
    }

    private static Sign sign(AppEnvironment where, Need need, Answer.Value instance) {
        var headline = where + ": " + instance.labels().get("process") + " " + need.told(instance.value());
        var advice = new ArrayList<String>();
        if (!need.setting().isEmpty()) {
            advice.add("Give it more in johwa.yaml: " + need.setting());
        }
        advice.add("How it came to that: johwa metrics " + where.typed() + " --since 24h");
        var words = Words.of(where + ": " + need.word() + " nearly used up", headline, "/" + where.project())
                .details(
                        new Detail("Instance", instance.labels().get("instance")),
                        new Detail("Release", instance.labels().get("release")))
                .advice(advice.toArray(String[]::new))
                .of(App.of(where));
        return new Sign(
                Kind.SATURATION,
                key(where, need),
                where.project(),
                "",
                words,
                where + " has " + need.word() + " to spare again");
    }
}
