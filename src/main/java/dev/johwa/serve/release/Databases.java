package dev.johwa.serve.release;

import dev.johwa.serve.data.Kind;
import dev.johwa.serve.data.Owner;
import dev.johwa.source.config.Values;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The databases of a release: those that `data:` names, those that were added, and in a preview one of its own for
/// each that production has. Where somebody gives the address as a value or a secret, that holds and none is made.
final class Databases {
    private final Ports ports;

    Databases(Ports ports) {
        this.ports = ports;
    }

    static Owner owner(AppEnvironment where) {
        return new Owner(where.project(), where.app(), where.environment());
    }

    /// Makes those that are not there yet.
    void prepare(Deployment going) {
        var release = going.release();
        var given = given(release, going.secretsVersion());
        wanted(release).forEach((variable, kind) -> {
            if (!given.contains(variable)) {
                ports.data().add(owner(release.where()), kind, variable, going.progress());
            }
        });
    }

    /// Keeps what they hold before a command of the release may change it. A preview can be made again.
    void dump(Deployment going) {
        var release = going.release();
        if (release.isPreview()) {
            return;
        }
        ports.data().of(owner(release.where())).stream()
                .filter(each -> !each.isElsewhere() && each.createdAt().isBefore(going.startedAt()))
                .forEach(each ->
                        ports.data().dumps().make(each, "before-release-" + release.number(), going.progress()));
    }

    /// The addresses under their names.
    Map<String, String> addresses(Release release) {
        return ports.data().addresses(owner(release.where()));
    }

    /// The names under which it gets addresses.
    Set<String> names(Release release) {
        return addresses(release).keySet();
    }

    private Map<String, Kind> wanted(Release release) {
        var wanted = new LinkedHashMap<String, Kind>();
        release.settings().data().stream()
                .flatMap(word -> Kind.of(word).stream())
                .forEach(kind -> wanted.put(kind.variable(), kind));
        var where = release.where();
        if (release.isPreview()) {
            var production = new Owner(where.project(), where.app(), AppEnvironment.PRODUCTION);
            ports.data().of(production).forEach(each -> wanted.put(each.variable(), each.kind()));
        }
        return wanted;
    }

    private Set<String> given(Release release, long secretsVersion) {
        var where = release.where();
        var scope = new Values.Scope(where.project(), where.app(), release.layer());
        var given = new HashSet<>(ports.values().secretNames(scope, secretsVersion));
        given.addAll(release.settings().values().keySet());
        return given;
    }
}
