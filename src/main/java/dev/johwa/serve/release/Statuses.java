package dev.johwa.serve.release;

import dev.johwa.serve.release.AppEnvironments.Current;
import dev.johwa.serve.release.AppStatus.InstanceStatus;
import dev.johwa.serve.release.AppStatus.LastEnd;
import dev.johwa.serve.release.AppStatus.Used;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.source.config.Configs;
import dev.johwa.source.detect.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells how apps are, from what is stored and what is seen.
final class Statuses {
    private final Ports ports;
    private final Steps steps;
    private final Crashes crashes;
    private final Supervisor supervisor;
    private final EndStore ends;
    private final Moments moments;

    Statuses(Ports ports, Steps steps, Crashes crashes, Supervisor supervisor, Moments moments) {
        this.ports = ports;
        this.steps = steps;
        this.crashes = crashes;
        this.supervisor = supervisor;
        this.ends = new EndStore(ports.database());
        this.moments = moments;
    }

    /// Of a project or of all.
    List<AppStatus> of(Optional<String> project) {
        return of(moments.now(project), project);
    }

    /// Of some projects, in as many questions as of one.
    List<AppStatus> of(Set<String> projects) {
        return of(moments.now().of(projects::contains), Optional.empty());
    }

    private List<AppStatus> of(Moment moment, Optional<String> project) {
        var remarks = Remarks.of(moment, ports, steps, ends, project);
        return moment.all().stream().map(current -> of(current, remarks)).toList();
    }

    private AppStatus of(Current current, Remarks remarks) {
        var where = current.where();
        var release = remarks.moment().serving(where);
        var shown = remarks.moment().instances(where).stream()
                .map(kept -> instance(kept, release))
                .toList();
        var loops = release.map(this::loops).orElse(List.of());
        var notes = new ArrayList<>(loops);
        release.flatMap(each -> off(each, remarks.moment())).ifPresent(notes::add);
        release.flatMap(each -> left(each, remarks)).ifPresent(notes::add);
        Optional.ofNullable(remarks.closures().get(where))
                .map(closure -> closure.told(ports.clock().now()))
                .ifPresent(notes::add);
        notes.addAll(remarks.names(where));
        remarks.moment().canary(where).ifPresent(canary -> notes.add("canary: " + canary.text()));
        return new AppStatus(
                where,
                release.filter(each -> !each.isServed()).isPresent()
                        ? ""
                        : steps.live().routes().url(where),
                release.map(each -> OptionalInt.of(each.number())).orElse(OptionalInt.empty()),
                release.map(Release::commit),
                state(current, release, shown, !loops.isEmpty(), remarks),
                shown,
                release.map(each -> wanted(each, remarks.moment())).orElse(Map.of()),
                remarks.ends(where),
                List.copyOf(notes),
                release.map(each -> each.detection().run().service()).orElse(""));
    }

    /// Visitors are told no more than that it is off.
    private static Optional<String> off(Release release, Moment moment) {
        var where = release.where();
        return release.settings().processes().containsKey("web") && moment.wanted(release, "web") == 0
                ? Optional.of("scaled to 0; `johwa scale " + where.typed() + " 1` starts it")
                : Optional.empty();
    }

    /// One application became several, or several one: what serves under the old name is no part of the commit that was
    /// released last.
    private Optional<String> left(Release release, Remarks remarks) {
        var where = release.where();
        if (!where.isProduction() || release.detection().isComposed()) {
            return Optional.empty();
        }
        boolean isAlone = where.app().equals(where.project());
        var newer = remarks.siblings(where)
                .filter(each -> each.where().app().equals(where.project()) != isAlone)
                .filter(each -> each.createdAt().isAfter(release.createdAt()))
                .max(Comparator.comparing(Release::createdAt));
        return newer.filter(each -> !names(each, where.app()))
                .map(each -> "no part of what was released last; `johwa apps delete " + where.name() + "` ends it");
    }

    private boolean names(Release release, String app) {
        var project = release.where().project();
        return ports.repositories()
                .file(project, release.commit(), Snapshots.FILE)
                .map(text -> Configs.parse(Snapshots.FILE, text))
                .filter(file -> Configs.namesApps(file)
                        && ports.configs().apps(file, project).containsKey(app))
                .isPresent();
    }

