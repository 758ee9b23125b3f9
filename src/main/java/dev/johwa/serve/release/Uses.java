package dev.johwa.serve.release;

import dev.johwa.lib.text.Near;
import dev.johwa.source.git.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Other apps of this server that a release names under `uses`: it is told where each answers, in `NAME_URL`. That is
/// the app in the environment of the same name where it is live, else in production, so that previews of one branch
/// meet. Who may not be visited by everybody is used by nobody.
final class Uses {
    private final Ports ports;
    private final AppEnvironments environments;
    private final ReleaseStore releases;

    Uses(Ports ports, ReleaseStore releases, AppEnvironments environments) {
        this.ports = ports;
        this.environments = environments;
        this.releases = releases;
    }

    /// Refuses what is not there.
    ///
    /// @throws DeploymentFailed naming all that is unknown, and what may not be used
    void require(Release release, Progress progress) {
        var unknown = new ArrayList<String>();
        var advice = new ArrayList<String>();
        for (var name : release.settings().uses()) {
            var where = production(name);
            if (!isKnown(where)) {
                unknown.add("'uses': there is no app " + name);
                Near.question(name, known()).ifPresent(advice::add);
            } else if (isLive(where) && isClosed(where)) {
                unknown.add("'uses': not everybody may visit " + name);
                advice.add("`access: public` in its johwa.yaml opens it, for other apps too");
            } else if (!isLive(where)) {
                progress.say(
                        "            uses " + name + ": nothing of it is live yet; its address leads there when it is");
            }
        }
        if (!unknown.isEmpty()) {
            throw new DeploymentFailed(String.join(", ", unknown), advice);
        }
    }

    /// Where they answer, by the names under which the release finds that.
    Map<String, String> addresses(Release release) {
        var addresses = new LinkedHashMap<String, String>();
        for (var name : release.settings().uses()) {
            addresses.put(variable(name), url(place(release, name)));
        }
        return addresses;
    }

    /// The names of hosts in those addresses.
    List<String> hosts(Release release) {
        return release.settings().uses().stream()
                .map(name -> HostNames.of(place(release, name), ports.domain()))
                .distinct()
                .toList();
    }

    /// The ports of this machine at which they answer, also through TLS, to which the edge sends who asks plainly for a
    /// name with a certificate.
    List<Integer> ports(Release release) {
        if (release.settings().uses().isEmpty()) {
            return List.of();
        }
        return Stream.of(ports.edge().address(), ports.edge().tlsAddress())
                .filter(address -> !address.isEmpty())
                .map(address -> Integer.valueOf(address.substring(address.lastIndexOf(':') + 1)))
                .toList();
    }

    /// Through TLS where the edge sends everybody there.
    private String url(AppEnvironment where) {
        return ports.domains()
                .securedUrl(HostNames.of(where, ports.domain()))
                .orElseGet(() -> Routes.url(ports, where).replaceFirst("/$", ""));
    }

    /// `SHOP_API_URL` of shop-api.
    static String variable(String name) {
        var plain = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return (plain.matches("\\d.*") ? "APP_" : "") + plain + "_URL";
    }

    private AppEnvironment place(Release release, String name) {
        var production = production(name);
        var same = new AppEnvironment(
                production.project(), production.app(), release.where().environment());
        return isLive(same) && !isClosed(same) ? same : production;
    }

    private static AppEnvironment production(String name) {
        int slash = name.indexOf('/');
        return slash < 0
                ? new AppEnvironment(name, name, AppEnvironment.PRODUCTION)
                : new AppEnvironment(name.substring(0, slash), name.substring(slash + 1), AppEnvironment.PRODUCTION);
    }

    private boolean isLive(AppEnvironment where) {
        return environments.get(where).release() != 0;
    }

    private boolean isClosed(AppEnvironment where) {
        return releases.find(where, environments.get(where).release())
                .filter(new Entrances(ports)::isGuarded)
                .isPresent();
    }

    /// A project that was pushed is known before anything of it is live.
    private boolean isKnown(AppEnvironment where) {
        return known().contains(where.name())
                || where.app().equals(where.project()) && ports.repositories().exists(where.project());
    }

    private List<String> known() {
        return environments.list().stream()
                .map(current -> current.where().name())
                .distinct()
                .toList();
    }
}
