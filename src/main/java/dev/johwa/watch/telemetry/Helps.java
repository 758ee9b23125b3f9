package dev.johwa.watch.telemetry;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What metrics are, in the words of who tells them: the platform, or an app on its own page. Known since the start
/// only; the first of each app are kept, and shortened. Safe for use by many threads.
public final class Helps {
    private static final String OURS = "";
    private static final int LONGEST = 200;
    private static final int MOST_OF_APP = 300;
    private static final int MOST_APPS = 50;
    /// What a page leaves out of the name of its family.
    private static final List<String> PARTS = List.of("", "_bucket", "_sum", "_count", "_total", "_created");

    /// By app and metric; the app that told first is the first to be forgotten.
    private final Map<String, Map<String, String>> all = new LinkedHashMap<>();

    /// That the platform tells a metric.
    public void tell(String metric, String help) {
        tell(OURS, metric, help);
    }

    /// That an app does.
    public synchronized void tell(String app, String metric, String help) {
        if (help.isEmpty()) {
            return;
        }
        if (all.size() > MOST_APPS && !all.containsKey(app)) {
            all.keySet().stream().filter(each -> !each.equals(OURS)).findFirst().ifPresent(all::remove);
        }
        var ofApp = all.computeIfAbsent(app, any -> new HashMap<>());
        if (ofApp.size() < MOST_OF_APP || ofApp.containsKey(metric)) {
            ofApp.put(metric, shortened(help));
        }
    }

    private static String shortened(String help) {
        if (help.length() <= LONGEST) {
            return help;
        }
        int end = Character.isHighSurrogate(help.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return help.substring(0, end) + "…";
    }

    /// What those say of a metric who may be seen, none twice; empty where nothing is known.
    ///
    /// @param seen which series may be seen
    public synchronized List<String> of(String metric, Predicate<Labels> seen) {
        return all.entrySet().stream()
                .filter(each ->
                        each.getKey().equals(OURS) || seen.test(Labels.of(Map.of(Telemetry.APP, each.getKey()))))
                .flatMap(each -> of(metric, each.getValue()))
                .distinct()
                .toList();
    }

    private static Stream<String> of(String metric, Map<String, String> told) {
        return PARTS.stream()
                .filter(metric::endsWith)
                .map(part -> metric.substring(0, metric.length() - part.length()))
                .filter(told::containsKey)
                .map(told::get)
                .limit(1);
    }

    synchronized void forget(Predicate<String> app) {
        all.keySet().removeIf(each -> !each.equals(OURS) && app.test(each));
    }
}
