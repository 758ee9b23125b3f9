package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Draft;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What Maven finds again of its last build: what it compiled of a module, as long as neither the module nor what it
/// needs of the others was changed.
///
/// Maven recompiles a changed module as a whole, so nothing is lost; but it leaves there what a class, a generated
/// source or a dependency's method once was, and looks at jars of other modules only by chance. Jars are packed anew
/// each time: some plugins put a second time into a jar what they find in it.
final class MavenWork {
    private static final String CLASSES = "target/classes";
    /// Nothing that a program reads.
    private static final List<String> BESIDE = List.of(
            "target/test-classes", "target/maven-status", "target/generated-sources", "target/generated-test-sources");
    /// Copied by themselves where they change; what a deleted one leaves goes with all else that was kept.
    private static final Pattern COPIED = Pattern.compile("(.*/)?src/[^/]+/(resources|webapp)");

    private final MavenSeat seat;

    MavenWork(MavenSeat seat) {
        this.seat = seat;
    }

    void keep(Draft draft) {
        var poms = seat.isMember()
                ? seat.reactor().needed(seat.reactor().in(seat.module()))
                : seat.reactor().all();
        poms.stream().filter(pom -> !pom.packaging().equals("pom")).forEach(pom -> {
            var madeOf = madeOf(pom).stream().map(seat::seen).toList();
            keep(draft, pom.below(CLASSES), madeOf);
            for (var folder : BESIDE) {
                keep(draft, pom.below(folder), madeOf);
                draft.leftovers.add(seat.seen(pom.below(folder)));
            }
        });
    }

    private void keep(Draft draft, String folder, List<String> madeOf) {
        draft.kept.add(seat.seen(folder));
        draft.madeOf.put(seat.seen(folder), madeOf);
    }

    /// Its own sources, everything of what it needs, and all that says how it is built.
    private Set<String> madeOf(Pom pom) {
        var madeOf = new LinkedHashSet<String>();
        madeOf.add(".mvn");
        seat.reactor().all().forEach(each -> madeOf.add(each.below("pom.xml")));
        madeOf.addAll(sources(pom));
        seat.reactor().needed(pom).stream()
                .filter(other -> !other.equals(pom) && !other.folder().equals("."))
                .forEach(other -> madeOf.add(other.folder()));
        return madeOf;
    }

    /// Its folders, but for those of other modules and what is only copied; of `src` one by one.
    private Set<String> sources(Pom pom) {
        var sources = new LinkedHashSet<String>();
        folders(pom.folder()).filter(folder -> !isOfAnother(pom, folder)).forEach(sources::add);
        sources.remove(pom.below("target"));
        if (sources.remove(pom.below("src"))) {
            folders(pom.below("src"))
                    .flatMap(this::folders)
                    .filter(folder -> !COPIED.matcher(folder).matches())
                    .forEach(sources::add);
        }
        return sources;
    }

    private Stream<String> folders(String place) {
        return seat.top().folders(place).stream().map(name -> place.equals(".") ? name : place + "/" + name);
    }

    private boolean isOfAnother(Pom pom, String folder) {
        return seat.reactor().poms().keySet().stream()
                .anyMatch(other -> !other.equals(pom.folder()) && (other + "/").startsWith(folder + "/"));
    }
}
