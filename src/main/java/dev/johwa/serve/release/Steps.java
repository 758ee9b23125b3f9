package dev.johwa.serve.release;

import dev.johwa.build.cause.Causes;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.http.Probe.Answer;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.source.config.Values;
import dev.johwa.source.config.Written;
import dev.johwa.source.detect.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The steps of a deployment, in the order in which [Releases] tells them.
final class Steps {
    private static final int REFUSED = 400;
    private static final int NOT_FOUND = 404;
    private static final int MOST_OF_BODY = 20_000;
    private static final Duration EDGE_CHECK = Duration.ofSeconds(10);

    private final Ports ports;
    private final ReleaseStore store;
    private final AppEnvironments environments;
    private final InstanceStore instances;
    private final Live live;
    private final Conclusions conclusions;
    private final FirstStart firstStart;
    private final Databases databases;

    Steps(Ports ports, ReleaseStore store, AppEnvironments environments, InstanceStore instances, Live live) {
        this.ports = ports;
        this.store = store;
        this.environments = environments;
        this.instances = instances;
        this.live = live;
        this.conclusions = new Conclusions(ports, store, environments, instances, live);
        this.firstStart = new FirstStart(ports, store, instances, live);
        this.databases = new Databases(ports);
    }

    ReleaseStore store() {
        return store;
    }

    AppEnvironments environments() {
        return environments;
    }

    InstanceStore instances() {
        return instances;
    }

    Live live() {
        return live;
    }

    /// What serves there, when something does.
    Optional<Release> serving(AppEnvironment where) {
        return store.serving(where);
    }

    Conclusions conclusions() {
        return conclusions;
    }

    /// Open and told at once: one that is open and was never told to begin would be told to end.
    void announce(Deployment going) {
        var where = going.where();
        ports.database().write(handle -> {
            conclusions.begin(going);
            ports.facts().append(handle, going.started());
            return 0;
        });
        if (!going.isRollback()) {
            var tests = going.release().tests() == 0 ? ", without tests" : "";
            going.progress().stage("release", going.release().number() + " → " + where.environment() + tests, -1);
        }
    }

    /// A release to be stored, with what is known of its program.
    Release known(Release draft) {
        return firstStart.asBefore(draft, environments.get(draft.where()).release());
    }

    /// Makes the databases that it wants and that are not there.
    void prepareData(Deployment going) {
        databases.prepare(going, () -> live.fleet().stop(instances.of(going.where())));
    }

