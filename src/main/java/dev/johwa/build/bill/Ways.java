package dev.johwa.build.bill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who brought whom, as one lock file tells it: the shortest way from what was asked for to each package. Used by one
/// thread.
final class Ways {
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Set<String>> needs = new LinkedHashMap<>();
    private final Map<String, List<String>> found = new LinkedHashMap<>();

    /// A package that is there once more, as with an extra, needs what each of them needs.
    ///
    /// @param id of a package in the file
    /// @param needed ids of those that it needs; what is no id of the file is passed over
    void add(String id, String name, Collection<String> needed) {
        names.put(id, name);
        needs.computeIfAbsent(id, _ -> new LinkedHashSet<>()).addAll(needed);
    }

    /// What no other needs: it was asked for, where a file does not say what was.
    List<String> unneeded() {
        var needed = needs.entrySet().stream()
                .flatMap(each -> each.getValue().stream().filter(need -> !isItself(each.getKey(), need)))
                .collect(Collectors.toSet());
        return names.entrySet().stream()
                .filter(each -> !needed.contains(each.getKey()) && !needed.contains(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// With an extra it may need itself without.
    private boolean isItself(String id, String need) {
        return need.equals(id) || need.equals(names.get(id));
    }

    /// Goes on from what was asked for.
    void from(Collection<String> asked) {
        var next = new ArrayDeque<String>();
        for (var id : asked) {
            if (names.containsKey(id) && found.putIfAbsent(id, List.of()) == null) {
                next.add(id);
            }
        }
        for (var id = next.poll(); id != null; id = next.poll()) {
            var way = new ArrayList<>(found.getOrDefault(id, List.of()));
            way.add(names.getOrDefault(id, id));
            for (var need : needs.getOrDefault(id, Set.of())) {
                if (names.containsKey(need) && found.putIfAbsent(need, way) == null) {
                    next.add(need);
                }
            }
        }
    }

    /// Absent where nothing leads to it.
    Optional<List<String>> to(String id) {
        return Optional.ofNullable(found.get(id));
    }
}
