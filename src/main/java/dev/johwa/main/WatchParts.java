package dev.johwa.main;

import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.source.issue.Issues;
import dev.johwa.watch.alert.Alerts;
import dev.johwa.watch.alert.Saturation;
import dev.johwa.watch.alert.Vanished;
import dev.johwa.watch.alert.Waits;
import dev.johwa.watch.alert.WatchedApps;
import dev.johwa.watch.chaos.Chaos;
import dev.johwa.watch.chaos.ChaosPorts;
import dev.johwa.watch.incident.FromFigures;
import dev.johwa.watch.incident.Incidents;
import dev.johwa.watch.issue.IssueKeeping;
import dev.johwa.watch.log.AccessLines;
import dev.johwa.watch.log.AppLogs;
import dev.johwa.watch.log.LineCounts;
import dev.johwa.watch.notice.Look;
import dev.johwa.watch.telemetry.Feed;
import dev.johwa.watch.telemetry.Telemetry;
import dev.johwa.watch.traffic.Traffic;
import dev.johwa.watch.verdict.ReleaseWatch;
import dev.johwa.watch.verdict.WatchPorts;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/// What looks at releases that serve: figures over time and who takes them, what is read in them, and the issues that
/// are kept up with it.
///
/// @param drawn figures for who gets no pictures
/// @param releases that are watched after their switch
record WatchParts(
        Telemetry telemetry,
        Feed feed,
        DrawnFigures drawn,
        Traffic traffic,
        Alerts alerts,
        List<Look> looks,
        Incidents incidents,
        ReleaseWatch releases,
        Issues issues,
        Signals signals,
        Chaos chaos)
        implements AutoCloseable {
    /// Below the data folder.
    static final String FOLDER = "metrics";

    /// What is looked at.
    record Seen(Edge edge, Releases releases, Pipelines pipelines, Probe probe, Settings settings) {
        private Feed.Sights sights(Traffic traffic, AppLogs logs) {
            return new Feed.Sights(
                    traffic::report, releases::figures, logs::counted, pipelines::figures, probe, settings.data());
        }

        /// What is looked at beside what apps promise.
        private List<Look> looks(Telemetry telemetry, Clock clock) {
            var apps = new WatchedApps(releases::figures, releases::environments, releases::isPreview);
            return List.of(
                    new Saturation(telemetry, apps, clock),
                    new Vanished(telemetry, apps, clock),
                    new Waits(pipelines::waiting, clock));
        }
    }

    static WatchParts of(Parts parts, Telemetry telemetry, Seen seen, Clock clock, Tasks tasks) {
        // One reading of the edge is for all.
        var traffic = new Traffic(clock, () -> Readiness.report(seen.edge()));
        var sights = seen.sights(traffic, parts.kept().said());
        var ports = new WatchPorts(
                parts.database(),
                parts.facts(),
                clock,
                tasks,
                seen.releases(),
                traffic,
                new ReleaseEvidence(telemetry, parts.kept().store()));
        return new WatchParts(
                telemetry,
                new Feed(telemetry, clock, sights),
                new DrawnFigures(telemetry, clock),
                traffic,
                new Alerts(telemetry, seen.releases(), clock),
                seen.looks(telemetry, clock),
                new Incidents(
                        parts.database(),
                        parts.facts(),
                        clock,
                        new FromFigures(telemetry, seen.releases(), parts.masks()::hide)),
                new ReleaseWatch(ports),
                new Issues(parts.database(), clock),
                signals(parts.kept(), telemetry, seen, clock),
                new Chaos(new ChaosPorts(
                        parts.database(),
                        parts.facts(),
                        clock,
                        tasks,
                        seen::releases,
                        parts.masks()::hide,
                        parts.configs()::forbidsFaults)));
    }

    private static Signals signals(LogParts logs, Telemetry telemetry, Seen seen, Clock clock) {
        var requests = seen.settings().edgeFolder().resolve(EdgeSettings.ACCESS_LOG);
        logs.said()
                .countLines(new LineCounts(
                        logs.store(), () -> seen.releases().errands().live().values()));
        logs.said().takeRequests(new AccessLines(requests, seen.releases()::environments, logs.store(), clock));
        return new Signals(logs.store(), telemetry, seen.pipelines(), seen.releases());
    }

    /// Not before all is recovered.
    ///
    /// @param isConnected whether a project has its home elsewhere, and with it what `#3` in its commits means
    void start(Parts parts, Tasks tasks, Predicate<String> isConnected) {
        feed.start(tasks);
        new IssueKeeping(issues, parts.repositories(), isConnected).start(parts.facts(), tasks);
        releases.start();
        signals.start(parts.facts());
        var _ = tasks.run("faults", chaos::recover);
    }

    @Override
    public void close() throws IOException {
        telemetry.close();
    }
}
