package dev.johwa.watch.advisory;

import dev.johwa.build.bill.Bill;
import dev.johwa.build.bill.Component;
import dev.johwa.build.bill.Ecosystem;
import dev.johwa.watch.advisory.Entry.Outcome;
import dev.johwa.watch.advisory.Judgement.Unsure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Judges one bill by an index. Used by one thread.
final class Matching {
    private final Index index;
    private final Set<String> ecosystems;
    private final List<Vulnerability> found = new ArrayList<>();
    private final Set<Unsure> unsure = new LinkedHashSet<>();
    /// Packages of which nothing can be said, by the reason.
    private final TreeMap<String, Integer> gaps = new TreeMap<>();

    Matching(Index index) {
        this.index = index;
        this.ecosystems = index.facts().advisories().keySet().stream()
                .flatMap(each -> PackageKey.of(each, "any").stream())
                .map(PackageKey::ecosystem)
                .collect(Collectors.toSet());
    }

    Judgement of(Bill bill) throws IOException {
        for (var component : bill.components()) {
            look(component);
        }
        found.sort(Comparator.comparing(Vulnerability::severity)
                .reversed()
                .thenComparing(Comparator.comparingDouble(Vulnerability::score).reversed())
                .thenComparing(each -> each.component().purl())
                .thenComparing(Vulnerability::id));
        var told = new ArrayList<String>();
        gaps.forEach((why, count) -> told.add(count + (count == 1 ? " package" : " packages") + " not judged: " + why));
        var facts = index.facts();
        if (facts.unread() > 0) {
            told.add(facts.unread() + " files of the export could not be read, such as "
                    + String.join(
                            "; ",
                            facts.problems()
                                    .subList(0, Math.min(2, facts.problems().size()))));
        }
        bill.warnings().forEach(told::add);
        return new Judgement(
                found, new ArrayList<>(unsure), told, new Judgement.AsOf(facts.fingerprint(), facts.modified()));
    }

    private void look(Component component) throws IOException {
        var keys = PackageKey.of(component);
        if (keys.stream().noneMatch(key -> ecosystems.contains(key.ecosystem()))) {
            gaps.merge(gap(component, keys), 1, Integer::sum);
            return;
        }
        var group = new ArrayList<Vulnerability>();
        for (var key : keys) {
            for (var entry : index.of(key)) {
                switch (entry.of(PackageKey.version(component), key.scheme())) {
                    case Outcome.Affected(var fixed) -> join(group, Vulnerability.of(component, entry, fixed));
                    case Outcome.Unsure(var why) -> unsure.add(new Unsure(entry.id(), component.purl(), why));
                    case Outcome.Safe() -> {}
                }
            }
        }
        found.addAll(group);
    }

    private static String gap(Component component, List<PackageKey> keys) {
        if (!keys.isEmpty()) {
            return "the export has nothing of " + keys.getFirst().ecosystem();
        }
        if (component.ecosystem() != Ecosystem.DEBIAN) {
            return "nothing tells which registry they are of";
        }
        return PackageKey.distribution(component).isEmpty()
                ? "no advisories are read of their distribution"
                : "nothing tells which release of " + PackageKey.distribution(component) + " they are of";
    }

    /// Aliases make a chain: one may join several that were apart.
    private static void join(List<Vulnerability> group, Vulnerability one) {
        var joined = one;
        for (boolean isMore = true; isMore; ) {
            isMore = false;
            for (var each : List.copyOf(group)) {
                if (each.isSameAs(joined)) {
                    group.remove(each);
                    joined = joined.with(each);
                    isMore = true;
                }
            }
        }
        group.add(joined);
    }
}
