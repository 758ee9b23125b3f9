package dev.johwa.serve.release;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.RoutingTable.Guard;
import dev.johwa.serve.router.Terms;
import dev.johwa.serve.router.Trouble;
import dev.johwa.source.config.Counter;
import dev.johwa.source.config.Front;
import dev.johwa.source.config.Values;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Permission;
import dev.johwa.source.identity.ShareLink.Place;
import dev.johwa.source.identity.Visitors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is let in where not everybody is, and what else holds before a request goes on: the edge asks nobody, so its
/// table says it. Previews are for everybody at an edge that only this machine reaches.
final class Entrances {
    private static final Logger LOG = LoggerFactory.getLogger(Entrances.class);
    private static final Duration TICKET = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Ports ports;
    private final SitePasswords passwords = new SitePasswords();
    private final Map<AppEnvironment, List<Trouble>> troubles = new ConcurrentHashMap<>();
    private final Map<AppEnvironment, Instant> disturbed = new ConcurrentHashMap<>();

    Entrances(Ports ports) {
        this.ports = ports;
    }

    /// What goes wrong there on purpose from the next table on.
    void trouble(AppEnvironment where, List<Trouble> all) {
        if (all.isEmpty()) {
            troubles.remove(where);
        } else {
            troubles.put(where, List.copyOf(all));
        }
    }

    /// What is counted there until then tells of what somebody does on purpose.
    void disturb(AppEnvironment where, Instant until) {
        disturbed.put(where, until);
    }

    boolean isDisturbed(AppEnvironment where) {
        return disturbed
                .getOrDefault(where, Instant.EPOCH)
                .isAfter(ports.clock().now());
    }

    /// Who is let in, of this moment.
    record Now(Visitors.Now visitors, Map<AppEnvironment, Closure> closures) {
        private Optional<Closure> closure(AppEnvironment where, Closure.Kind kind) {
            return Optional.ofNullable(closures.get(where)).filter(closure -> closure.kind() == kind);
        }
    }

    /// A release that serves, and the secrets that count for it.
    record Serving(Release release, long secretsVersion) {
        private AppEnvironment where() {
            return release.where();
        }

        private Front front() {
            return release.settings().front();
        }
    }

    /// @param asked whether people are asked who they are, even by somebody on this machine
    Now now(boolean asked) {
        var closures = Closures.now(ports);
        boolean isAsked = asked
                || !ports.edge().isLoopback()
                || closures.values().stream().anyMatch(Closure::isMaintenance);
        return new Now(isAsked ? ports.visitors().now() : Visitors.Now.NOBODY, closures);
    }

    boolean isGuarded(Release release) {
        return isPrivate(release)
                || release.settings().front().users().isPresent()
                || Optional.ofNullable(Closures.now(ports).get(release.where()))
                        .filter(Closure::isMaintenance)
                        .isPresent();
    }

    private boolean isPrivate(Release release) {
        return release.settings().isPrivate() && !ports.edge().isLoopback();
    }

    Optional<Guard> guard(Serving serving, Now now) {
        var maintenance = now.closure(serving.where(), Closure.Kind.MAINTENANCE);
        var users = serving.front().users();
        boolean isPrivate = isPrivate(serving.release());
        if (!isPrivate && maintenance.isEmpty() && users.isEmpty()) {
            return Optional.empty();
        }
        var place = place(serving.where());
        boolean isEverywhere = isPrivate || maintenance.isPresent();
        return Optional.of(new Guard(
                ports.visitors().key(place),
                ports.domains().peopleUrl(),
                now.visitors().of(place.project()),
                now.visitors().linksOf(place),
                users.map(secret -> passwords(serving, secret)).orElse(Map.of()),
                isEverywhere ? List.of() : serving.front().paths(),
                maintenance
                        .map(closure -> Closures.notice(ports, serving.release(), closure))
                        .orElse(null)));
    }

    /// A secret that says nothing readable lets nobody in: each table must come about.
    private Map<String, String> passwords(Serving serving, String secret) {
        try {
            return read(serving, secret);
        } catch (ProblemException e) {
            LOG.warn("app={} lets nobody in by a password: {}", serving.where(), e.getMessage());
            return Map.of(secret, "");
        }
    }

    private Map<String, String> read(Serving serving, String secret) {
        var where = serving.where();
        var scope =
                new Values.Scope(where.project(), where.app(), serving.release().layer());
        var text = ports.values().revealSecrets(scope, serving.secretsVersion()).getOrDefault(secret, "");
        return passwords.read(secret, text, ports.visitors().key(place(where)));
    }

    /// Refuses a secret of passwords that cannot be read, before a release serves by it.
    ///
    /// @throws ProblemException naming the secret and the line
    void requireReadable(Release release, long secretsVersion) {
        var serving = new Serving(release, secretsVersion);
        serving.front().users().ifPresent(secret -> read(serving, secret));
    }

    /// @param hosts that lead to it; the first is the platform's own name of it
    Terms terms(Serving serving, List<String> hosts, Now now) {
        var usual = usual(serving, hosts, now);
        var wrong = troubles.getOrDefault(serving.where(), List.of());
        return wrong.isEmpty() ? usual : usual.with(wrong, ports.visitors().key(place(serving.where())));
    }

    private Terms usual(Serving serving, List<String> hosts, Now now) {
        var pause = now.closure(serving.where(), Closure.Kind.PAUSE);
        var front = serving.front();
        var counted = counted(serving.release());
        if (pause.isEmpty() && front.equals(Front.NONE) && counted.isEmpty()) {
            return Terms.NONE;
        }
        var canonical = front.canonical().filter(hosts::contains);
        var others = hosts.stream()
                .skip(1)
                .filter(host -> canonical.isPresent() && !host.equals(canonical.get()))
                .toList();
        return new Terms(
                ports.visitors().key(place(serving.where())),
                pause.map(closure -> closure.until().toEpochMilli()).orElse(0L),
                front.from(),
                front.paths(),
                canonical.orElse(""),
                others,
                front.redirects(),
                front.requestBytes().orElse(0),
                front.answer().map(Duration::toMillis).orElse(0L),
                front.headers(),
                counted,
                List.of());
    }

    private static String counted(Release release) {
        return release.settings().counter().flatMap(Counter::header).orElse("");
    }

    static Place place(AppEnvironment where) {
        return new Place(where.project(), where.app(), where.environment());
    }

    /// The fields of our own look through the edge, which lets it in wherever it is.
    Map<String, String> own(Release release, String host) {
        boolean isAsked = isGuarded(release)
                || troubles.containsKey(release.where())
                || !release.settings().front().equals(Front.NONE)
                || Closures.now(ports).containsKey(release.where());
        return isAsked
                ? Map.of("Host", host, Pass.SHARE, pass(release.where(), Pass.Kind.VISIT, Pass.PLATFORM, LOOK))
                : Map.of("Host", host);
    }

    /// For who pushed: how others come in.
    Optional<String> told(Release release) {
        return isPrivate(release)
                ? Optional.of("            Who may see the project logs in there; `johwa open "
                        + release.where().typed() + " --share` makes a link for others.")
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
