package dev.johwa.serve.domain;

import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.http.OwnAddresses;
import java.util.List;

/// Where names point, and where this machine is.
///
/// @param domain under which apps get their names
record Place(HostLookup lookup, String domain) {
    /// Addresses of the name; a wildcard has none.
    List<String> of(String name) {
        return name.startsWith("*.") ? List.of() : lookup.addresses(name);
    }

    boolean isHere(List<String> addresses) {
        return addresses.stream().anyMatch(OwnAddresses.all()::contains);
    }

    /// Both sides, and what to do.
    String elsewhere(String name, List<String> pointsTo) {
        var there = pointsTo.isEmpty() ? "to nothing" : "to " + String.join(", ", pointsTo);
        var here = OwnAddresses.all().stream()
                .filter(address -> !address.startsWith("127.") && !address.equals("0:0:0:0:0:0:0:1"))
                .toList();
        var next = GivenCertificate.covers("*." + domain, name)
                ? "set the record A or AAAA of *." + domain
                : "set its record A or AAAA, or say that it is right: `johwa domains add " + name + " --force`";
        return name + " points " + there + ", and this machine has " + String.join(", ", here) + "; " + next;
    }
}