    private InstanceStatus instance(Kept kept, Optional<Release> serving) {
        var fleet = steps.live().fleet();
        var seen = fleet.glance(kept);
        var port = kept.address().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(
                        Integer.parseInt(kept.address().substring(kept.address().lastIndexOf(':') + 1)));
        boolean isDone = serving.filter(each -> kept.isOf(each) && fleet.isDone(each, kept, seen))
                .isPresent();
        var state = !seen.isAlive()
                ? isDone ? AppStatus.DONE : "stopped"
                : seen.ailing().isPresent()
                                || supervisor
                                        .unhealthy()
                                        .contains(kept.instance().id())
                        ? "unhealthy"
                        : kept.isWeb() && kept.address().isEmpty() ? "starting" : "healthy";
        return new InstanceStatus(
                kept.instance().id(),
                kept.instance().process(),
                kept.instance().release(),
                state,
                seen.pid(),
                port,
                kept.instance().startedAt(),
                used(kept, serving));
    }

    /// Of all apps.
    Figures figures() {
        var moment = moments.now();
        var ended = ends.serving(Optional.empty());
        var instances = moment.instances().values().stream()
                .flatMap(List::stream)
                .map(kept -> new Figures.OfInstance(
                        kept.where(),
                        kept.instance().process(),
                        kept.instance().release(),
                        kept.instance().id(),
                        kept.instance().startedAt(),
                        used(kept, moment.serving(kept.where())),
                        kept.isWeb() ? kept.address() : ""))
                .toList();
        var processes = moment.serving().values().stream()
                .flatMap(release -> restarts(release, ended.getOrDefault(release.where(), Map.of())))
                .toList();
        var serving = moment.serving().values().stream().collect(Collectors.toMap(Release::where, Release::number));
        return new Figures(instances, processes, serving, supervisor.usages().data());
    }

    private static Stream<Figures.OfProcess> restarts(Release release, Map<String, LastEnd> known) {
        return release.settings().processes().keySet().stream()
                .map(process -> new Figures.OfProcess(
                        release.where(),
                        process,
                        known.containsKey(process) ? known.get(process).times() : 0));
    }

    /// @param serving the release that serves there, which most instances are of
    private Used used(Kept kept, Optional<Release> serving) {
        var seen = supervisor.usages().of(kept.instance().id());
        var limit = serving.filter(kept::isOf)
                .or(() -> steps.store().find(kept.where(), kept.instance().release()))
                .map(release -> release.settings().limits().memoryBytes())
                .orElse(OptionalLong.empty());
        return new Used(
                seen.map(each -> OptionalLong.of(each.usage().memoryBytes())).orElse(OptionalLong.empty()),
                limit,
                seen.map(each -> OptionalDouble.of(each.usage().cpu().toMillis() / 1000.0))
                        .orElse(OptionalDouble.empty()),
                seen.map(Usages.Seen::cpus).orElse(OptionalDouble.empty()),
                seen.map(each -> each.usage().sockets()).orElse(OptionalInt.empty()),
                supervisor.usages().size(kept.instance().id()),
                seen.flatMap(each -> each.usage().open()),
                seen.flatMap(each -> each.usage().turns()));
    }

    private static Map<String, Integer> wanted(Release release, Moment moment) {
        var wanted = new TreeMap<String, Integer>();
        for (var process : release.settings().processes().keySet()) {
            wanted.put(process, moment.wanted(release, process));
        }
        return wanted;
    }

    private List<String> loops(Release release) {
        var notes = new ArrayList<String>();
        for (var process : release.settings().processes().keySet()) {
            crashes.of(release, process).filter(Crashes.Crash::isLoop).ifPresent(crash -> {
                notes.add(process + " crashed " + crash.times() + " times in a row: " + crash.exit());
                notes.addAll(crash.lastWords());
            });
        }
        return notes;
    }

    private String state(
            Current current, Optional<Release> release, List<InstanceStatus> shown, boolean loops, Remarks remarks) {
        if (remarks.open().contains(current.where())) {
            return "deploying";
        }
        if (release.isEmpty()) {
            boolean failed = steps.store()
                    .newest(current.where())
                    .filter(newest -> newest.state() == Release.State.FAILED)
                    .isPresent();
            return failed ? "failed" : "stopped";
        }
        if (current.sleeping()) {
            return "sleeping";
        }
        if (release.get().settings().service() == Detection.Service.STATIC) {
            return "live";
        }
        boolean wanted = release.get().settings().processes().keySet().stream()
                .anyMatch(process -> remarks.moment().wanted(release.get(), process) > 0);
        if (!wanted) {
            return isRun(release.get()) ? AppStatus.DONE : "stopped";
        }
        var states = shown.stream()
                .filter(each -> each.release() == current.release())
                .map(InstanceStatus::state)
                .filter(state -> !state.equals("stopped"))
                .toList();
        if (states.isEmpty() || loops) {
            return "failed";
        }
        return states.stream().allMatch(AppStatus.DONE::equals) ? AppStatus.DONE : "live";
    }

    /// Whether it is a service of a compose file that runs once in each release.
    private static boolean isRun(Release release) {
        return release.detection().isComposed() && release.settings().service() == Detection.Service.JOB;
    }
}
