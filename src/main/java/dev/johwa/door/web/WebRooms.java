package dev.johwa.door.web;

import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.registry.Registry;
import dev.johwa.door.api.AppList;
import dev.johwa.door.api.Collected;
import dev.johwa.door.api.DiskUse;
import dev.johwa.door.api.Examination;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.backup.Backups;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.domain.Domains;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.schedule.Schedules;
import dev.johwa.source.config.Values;
import dev.johwa.source.git.GitServer;
import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.host.Connections;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.Sessions;
import dev.johwa.source.identity.Tokens;
import dev.johwa.source.identity.Visitors;
import dev.johwa.source.issue.Issues;
import dev.johwa.watch.alert.Alerts;
import dev.johwa.watch.artifact.Papers;
import dev.johwa.watch.artifact.Vulnerabilities;
import dev.johwa.watch.chaos.Chaos;
import dev.johwa.watch.dora.Dora;
import dev.johwa.watch.incident.Incidents;
import dev.johwa.watch.log.AppLogs;
import dev.johwa.watch.notice.Notices;
import dev.johwa.watch.telemetry.Telemetry;
import dev.johwa.watch.traffic.Traffic;
import dev.johwa.watch.verdict.ReleaseWatch;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The rooms that the doors lead to.
///
/// @param logs what apps print, and what others brought of them
/// @param housekeeping frees what nobody needs
/// @param disk what takes how much of it
/// @param doctor looks through all that is kept
/// @param platform which programs work
/// @param edge what it counted, or empty while it does not answer
/// @param readiness by what is looked at: why it is not ready, or nothing
/// @param away why nothing can be read or written now
public record WebRooms(
        Clock clock,
        Tasks tasks,
        Tokens tokens,
        Sessions sessions,
        People people,
        Visitors visitors,
        Values values,
        Repositories repositories,
        GitServer git,
        Connections connections,
        Pipelines pipelines,
        Registry registry,
        Releases releases,
        Schedules schedules,
        Domains domains,
        Data data,
        AppLogs logs,
        Dora dora,
        Traffic traffic,
        Telemetry telemetry,
        Alerts alerts,
        Incidents incidents,
        Notices notices,
        Issues issues,
        ReleaseWatch releaseWatch,
        Chaos chaos,
        Papers papers,
        Supplier<Vulnerabilities> vulnerabilities,
        Supplier<Collected> housekeeping,
        Supplier<DiskUse> disk,
        Backups backups,
        Function<Progress, Examination> doctor,
        Supplier<AppList.Platform> platform,
        Supplier<Optional<EdgeReport>> edge,
        Map<String, Supplier<Optional<String>>> readiness,
        Supplier<Optional<Problem>> away) {}
