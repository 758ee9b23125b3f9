package dev.johwa.serve.router.tls;

import dev.johwa.serve.router.RoutingTable.Certificate;
import dev.johwa.serve.router.RoutingTable.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates of the table of now. A new table changes them for new connections; those that are open go on.
/// Safe for use by many threads.
public final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private volatile Known now = new Known(Map.of(), Map.of(), Map.of());
    private Set<String> before = Set.of();

    /// @param pairs by alias; those of the table before too, since a handshake may have begun by it
    private record Known(Map<String, Pair> pairs, Map<String, Pair> byName, Map<String, Pair> proofs) {}

    /// One that cannot be read is told in the log and left out.
    public synchronized void apply(Tls tls) {
        var pairs = new HashMap<String, Pair>();
        var byName = byName(tls.certificates(), pairs);
        var proofs = byName(tls.proofs(), pairs);
        var used = new HashSet<>(pairs.keySet());
        before.forEach(alias -> {
            var kept = now.pairs().get(alias);
            if (kept != null) {
                pairs.putIfAbsent(alias, kept);
            }
        });
        before = used;
        now = new Known(pairs, byName, proofs);
    }

    private Map<String, Pair> byName(List<Certificate> certificates, Map<String, Pair> pairs) {
        var found = new HashMap<String, Pair>();
        for (var certificate : certificates) {
            var pair = pair(certificate);
            if (pair == null) {
                continue;
            }
            pairs.put(pair.alias(), pair);
            var names = new ArrayList<>(certificate.names());
            if (names.isEmpty()) {
                names.add("");
            }
            names.forEach(name -> found.putIfAbsent(name, pair));
        }
        return found;
    }

    private @Nullable Pair pair(Certificate certificate) {
        try {
            var known = now.pairs().get(Pair.alias(certificate));
            return known == null ? Pair.read(certificate) : known;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.warn("names={} certificate {} is left out: {}", certificate.names(), certificate.chain(), e.toString());
            return null;
        }
    }

    /// @param name which the client asks for, empty when it names none
    @Nullable
    Pair of(String name) {
        var all = now.byName();
        var exact = all.get(name);
        if (exact != null) {
            return exact;
        }
        int dot = name.indexOf('.');
        var wild = dot < 0 ? null : all.get("*" + name.substring(dot));
        return wild != null ? wild : all.get("");
    }

    /// The one that answers a certificate authority's question about that name.
    @Nullable
    Pair proofOf(String name) {
        return now.proofs().get(name);
    }

    @Nullable
    Pair at(String alias) {
        return now.pairs().get(alias);
    }
}
