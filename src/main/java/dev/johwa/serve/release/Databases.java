package dev.johwa.serve.release;

import dev.johwa.build.pipeline.Fixtures;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.data.AppFolder;
import dev.johwa.serve.data.Kind;
import dev.johwa.serve.data.Owner;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.source.config.Values;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// The databases of a release: those that `data:` names, those that were added, and in a preview one of its own for
/// each that production has. Where somebody gives the address as a value or a secret, that holds and none is made.
final class Databases {
    private final Ports ports;
    private final ComposedData composed;

    Databases(Ports ports) {
        this.ports = ports;
        this.composed = new ComposedData(ports);
    }

    /// Those that are services of a compose file.
    ComposedData composed() {
        return composed;
    }

    static Owner owner(AppEnvironment where) {
        return new Owner(where.project(), where.app(), where.environment());
    }

    /// The folders that an instance finds, which outlive its release: those that were added are of now, as addresses
    /// are; a preview has its own of those that production has.
    List<String> folders(Release release) {
        return folders(release, ports.data().folders()::of);
    }

    /// @param known what was added
    static List<String> folders(Release release, Function<Owner, List<AppFolder>> known) {
        var owner = owner(release.where());
        var production = new Owner(owner.project(), owner.app(), AppEnvironment.PRODUCTION);
        var owners = release.isPreview() ? List.of(production, owner) : List.of(owner);
        var added = owners.stream()
                .flatMap(each -> known.apply(each).stream())
                .filter(each -> each.state() == AppFolder.State.READY)
                .map(AppFolder::path);
        return Stream.concat(named(release).stream(), added).distinct().toList();
    }

    /// The folders that `data:` names.
    static List<String> named(Release release) {
        return release.settings().data().stream()
                .filter(each -> each.contains("/"))
                .map(each -> Path.of(each).normalize() + "/")
                .toList();
    }

    /// Makes those that are not there yet.
    ///
    /// @param stopping ends what runs there
    void prepare(Deployment going, Runnable stopping) {
        composed.prepare(going, stopping);
        var release = going.release();
        var given = given(release, going.secretsVersion());
        var there = addresses(release).keySet();
        wanted(release).forEach((variable, kind) -> {
            if (!given.contains(variable) && !there.contains(variable)) {
                ports.data().add(owner(release.where()), kind, variable, going.progress());
            }
        });
    }

    /// Keeps what they hold before a command of the release may change it. A preview can be made again.
    void dump(Deployment going) {
        composed.dump(going);
        var release = going.release();
        if (release.isPreview()) {
            return;
        }
        ports.data().of(owner(release.where())).stream()
                .filter(each -> each.isServed() && each.createdAt().isBefore(going.startedAt()))
                .forEach(each ->
                        ports.data().dumps().make(each, "before-release-" + release.number(), going.progress()));
    }

    /// What is to be run so that a new preview has data to meet on; nothing where it has that.
    List<Fixtures.Step> fixtures(Release release) {
        var owner = owner(release.where());
        return isNew(release)
                ? Fixtures.of(
                        ports.repositories(),
                        owner.project(),
                        release.commit(),
                        release.settings().folder(),
                        release.isContained() ? Optional.empty() : ports.data().client(owner))
                : List.of();
    }

    private boolean isNew(Release release) {
        return release.isPreview()
                && ports.data().of(owner(release.where())).stream().anyMatch(each -> each.isServed() && !each.filled());
    }

    /// Fills what is new with statements, for an app in a container, where no client is.
    ///
    /// @throws DeploymentFailed when one fails
    void fillFromHere(Release release) {
        if (!release.isContained() || !isNew(release)) {
            return;
        }
        var owner = owner(release.where());
        try {
            Fixtures.statements(
                            ports.repositories(),
                            owner.project(),
                            release.commit(),
                            release.settings().folder())
                    .forEach(text -> ports.data().fill(owner, text));
        } catch (ProblemException e) {
            throw new DeploymentFailed("fixtures: " + e.problem().message(), List.of());
        }
    }

    void markFilled(Release release) {
        ports.data().markFilled(owner(release.where()));
    }

    /// The next release begins with empty ones again.
    void discard(Release release) {
        ports.data().discard(owner(release.where()));
    }

    /// The addresses under their names.
    Map<String, String> addresses(Release release) {
        var owner = owner(release.where());
        return release.isContained()
                ? ports.data().addresses(owner, InstanceSpec.MACHINE)
                : ports.data().addresses(owner);
    }

    /// The names under which it gets addresses.
    Set<String> names(Release release) {
        return addresses(release).keySet();
    }

    /// Those of production, in a preview; else those that are there already.
    private Map<String, Kind> wanted(Release release) {
        var where = release.where();
        var like = release.isPreview() ? AppEnvironment.PRODUCTION : where.environment();
        return ports.data()
                .wanted(
                        new Owner(where.project(), where.app(), like),
                        release.settings().data());
    }

    static ProblemException named(AppEnvironment where, String word, String name) {
        return Problem.user("data.protected", "johwa.yaml of " + where + " says data: [" + word + "]")
                .hint("push it without, then remove " + name)
                .exception();
    }

    private Set<String> given(Release release, long secretsVersion) {
        var where = release.where();
        var scope = new Values.Scope(where.project(), where.app(), release.layer());
        var given = new HashSet<>(ports.values().secretNames(scope, secretsVersion));
        given.addAll(release.settings().values().keySet());
        return given;
    }
}
