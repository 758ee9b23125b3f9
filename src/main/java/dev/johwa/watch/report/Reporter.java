package dev.johwa.watch.report;

import dev.johwa.build.pipeline.RunFinished;
import dev.johwa.build.pipeline.RunStarted;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.Entry;
import dev.johwa.lib.event.Fact;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.event.Subscription;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.DeploymentStarted;
import dev.johwa.source.host.Reports;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Hears what happens to commits and tells the hosts that they came from. Safe for use by many threads.
public final class Reporter {
    private static final String NAME = "host reports";
    private static final List<Class<? extends Fact>> HEARD =
            List.of(RunStarted.class, RunFinished.class, DeploymentStarted.class, DeploymentFinished.class);
    private static final Duration EACH = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofDays(30);

    private final ReportStore store;
    private final Reports reports;
    private final Places places;
    private final Supplier<String> base;
    private final Clock clock;
    private final Tasks tasks;
    /// Projects whose host is told just now.
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /// Where a release serves.
    @FunctionalInterface
    public interface Places {
        Place find(String project, String app, String environment);
    }

    /// @param address empty when nothing serves there
    public record Place(String address, boolean isPreview) {}

    /// @param base of our pages, `https://johwa.example.com`; empty when they have no address
    public Reporter(Database database, Reports reports, Places places, Supplier<String> base, Turn turn) {
        this.store = new ReportStore(database);
        this.reports = reports;
        this.places = places;
        this.base = base;
        this.clock = turn.clock();
        this.tasks = turn.tasks();
    }

    /// When and by whom work is done.
    public record Turn(Clock clock, Tasks tasks) {}

    public void start(FactLog facts) {
        facts.subscribe(Subscription.of(NAME).only(HEARD), this::hear);
        tasks.every(EACH, NAME, this::tell);
    }

    private void hear(Entry entry) {
        if (!reports.wants(entry.fact().subject())) {
            return;
        }
        report(entry.fact()).ifPresent(report -> {
            store.put(report, clock.now());
            tell();
        });
    }

    private Optional<Report> report(Fact fact) {
        return switch (fact) {
            case RunStarted run ->
                Optional.of(ofRun(run.project(), run.run(), run.commit(), "pending", "Run " + run.run() + " goes on"));
            case RunFinished run ->
                Optional.of(ofRun(run.project(), run.run(), run.commit(), state(run.outcome()), text(run)));
            case DeploymentStarted going ->
                Optional.of(ofRelease(
                        new Going(going.project(), going.app(), going.environment(), going.release(), going.commit()),
                        "in_progress",
                        "Release " + going.release() + " starts"));
            case DeploymentFinished gone ->
                Optional.of(ofRelease(
                        new Going(gone.project(), gone.app(), gone.environment(), gone.release(), gone.commit()),
                        gone.outcome().equals("live")
                                ? "success"
                                : gone.outcome().equals("failed") ? "failure" : "error",
                        text(gone)));
            default -> Optional.empty();
        };
    }

    /// A release on its way.
    private record Going(String project, String app, String environment, int release, String commit) {}

    /// All runs of a commit are one thing there: the newest counts.
    private static Report ofRun(String project, int run, String commit, String state, String text) {
        var path = "/" + project + "/runs/" + run;
        return new Report(project, "run/" + commit, commit, state, text, path, "", "", false, false);
    }

    private static String state(String outcome) {
        return switch (outcome) {
            case "passed" -> "success";
            case "failed" -> "failure";
            default -> "error";
        };
    }

    private static String text(RunFinished run) {
        if (!run.outcome().equals("passed")) {
            return "Run " + run.run() + " " + run.outcome() + (run.reason().isEmpty() ? "" : ": " + run.reason());
        }
        var tests = run.tests() == 0 ? "" : run.tests() == 1 ? ", 1 test" : ", " + run.tests() + " tests";
        return "Run " + run.run() + " passed in " + Durations.text(run.millis()) + tests;
    }

    private static String text(DeploymentFinished gone) {
        return gone.outcome().equals("live")
                ? "Release " + gone.release() + " is live"
                : "Release " + gone.release() + " " + gone.outcome()
                        + (gone.reason().isEmpty() ? "" : ": " + gone.reason());
    }

    private Report ofRelease(Going going, String state, String text) {
        var place = places.find(going.project(), going.app(), going.environment());
        var isOnly = going.app().equals(going.project());
        return new Report(
                going.project(),
                "release/" + going.app() + "/" + going.environment() + "/" + going.release(),
                going.commit(),
                state,
                text,
                "/" + going.project() + "/releases",
                state.equals("success") ? place.address() : "",
                isOnly ? going.environment() : going.environment() + "/" + going.app(),
                going.environment().equals("production"),
                place.isPreview());
    }

    /// Tells what waits, each project's host beside the others.
    private void tell() {
        store.forget(clock.now().minus(KEPT));
        var waiting = store.due(clock.now()).stream()
                .collect(Collectors.groupingBy(row -> row.report().project()));
        waiting.forEach((project, rows) -> {
            if (busy.add(project)) {
                var _ = tasks.run(NAME + " of " + project, () -> tell(project, rows));
            }
        });
    }

    private void tell(String project, List<ReportStore.Row> rows) {
        try {
            for (var row : rows) {
                var told = tell(row);
                if (told.again().isPresent()) {
                    // What the host does not take now it takes of no other row either.
                    rows.forEach(each -> store.later(each, told.again().get()));
                    return;
                }
                store.told(row, told.id());
            }
        } finally {
            busy.remove(project);
        }
        if (!store.due(clock.now()).isEmpty()) {
            tell();
        }
    }

    private Reports.Told tell(ReportStore.Row row) {
        var report = row.report();
        return report.isOfRun()
                ? reports.tell(report.project(), report.status(base.get()))
                : reports.tell(report.project(), report.deployed(base.get(), row.id()));
    }
}