    /// Whatever must be given is asked for at once, before anything of the release runs. The secrets that count are
    /// those that its instances get.
    void requireValues(Deployment going) {
        new Uses(ports, store, environments).require(going.release(), going.progress());
        var where = going.where();
        var scope =
                new Values.Scope(where.project(), where.app(), going.release().layer());
        var present = new HashSet<>(ports.values().secretNames(scope, going.secretsVersion()));
        present.addAll(databases.names(going.release()));
        if (going.release().detection().isComposed()) {
            present.addAll(ports.values()
                    .secretNames(new Values.Scope(
                            where.project(), where.project(), going.release().layer())));
        }
        var settings = going.release().settings();
        var secrets = settings.secrets().stream()
                .filter(name -> !present.contains(name))
                .toList();
        var found = going.release().detection();
        var values = found.needs().required().stream()
                .filter(name -> !present.contains(name) && !secrets.contains(name))
                .filter(name -> !settings.values().containsKey(name)
                        && !found.environment().containsKey(name))
                .toList();
        if (secrets.isEmpty() && values.isEmpty()) {
            live.routes().entrances().requireReadable(going.release(), going.secretsVersion());
            return;
        }
        var environment =
                where.isProduction() ? "" : " --environment " + going.release().layer();
        var commands = new ArrayList<String>();
        secrets.forEach(name -> commands.add("johwa secrets set " + where.name() + " " + name + environment));
        if (!values.isEmpty()) {
            commands.add("johwa envs set " + where.name() + " " + String.join("=… ", values) + "=…" + environment);
            commands.add("or `johwa secrets set` for each that nobody may read");
        }
        throw new DeploymentFailed(
                Stream.of(missing("secret", secrets), missing("value", values))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(", ")),
                new Again(ports).after(commands, going));
    }

    private static String missing(String what, List<String> names) {
        return names.isEmpty() ? "" : "missing " + what + (names.size() == 1 ? " " : "s ") + String.join(", ", names);
    }

    /// Once per release, before its instances start: they may need what it changes.
    void runReleaseCommand(Deployment going) {
        var commands = going.release().settings().release();
        if (going.isRollback() || commands.isEmpty()) {
            return;
        }
        databases.dump(going);
        store.markCommandRan(going.release());
        for (var command : commands) {
            long start = ports.clock().ticks();
            run(going, new Fleet.Step("release", command, Map.of(), going.secretsVersion()), "release command");
            going.progress()
                    .stage("migrate", Written.command(command), (ports.clock().ticks() - start) / 1_000_000);
        }
    }

    /// @param what it is, for a person
    private void run(Deployment going, Fleet.Step step, String what) {
        var lines = new ArrayList<String>();
        var exit = live.fleet()
                .run(
                        going.release(),
                        step,
                        (channel, line) -> {
                            going.progress().say("            " + line);
                            Candidate.keep(lines, line);
                        },
                        going.cancel());
        if (!exit.isSuccess()) {
            throw new DeploymentFailed(what + ": " + Written.command(step.command()) + ": " + exit.text(), lines);
        }
    }

    /// Once per preview, when its databases have their shape: front end and back end meet on the same data as in tests.
    void fillData(Deployment going) {
        var fixtures = databases.fixtures(going.release());
        long start = ports.clock().ticks();
        try {
            databases.fillFromHere(going.release());
            for (var each : fixtures) {
                run(
                        going,
                        new Fleet.Step("fixtures", each.command(), each.values(), going.secretsVersion()),
                        "fixtures");
            }
        } catch (DeploymentFailed e) {
            databases.discard(going.release());
            throw e;
        }
        if (!fixtures.isEmpty()) {
            going.progress()
                    .stage("fixtures", fixtures.size() + " done", (ports.clock().ticks() - start) / 1_000_000);
        }
        databases.markFilled(going.release());
        databases.composed().fill(going);
    }

    /// What runs, and the deployment as it showed itself to be.
    record Started(Candidate candidate, Deployment going) {}

    /// Starts the candidate, or takes its instances as they are where they stayed warm.
    Started start(Deployment going) {
        var warm = warm(going);
        if (!warm.isEmpty()) {
            warm.forEach(kept -> instances.setStopAt(kept.instance().id(), 0));
            var candidate = candidate(going);
            candidate.adopt(warm);
            return new Started(candidate, going);
        }
        boolean isOpen = firstStart.isOpen(going);
        var first = begin(going);
        var shown = isOpen ? firstStart.look(going) : Optional.<Deployment>empty();
        var started = shown.map(each -> new Started(begin(each), each)).orElse(new Started(first, going));
        try {
            started.candidate().awaitHealthy(environments.get(going.where()).settleMillis());
            return started;
        } catch (DeploymentFailed e) {
            var job = isOpen ? firstStart.asJob(going) : Optional.<Deployment>empty();
            return job.map(each -> new Started(candidate(each), each)).orElseThrow(() -> e);
        }
    }

    private Candidate begin(Deployment going) {
        stopOf(going.release());
        if (!live.fleet().runsBesideOthers(going.release())) {
            makeRoom(going);
        }
        var candidate = candidate(going);
        candidate.start(going.secretsVersion());
        return candidate;
    }

    private Candidate candidate(Deployment going) {
        return new Candidate(ports, live, going.release(), going.progress(), going.cancel());
    }

    private List<Kept> warm(Deployment going) {
        if (!going.isRollback()) {
            return List.of();
        }
        var all = instances.of(going.release());
        boolean sameSecrets = all.stream().allMatch(kept -> kept.secretsVersion() == going.secretsVersion());
        boolean enough = all.size() == live.fleet().wanted(going.release(), "web")
                && all.stream().allMatch(Kept::isWeb);
        var now = ports.clock().now();
        boolean alive = all.stream()
                .allMatch(
                        kept -> !kept.isEnding(now) && live.fleet().glance(kept).isAlive());
        return sameSecrets && enough && alive ? all : List.of();
    }

    /// It insists on a port that the old has: the old stops before, and requests wait at the edge meanwhile.
    private void makeRoom(Deployment going) {
        var old = instances.of(going.where());
        if (old.isEmpty()) {
            return;
        }
        going.progress().stage("hold", "it insists on its port: the old stops first, requests wait", -1);
        live.routes().hold(going.where());
        live.fleet().drainAndStop(old);
    }

    private void stopOf(Release release) {
        live.fleet().stop(instances.of(release));
    }

    void verify(Candidate candidate, Deployment going) {
        databases.composed().fillRest(going);
        boolean wasWarm = !candidate.instances().isEmpty()
                && candidate.instances().getFirst().isLeaving();
        if (!wasWarm) {
            candidate.verify(going.secretsVersion());
        }
        going.cancel().reason().ifPresent(reason -> {
            throw new DeploymentFailed(reason);
        });
    }

    /// The intent first, then the act: after a crash between the two, the table is made from the intent.
    void switchTo(Deployment going) {
        environments.serve(going.where(), going.release().number(), going.secretsVersion());
        live.routes().release(going.where());
        live.routes().apply();
    }

    void checkThroughTheEdge(Deployment going) {
        var settings = going.release().settings();
        boolean isStatic = settings.service() == Detection.Service.STATIC;
        if (!isStatic && live.fleet().wanted(going.release(), "web") == 0
                || !isStatic && !settings.processes().containsKey("web")) {
            return;
        }
        var host = HostNames.of(going.where(), ports.domain());
        var path = settings.health().path().orElse("/");
        var answer = ports.probe()
                .get(ports.edge().address(), path, live.routes().entrances().own(going.release(), host), EDGE_CHECK);
        if (!answer.isWell()) {
            throw new DeploymentFailed("through the edge, " + path + " " + answer.text() + "; switched back");
        }
        boolean isStartPage = isStatic && path.equals("/");
        if (isStartPage && answer instanceof Answer.Status(int code) && code == NOT_FOUND) {
            tellNoPage(going);
        } else if (answer instanceof Answer.Status(int code) && code >= REFUSED) {
            tellRefusal(going, host, path, code);
        }
    }

    /// Files are there, and none of them is what people ask for first.
    private static void tellNoPage(Deployment going) {
        var folder = going.release()
                .settings()
                .publish()
                .map(Detection.Publish::folder)
                .filter(name -> !name.equals("."))
                .orElse("the root");
        going.progress().say("            / answers 404: there is no index.html in " + folder);
        going.progress()
                .say(
                        "            have the build write it there, or name the folder that has it in a Staticfile: `root: …`");
    }

    /// Some frameworks refuse hosts that they were not told of: everything answers then, and nothing works.
    private void tellRefusal(Deployment going, String host, String path, int code) {
        var body = ports.probe()
                .body(ports.edge().address(), path, live.routes().entrances().own(going.release(), host), EDGE_CHECK)
                .orElse("");
        var cause = Causes.ofAnswer(body.substring(0, Math.min(body.length(), MOST_OF_BODY)));
        cause.ifPresent(each -> {
            going.progress().say("            " + host + path + " answers " + code + ": " + each.what());
            going.progress().say("            " + each.mend());
        });
    }

    /// In the background: requests in flight finish, then it stays warm for a while; older ones stop.
    void retireTheOld(Deployment going) {
        var old = instances.of(going.where()).stream()
                .filter(kept -> !kept.isOf(going.release()))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        // Never before requests in flight had their time.
        var stays = ports.warm().compareTo(ports.drain()) > 0 ? ports.warm() : ports.drain();
        long stopAt = ports.clock().now().plus(stays).toEpochMilli();
        var warm = old.stream()
                .filter(kept -> kept.instance().release() == going.before() && kept.isWeb())
                .toList();
        var rest = old.stream().filter(kept -> !warm.contains(kept)).toList();
        warm.forEach(kept -> instances.setStopAt(kept.instance().id(), stopAt));
        rest.forEach(kept -> instances.setStopAt(kept.instance().id(), InstanceStore.AT_ONCE));
        var _ = ports.tasks().run("retire " + going.where(), () -> {
            live.fleet().drainWhatLeaves(going.where(), old);
            live.fleet().stop(rest);
        });
    }

    Outcome live(Deployment going) {
        var url = live.routes().url(going.where());
        long millis = Math.max(
                0, ports.clock().now().toEpochMilli() - going.startedAt().toEpochMilli());
        boolean hasRoute = going.release().isServed();
        var runs = going.release().settings().processes().isEmpty()
                ? "release " + going.release().number() + " is kept; it has nothing to start"
                : "release " + going.release().number() + " runs";
        going.progress().stage("live", hasRoute ? url : runs, millis);
        tellHowLong(going);
        return new Outcome(going.where(), going.release().number(), true, hasRoute ? url : "", "", List.of());
    }

    private void tellHowLong(Deployment going) {
        var settings = going.release().settings();
        if (settings.expire().isPresent()) {
            var sleeps = settings.sleep().map(idle -> "sleeps after " + text(idle) + " without a request, ");
            going.progress()
                    .say("            A preview: " + sleeps.orElse("") + "goes with its branch, or after "
                            + text(settings.expire().get()) + " without a push.");
        }
        live.routes().entrances().told(going.release()).ifPresent(going.progress()::say);
    }

    private static String text(Duration duration) {
        return duration.toDaysPart() > 0 && duration.toHoursPart() == 0
                ? duration.toDays() + " days"
                : Durations.text(duration.toMillis());
    }

    Problem noProcess(AppEnvironment where, String process, List<String> there) {
        return Problem.user("scale.process", "app " + where + " has no process '" + process + "'")
                .hint("it has " + String.join(", ", there));
    }
}
