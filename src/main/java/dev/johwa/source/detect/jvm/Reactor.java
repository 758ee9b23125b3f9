package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The modules of a Maven project that are built together.
///
/// @param poms by their folder, the root's first
record Reactor(Map<String, Pom> poms) {
    private static final int MOST_MODULES = 100;

    /// Empty where there is no pom.xml.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when one is no XML, saying where
    static Optional<Reactor> read(Folder folder) {
        // The root is asked by each of its modules.
        return Optional.of(folder.once(Reactor.class, Reactor::collected))
                .filter(reactor -> !reactor.poms().isEmpty());
    }

    private static Reactor collected(Folder folder) {
        var poms = new LinkedHashMap<String, Pom>();
        Pom.read(folder, ".").ifPresent(root -> collect(folder, root, poms));
        return new Reactor(poms);
    }

    private static void collect(Folder folder, Pom pom, Map<String, Pom> poms) {
        if (poms.size() >= MOST_MODULES || poms.putIfAbsent(pom.folder(), pom) != null) {
            return;
        }
        for (var module : pom.modules()) {
            var place = module.replaceFirst("/?pom\\.xml$", "");
            if (!place.startsWith("/") && !place.contains("..") && !place.isEmpty()) {
                Pom.read(folder, pom.below(place)).ifPresent(found -> collect(folder, found, poms));
            }
        }
    }

    Pom root() {
        return poms.values().iterator().next();
    }

    /// The one in a folder that has one.
    Pom in(String folder) {
        return Objects.requireNonNull(poms.get(folder));
    }

    List<Pom> all() {
        return List.copyOf(poms.values());
    }

    /// A module and what it needs of the others, near and far: what its pom names.
    List<Pom> needed(Pom pom) {
        var needed = new LinkedHashSet<Pom>();
        var open = new ArrayList<>(List.of(pom));
        while (!open.isEmpty()) {
            var next = open.removeLast();
            if (needed.add(next)) {
                poms.values().stream()
                        .filter(other -> !needed.contains(other) && names(next, other))
                        .forEach(open::add);
            }
        }
        return List.copyOf(needed);
    }

    private static boolean names(Pom pom, Pom other) {
        return other.value("artifactId")
                .map(name -> Pattern.compile("<artifactId>\\s*" + Pattern.quote(name) + "\\s*</artifactId>"))
                .filter(named -> !pom.packaging().equals("pom")
                        && named.matcher(pom.text()).find())
                .isPresent();
    }
}
