package dev.johwa.door.cli;

import dev.johwa.door.api.AlertList;
import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.MetricsList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How an app in an environment does at this moment.
///
/// @param release the one that serves
/// @param requestsPerSecond in the last minute, as errors and times
/// @param errorRatio of answers of 500 and above, 0 to 1
/// @param p95Seconds within which 95 of 100 were answered, of the release that was asked most
/// @param cores how many processors all instances keep busy
/// @param budgetLeft how many more requests may be bad before what is promised is missed; absent: nothing was asked
/// @param burning how many times too fast that is used
/// @param happening what is not as usual
record TopRow(
        String name,
        String environment,
        String state,
        OptionalInt release,
        double requestsPerSecond,
        double errorRatio,
        Optional<Double> p95Seconds,
        double cores,
        double memoryBytes,
        int instances,
        OptionalLong budgetLeft,
        Optional<Double> burning,
        List<String> happening) {

    /// What rows are put in order by: the largest first, names from the start of the alphabet.
    enum Order {
        NAME('n', Comparator.comparing(TopRow::name).thenComparing(TopRow::environment)),
        REQUESTS('r', Comparator.comparingDouble(row -> -row.requestsPerSecond())),
        ERRORS('e', Comparator.comparingDouble(row -> -row.errorRatio())),
        TIME('t', Comparator.comparingDouble(row -> -row.p95Seconds().orElse(0.0))),
        CPU('c', Comparator.comparingDouble(row -> -row.cores())),
        MEMORY('m', Comparator.comparingDouble(row -> -row.memoryBytes()));

        private final char key;
        private final Comparator<TopRow> comparator;

        Order(char key, Comparator<TopRow> comparator) {
            this.key = key;
            this.comparator = comparator;
        }

        static Optional<Order> of(int key) {
            for (var each : values()) {
                if (each.key == key) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }

        /// As it is written in a command.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        List<TopRow> of(List<TopRow> rows) {
            return rows.stream()
                    .sorted(comparator.thenComparing(NAME.comparator))
                    .toList();
        }
    }

    /// Puts together what the server tells of the same apps.
    static List<TopRow> all(AppList apps, MetricsList metrics, AlertList alerts) {
        var told = new ArrayList<>(alerts.alerts());
        var rows = new ArrayList<TopRow>();
        // Longer names first: an alert of shop/api is none of shop.
        apps.apps().stream()
                .sorted(Comparator.comparingInt(app -> -app.name().length()))
                .forEach(app -> rows.add(row(app, metrics, alerts, told)));
        return Order.NAME.of(rows);
    }

    private static TopRow row(AppList.App app, MetricsList metrics, AlertList alerts, List<AlertList.Alert> told) {
        var served = metrics.apps().stream()
                .filter(each -> isOf(app, each.name(), each.environment()))
                .toList();
        double requests = served.stream().mapToDouble(MetricsList.App::requests).sum();
        double errors = served.stream().mapToDouble(MetricsList.App::errors).sum();
        var used = metrics.instances().stream()
                .filter(each -> isOf(app, each.name(), each.environment()))
                .toList();
        var promised = alerts.objectives().stream()
                .filter(each -> isOf(app, each.name(), each.environment()))
                .toList();
        return new TopRow(
                app.name(),
                app.environment(),
                app.state(),
                app.release(),
                served.stream().mapToDouble(MetricsList.App::perSecond).sum(),
                requests == 0 ? 0 : errors / requests,
                served.stream()
                        .max(Comparator.comparingDouble(MetricsList.App::requests))
                        .flatMap(MetricsList.App::p95),
                used.stream().mapToDouble(each -> each.cores().orElse(0.0)).sum(),
                used.stream()
                        .mapToDouble(each -> each.memoryBytes().orElse(0.0))
                        .sum(),
                app.instances().size(),
                promised.stream().mapToLong(AlertList.Objective::left).min(),
                promised.stream().flatMap(each -> each.burning().stream()).max(Comparator.naturalOrder()),
                happening(app, told));
    }

    private static boolean isOf(AppList.App app, String name, String environment) {
        return app.name().equals(name) && app.environment().equals(environment);
    }

    /// Each alert is told once, at the app that it names, else at the first of its project.
    private static List<String> happening(AppList.App app, List<AlertList.Alert> told) {
        var happening = new ArrayList<String>();
        var project = AppName.projectOf(app.name());
        told.removeIf(alert -> {
            boolean isOurs = alert.project().filter(project::equals).isPresent()
                    && (alert.headline() + alert.subject()).contains(app.name());
            if (isOurs) {
                happening.add(alert.headline());
            }
            return isOurs;
        });
        happening.addAll(app.notes());
        return happening;
    }
}
