package dev.johwa.source.identity;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Hmac;
import dev.johwa.source.identity.ShareLink.Place;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Who sees what is not public: people who may look at the project, and whoever has a link. Safe for use by many
/// threads.
public final class Visitors {
    private static final Duration LONGEST = Duration.ofDays(90);

    private final Tokens tokens;
    private final People people;
    private final ShareLinks links;
    private final Supplier<byte[]> key;

    /// @param key from which the key of each place is made
    public Visitors(Database database, Clock clock, Tokens tokens, People people, Supplier<byte[]> key) {
        this.tokens = tokens;
        this.people = people;
        this.links = new ShareLinks(database, clock);
        this.key = key;
    }

    /// Of this moment.
    ///
    /// @param identities everybody that the platform knows
    public record Now(List<Identity> identities, Map<Place, Map<String, Long>> links) {
        /// For those who do not ask.
        public static final Now NOBODY = new Now(List.of(), Map.of());

        /// Keys of those who may look at a project.
        public Set<String> of(String project) {
            return identities.stream()
                    .filter(identity -> identity.may(Permission.READ, Optional.of(project)))
                    .map(Identity::key)
                    .collect(Collectors.toSet());
        }

        /// Until when links of a place hold, in seconds of the epoch, by the SHA-256 of their tokens.
        public Map<String, Long> linksOf(Place place) {
            return links.getOrDefault(place, Map.of());
        }
    }

    public Now now() {
        var persons = people.list().stream().map(Person::identity).toList();
        var all = new HashSet<>(persons);
        all.addAll(tokens.holders());
        return new Now(List.copyOf(all), links.all());
    }

    /// Signs what lets somebody into a place, and into no other; in Base64.
    public String key(Place place) {
        var text = String.join("\n", place.project(), place.app(), place.environment());
        return Base64.getEncoder().encodeToString(Hmac.of(key.get(), text));
    }

    /// A link and the text of its token, which is not kept.
    public record Shared(ShareLink link, String token) {}

    /// Makes a link.
    ///
    /// @param by whoever makes it; it ends when they go
    /// @throws dev.johwa.lib.problem.ProblemException `link.time` when it would hold too long
    public Shared share(Place place, Identity by, Duration holds) {
        if (holds.isNegative() || holds.isZero() || holds.compareTo(LONGEST) > 0) {
            throw Problem.user("link.time", "a link holds for at most " + LONGEST.toDays() + " days")
                    .hint("write it as 12h, 7d or 4w")
                    .exception();
        }
        return links.add(place, by, holds);
    }

    public List<ShareLink> links(Place place) {
        return links.list(place);
    }

    /// @return whether there was one of that id
    public boolean withdraw(Place place, String id) {
        return links.remove(place, id);
    }

    /// Withdraws all links of a place.
    public void forget(Place place) {
        links.removeAll(place);
    }
}
