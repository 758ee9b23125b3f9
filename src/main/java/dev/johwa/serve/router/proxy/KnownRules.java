package dev.johwa.serve.router.proxy;

import dev.johwa.lib.site.SiteRules;
import dev.johwa.serve.router.RoutingTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The rules of the sites of a table, read when the table comes and their files changed since. Used under its owner's
/// lock.
final class KnownRules {
    private final Map<String, Known> known = new HashMap<>();

    private record Known(String stamp, SiteRules rules) {}

    SiteRules of(RoutingTable.Backend backend) {
        if (!(backend instanceof RoutingTable.Files site)) {
            return SiteRules.NONE;
        }
        var folder = Path.of(site.folder());
        var stamp = stamp(folder.resolve(SiteRules.REDIRECTS)) + stamp(folder.resolve(SiteRules.HEADERS));
        return known.compute(
                        site.folder(),
                        (each, before) -> before != null && before.stamp().equals(stamp)
                                ? before
                                : new Known(stamp, SiteRules.read(folder)))
                .rules();
    }

    private static String stamp(Path file) {
        // Most sites have none, of which this tells without an exception for each of a thousand.
        var there = file.toFile();
        return there.lastModified() + " " + there.length() + "; ";
    }

    void keepOnly(RoutingTable table) {
        var folders = table.routes().stream()
                .map(route -> route.backend() instanceof RoutingTable.Files site ? site.folder() : "")
                .collect(Collectors.toSet());
        known.keySet().retainAll(folders);
    }
}
