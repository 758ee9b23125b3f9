package dev.johwa.serve.release;

import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.RoutingTable.Guard;
import dev.johwa.serve.router.Terms;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Permission;
import dev.johwa.source.identity.ShareLink.Place;
import dev.johwa.source.identity.Visitors;
import java.time.Duration;
import java.util.List;
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

    /// Who is let in, of this moment.
    record Now(Visitors.Now visitors, Map<AppEnvironment, Closure> closures) {
        private Optional<Closure> closure(AppEnvironment where, Closure.Kind kind) {
            return Optional.ofNullable(closures.get(where)).filter(closure -> closure.kind() == kind);
        }
    }

    Now now() {
        var closures = Closures.now(ports);
        boolean isAsked =
                !ports.edge().isLoopback() || closures.values().stream().anyMatch(Closure::isMaintenance);
        return new Now(isAsked ? ports.visitors().now() : Visitors.Now.NOBODY, closures);
    }

    boolean isGuarded(Release release) {
        return isPrivate(release)
                || Optional.ofNullable(Closures.now(ports).get(release.where()))
                        .filter(Closure::isMaintenance)
                        .isPresent();
    }

    private boolean isPrivate(Release release) {
        return release.settings().isPrivate() && !ports.edge().isLoopback();
    }

    Optional<Guard> guard(Release release, Now now) {
        var maintenance = now.closure(release.where(), Closure.Kind.MAINTENANCE);
        if (!isPrivate(release) && maintenance.isEmpty()) {
            return Optional.empty();
        }
        var place = place(release.where());
        return Optional.of(new Guard(
                ports.visitors().key(place),
                ports.domains().peopleUrl(),
                now.visitors().of(place.project()),
                now.visitors().linksOf(place),
                Map.of(),
                List.of(),
                maintenance
                        .map(closure -> Closures.notice(ports, release, closure))
                        .orElse(null)));
    }

    Terms terms(Release release, Now now) {
        var pause = now.closure(release.where(), Closure.Kind.PAUSE);
        if (pause.isEmpty()) {
            return Terms.NONE;
        }
        return new Terms(
                ports.visitors().key(place(release.where())),
                pause.get().until().toEpochMilli(),
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                0,
                0,
                Map.of());
    }

    static Place place(AppEnvironment where) {
        return new Place(where.project(), where.app(), where.environment());
    }

    /// The fields of our own look through the edge, which lets it in wherever it is.
    Map<String, String> own(Release release, String host) {
        boolean isAsked = isGuarded(release) || !terms(release, now()).equals(Terms.NONE);
        return isAsked
                ? Map.of("Host", host, Pass.SHARE, pass(release.where(), Pass.Kind.VISIT, Pass.PLATFORM, LOOK))
                : Map.of("Host", host);
    }

    /// For who pushed: how others come in.
    Optional<String> told(Release release) {
        return isPrivate(release)
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
