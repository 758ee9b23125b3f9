package dev.johwa.serve.release;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.domain.Domains;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Under which names users of apps are asked what they think (`feedback: true`), and of which release. What is known is
/// some seconds old at most, however many ask. Safe for use by many threads.
public final class FeedbackPlaces {
    /// Below every name of such an app.
    public static final String PATH = "/.johwa/feedback";

    private static final Duration KNOWN = Duration.ofSeconds(5);

    private final Releases releases;
    private final Domains domains;
    private final Clock clock;
    private Map<String, AppEnvironment> places = Map.of();
    private Instant looked = Instant.EPOCH;

    public FeedbackPlaces(Releases releases, Domains domains, Clock clock) {
        this.releases = releases;
        this.domains = domains;
        this.clock = clock;
    }

    /// @param host as it was asked for, perhaps with a port
    /// @return the release that serves there, where its users are asked
    public Optional<Release> at(String host) {
        var name = host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
        return Optional.ofNullable(places().get(name))
                .flatMap(releases::current)
                .filter(FeedbackPlaces::isAsking);
    }

    private static boolean isAsking(Release release) {
        return release.settings().front().asksUsers();
    }

    private synchronized Map<String, AppEnvironment> places() {
        var now = clock.now();
        if (looked.plus(KNOWN).isBefore(now) || looked.isAfter(now)) {
            places = found();
            looked = now;
        }
        return places;
    }

    private Map<String, AppEnvironment> found() {
        var found = new HashMap<String, AppEnvironment>();
        for (var where : releases.environments()) {
            releases.current(where).filter(FeedbackPlaces::isAsking).ifPresent(release -> {
                Optional.ofNullable(URI.create(releases.address(release)).getHost())
                        .ifPresent(name -> found.put(name, where));
                if (where.isProduction() || !release.isPreview()) {
                    release.settings().domains().forEach(name -> found.putIfAbsent(name, where));
                }
            });
        }
        for (var domain : domains.added()) {
            var where = AppEnvironment.of(domain);
            if (found.containsValue(where)) {
                found.putIfAbsent(domain.name(), where);
            }
        }
        return Map.copyOf(found);
    }
}
