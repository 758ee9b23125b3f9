package dev.johwa.serve.router;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All routes of the edge at one moment; a newer table replaces an older one as a whole.
///
/// @param version grows with every table
/// @param tls what connections that are encrypted need
/// @param guards by host: who is let in where not everybody is
/// @param proxies ranges of addresses of those before us whose word of their clients is believed
public record RoutingTable(long version, List<Route> routes, Tls tls, Map<String, Guard> guards, List<String> proxies) {
    public RoutingTable {
        routes = List.copyOf(routes);
        guards = Map.copyOf(guards);
        proxies = List.copyOf(proxies);
    }

    public RoutingTable(long version, List<Route> routes, Tls tls, Map<String, Guard> guards) {
        this(version, routes, tls, guards, List.of());
    }

    public RoutingTable(long version, List<Route> routes, Tls tls) {
        this(version, routes, tls, Map.of());
    }

    public RoutingTable(long version, List<Route> routes) {
        this(version, routes, Tls.NONE);
    }

    /// The same behind these proxies.
    public RoutingTable behind(List<String> others) {
        return new RoutingTable(version, routes, tls, guards, others);
    }

    /// The same with a version that is newer than another.
    public RoutingTable newerThan(long other) {
        return version > other ? this : new RoutingTable(other + 1, routes, tls, guards, proxies);
    }

    /// What TLS goes by. An exact name comes before a wildcard, and a certificate without names serves the rest.
    ///
    /// @param secured names that are asked for through TLS only: plain requests are sent there
    /// @param port where TLS is answered
    /// @param strictSeconds how long browsers should remember that (HSTS), 0 for not at all
    /// @param tokens answers to questions of a certificate authority, by their last path segment (HTTP-01)
    /// @param proofs certificates that answer its questions within the handshake (TLS-ALPN-01)
    public record Tls(
            List<Certificate> certificates,
            Set<String> secured,
            int port,
            long strictSeconds,
            Map<String, String> tokens,
            List<Certificate> proofs) {
        public static final Tls NONE = new Tls(List.of(), Set.of(), 0, 0, Map.of(), List.of());

        public Tls {
            certificates = List.copyOf(certificates);
            secured = Set.copyOf(secured);
            tokens = Map.copyOf(tokens);
            proofs = List.copyOf(proofs);
        }
    }

    /// A certificate in files, which the edge reads again when they changed.
    ///
    /// @param names in lower case, `*.` for any one label
    /// @param chain PEM file of the certificate and those above it
    /// @param key PEM file of its private key (PKCS #8)
    public record Certificate(List<String> names, String chain, String key) {
        public Certificate {
            names = List.copyOf(names);
        }
    }

    /// Requests for these hosts and below this path go to the backend.
    ///
    /// @param hosts exact names in lower case without port
    /// @param path prefix, `/` for all
    /// @param app whose counts they are: `shop` or `shop/api`, with the environment and release; empty where nobody
    ///     counts, as nobody's users come there
    /// @param terms what holds for them before they go on
    /// @param part of them that it gets; the route of the same place without one stands before it
    public record Route(
            List<String> hosts,
            String path,
            String app,
            String environment,
            int release,
            Backend backend,
            Terms terms,
            Part part) {
        public Route {
            hosts = List.copyOf(hosts);
        }
    }

    /// Who is let in: whoever shows a [Pass] of one of these people, or the token of one of these links, or a password.
    ///
    /// @param key signs the passes of this place and of no other, in Base64
    /// @param login where people log in, `https://johwa.example.com`; empty where nobody can from elsewhere
    /// @param people subjects of passes that hold
    /// @param links by the SHA-256 of their tokens, until when they hold, in seconds of the epoch
    /// @param passwords hashes by bcrypt, by name; empty where no password lets in
    /// @param paths below which it stands; empty for everywhere
    /// @param notice what others are told while somebody works there; null where nobody does
    public record Guard(
            String key,
            String login,
            Set<String> people,
            Map<String, Long> links,
            Map<String, String> passwords,
            List<String> paths,
            @Nullable Notice notice) {
        private static final String LINK = "link.";

        public Guard {
            people = Set.copyOf(people);
            links = Map.copyOf(links);
            // An edge of an earlier program left none.
            passwords = passwords == null ? Map.of() : Map.copyOf(passwords);
            paths = paths == null ? List.of() : List.copyOf(paths);
        }

        public Guard(String key, String login, Set<String> people, Map<String, Long> links) {
            this(key, login, people, links, Map.of(), List.of(), null);
        }

        /// Whose pass holds now.
        public boolean letsIn(String subject, long now) {
            return subject.equals(Pass.PLATFORM)
                    || people.contains(subject)
                    || subject.startsWith(LINK) && links.getOrDefault(subject.substring(LINK.length()), 0L) > now;
        }

        /// The subject of those who came by a link.
        public static String byLink(String hash) {
            return LINK + hash;
        }

        /// A key is nothing to be printed.
        @Override
        public String toString() {
            return "Guard[" + people.size() + " people, " + links.size() + " links]";
        }
    }

    /// A page for those who come while somebody works there.
    ///
    /// @param page in HTML, from the repository; empty for ours
    /// @param words what the team says, as plain text; may be empty
    /// @param retrySeconds after which it is worth to ask again
    /// @param team ranges of addresses that are let in
    public record Notice(String page, String words, long retrySeconds, List<String> team) {
        public Notice {
            team = List.copyOf(team);
        }
    }

    /// Where requests go.
    public sealed interface Backend {}

    /// To the healthy instance with the fewest requests in flight.
    ///
    /// @param health path asked once a second, empty for a mere connection
    /// @param patience how long a request waits while none of them can be reached
    public record Instances(List<Endpoint> endpoints, String health, Duration patience) implements Backend {
        public Instances {
            endpoints = List.copyOf(endpoints);
        }

        public Instances(List<Endpoint> endpoints, String health) {
            this(endpoints, health, Duration.ZERO);
        }
    }

    /// @param instance id of the instance
    /// @param address `host:port`
    public record Endpoint(String instance, String address) {}

    /// To files of a folder.
    ///
    /// @param fallback whether unknown paths get `index.html` with 200 (single page applications)
    public record Files(String folder, boolean fallback) implements Backend {}

    /// Nowhere yet: requests wait, at most so long, for a table that says more; the edge reports the first one, so
    /// that a sleeping app can be woken.
    public record Hold(Duration atMost) implements Backend {}

    /// Nowhere: a page that says so, with this status and text.
    public record Closed(int status, String text) implements Backend {}
}
