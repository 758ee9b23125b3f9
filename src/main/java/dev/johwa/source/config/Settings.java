package dev.johwa.source.config;

import dev.johwa.source.detect.Detection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Everything that is decided about one app in one environment: made of plain values, stored with each release.
///
/// @param environment `production`, `staging`, or `preview`
/// @param folder where the app lives in the repository, `.` for the whole
/// @param processes commands by process name: `web`, `worker`, …; empty for a static site
/// @param test default tests first, those of the project after them
/// @param values environment values, no secrets
/// @param secrets names of the secrets it needs
/// @param data kinds of databases, and folders by path
/// @param expire time without a push after which a preview goes; empty: never
/// @param fetch whether a runtime that is asked for and not here may be fetched
/// @param access `public` or `private`; empty where an earlier version stored it: by [#isPrivate]
/// @param front what holds for requests before they reach it
/// @param schedule jobs by name
/// @param buildArguments of its image, by name
/// @param base of its image, by name or `auto`; empty where no image is wanted beside the Dockerfile's
/// @param sleep idle time after which it sleeps; empty: never
/// @param ignored vulnerabilities that do no harm here, by id
/// @param slo what it promises its users
/// @param rollback whether a release that is bad for certain is undone by itself; empty: it is
/// @param rollout the steps by which it comes to its users
/// @param counter what it counts of its business
/// @param faults whether something may be broken here on purpose; empty: it may
public record Settings(
        String project,
        String app,
        String environment,
        Detection.Service service,
        String folder,
        List<List<String>> install,
        List<List<String>> build,
        List<Detection.Test> test,
        Map<String, List<String>> processes,
        List<List<String>> release,
        List<List<String>> verify,
        OptionalInt port,
        Health health,
        int instances,
        Limits limits,
        Map<String, String> values,
        List<String> secrets,
        List<String> data,
        List<String> uses,
        List<String> domains,
        String target,
        Optional<Duration> sleep,
        Optional<Detection.Publish> publish,
        Optional<Duration> expire,
        boolean fetch,
        Optional<String> access,
        Front front,
        Map<String, Job> schedule,
        Map<String, String> buildArguments,
        Optional<String> base,
        Map<String, Ignored> ignored,
        Slo slo,
        Optional<Boolean> rollback,
        Rollout rollout,
        Optional<Counter> counter,
        Optional<Boolean> faults) {
    public Settings {
        faults = Objects.requireNonNullElse(faults, Optional.empty());
        slo = Objects.requireNonNullElse(slo, Slo.NONE);
        rollout = Objects.requireNonNullElse(rollout, Rollout.NONE);
        counter = Objects.requireNonNullElse(counter, Optional.empty());
        rollback = Objects.requireNonNullElse(rollback, Optional.empty());
        ignored = Objects.requireNonNullElse(ignored, Map.of());
        access = Objects.requireNonNullElse(access, Optional.empty());
        front = Objects.requireNonNullElse(front, Front.NONE);
        schedule = Objects.requireNonNullElse(schedule, Map.of());
        base = Objects.requireNonNullElse(base, Optional.empty());
        buildArguments = Objects.requireNonNullElse(buildArguments, Map.of());
    }

    /// What runs at its times.
    ///
    /// @param zone whose times they are
    /// @param overlap whether it starts also while the one before goes on
    /// @param late whether one that was missed runs late, once
    /// @param enabled whether it runs by itself in this environment
    /// @param limit how long it may take
    public record Job(
            String cron,
            String zone,
            List<String> run,
            boolean overlap,
            boolean late,
            boolean enabled,
            Duration limit) {}

    /// A vulnerability that is known and does no harm.
    ///
    /// @param until the last day on which it is ignored; empty: always
    public record Ignored(String reason, Optional<LocalDate> until) {
        public Ignored {
            until = Objects.requireNonNullElse(until, Optional.empty());
        }
    }

    /// @param path asked with GET; empty: the port answers
    public record Health(Optional<String> path, Duration within) {}

    /// @param build time for each of the stages before the release
    public record Limits(OptionalLong memoryBytes, OptionalDouble cpus, Duration build) {}

    /// Whether it is for those only who log in or have a link.
    public boolean isPrivate() {
        return access.map("private"::equals).orElse(Configs.isPreview(environment));
    }

    /// The same that comes to its users in another way.
    public Settings comingBy(Rollout other) {
        return new Settings(
                project,
                app,
                environment,
                service,
                folder,
                install,
                build,
                test,
                processes,
                release,
                verify,
                port,
                health,
                instances,
                limits,
                values,
                secrets,
                data,
                uses,
                domains,
                target,
                sleep,
                publish,
                expire,
                fetch,
                access,
                front,
                schedule,
                buildArguments,
                base,
                ignored,
                slo,
                rollback,
                other,
                counter,
                faults);
    }

    /// `shop`, or `shop/api` where a project has several apps.
    public String name() {
        return app.equals(project) ? project : project + "/" + app;
    }
}
