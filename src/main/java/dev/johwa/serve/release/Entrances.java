package dev.johwa.serve.release;

import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.RoutingTable.Guard;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Permission;
import dev.johwa.source.identity.ShareLink.Place;
import dev.johwa.source.identity.Visitors;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Who is let in where not everybody is: the edge asks nobody, so its table says it. An edge that only this machine
/// reaches lets everybody in.
final class Entrances {
    private static final Duration TICKET = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Ports ports;

    Entrances(Ports ports) {
        this.ports = ports;
    }

    boolean isGuarded(Release release) {
        return release.settings().isPrivate() && !ports.edge().isLoopback();
    }

    Optional<Guard> guard(Release release, Visitors.Now visitors) {
        if (!isGuarded(release)) {
            return Optional.empty();
        }
        var place = place(release.where());
        return Optional.of(new Guard(
                ports.visitors().key(place),
                ports.domains().peopleUrl(),
                visitors.of(place.project()),
                visitors.linksOf(place)));
    }

    static Place place(AppEnvironment where) {
        return new Place(where.project(), where.app(), where.environment());
    }

    /// The fields of our own look through the edge, which lets it in wherever it is.
    Map<String, String> own(Release release, String host) {
        return isGuarded(release)
                ? Map.of("Host", host, Pass.SHARE, pass(release.where(), Pass.Kind.VISIT, Pass.PLATFORM, LOOK))
                : Map.of("Host", host);
    }

    /// For who pushed: how others come in.
    Optional<String> told(Release release) {
        return isGuarded(release)
                ? Optional.of("            Who may see the project logs in there; `johwa open "
                        + Routes.command(release.where()) + " --share` makes a link for others.")
                : Optional.empty();
    }

    /// Lets somebody in who is logged in here, once and soon.
    ///
    /// @return empty when they may not look there
    Optional<String> ticket(AppEnvironment where, Identity identity) {
        return Optional.of(identity)
                .filter(known -> known.may(Permission.READ, Optional.of(where.project())))
                .map(known -> pass(where, Pass.Kind.TICKET, known.key(), TICKET));
    }

    private String pass(AppEnvironment where, Pass.Kind kind, String subject, Duration holds) {
        long until = ports.clock().now().plus(holds).getEpochSecond();
        var key = ports.visitors().key(place(where));
        return new Pass(kind, subject, until, UUID.randomUUID().toString()).signed(key);
    }
}
