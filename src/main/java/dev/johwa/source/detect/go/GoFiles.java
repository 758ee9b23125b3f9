package dev.johwa.source.detect.go;

import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files of the modules that are built together. What lies in another module further down is no part of them, though
/// its folder lies in theirs.
///
/// @param own places of the modules, as [GoModule#place] has them
/// @param nested places of other modules below
record GoFiles(Folder folder, Set<String> own, List<String> nested) {
    private static final String MANIFEST = "/go.mod";
    private static final int MOST_MODULES = 200;

    static GoFiles of(Folder folder, List<GoModule> modules) {
        var own = modules.stream().map(GoModule::place).collect(Collectors.toSet());
        var nested = folder.files(name -> name.endsWith(MANIFEST)).stream()
                .limit(MOST_MODULES)
                .map(name -> name.substring(0, name.length() - MANIFEST.length() + 1))
                .filter(place -> !own.contains(place))
                .toList();
        return new GoFiles(folder, own, nested);
    }

    /// Relative with `/`, in order.
    Stream<String> that(Predicate<String> wanted) {
        return folder.files(wanted).stream().filter(this::isOwn);
    }

    /// Those of the other modules that lie in none of them.
    List<String> nearest() {
        return nested.stream()
                .filter(place -> nested.stream().noneMatch(other -> !other.equals(place) && place.startsWith(other)))
                .toList();
    }

    private boolean isOwn(String file) {
        int around = longest(own.stream(), file);
        return around >= 0 && around >= longest(nested.stream(), file);
    }

    private static int longest(Stream<String> places, String file) {
        return places.filter(file::startsWith).mapToInt(String::length).max().orElse(-1);
    }
}
