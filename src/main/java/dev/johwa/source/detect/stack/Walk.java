package dev.johwa.source.detect.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The files below a folder, the shallow ones first and in order, looked for only as far as somebody asks; what was
/// seen is kept. Not in folders of tools and dependencies, and no symbolic links. Of a very large folder only the part
/// nearest to its root is seen. Used by one thread.
final class Walk {
    /// So deep that every question ends there.
    static final int DEEPEST = 14;

    private static final int MOST_VISITED = 60_000;
    /// A folder with more holds data; the others must not go unseen for it.
    private static final int MOST_IN_FOLDER = 2_000;
    private static final Set<String> SKIPPED =
            Set.of("node_modules", "venv", "env", "target", "dist", "build", "vendor", "__pycache__", "site-packages");

    private final Path root;
    private final List<Place> seen = new ArrayList<>();
    private final Deque<Place> waiting = new ArrayDeque<>(List.of(new Place("", -1)));
    private int visited;

    /// @param name relative with `/`
    /// @param depth how many folders are around it; the root lies in none of its own
    private record Place(String name, int depth) {
        Place child(String child) {
            return new Place(name.isEmpty() ? child : name + "/" + child, depth + 1);
        }
    }

    Walk(Path root) {
        this.root = root;
    }

    /// The file at a place in the order; empty when there are fewer down to that depth.
    ///
    /// @param deepest how many folders may be around it
    Optional<String> file(int index, int deepest) {
        while (index >= seen.size() && mayGoOn(deepest)) {
            look(waiting.remove());
        }
        return index < seen.size() && seen.get(index).depth() <= deepest
                ? Optional.of(seen.get(index).name())
                : Optional.empty();
    }

    private boolean mayGoOn(int deepest) {
        return !waiting.isEmpty() && visited < MOST_VISITED && waiting.element().depth() < deepest;
    }

    /// How many names were looked at.
    int visited() {
        return visited;
    }

    private void look(Place folder) {
        var path = root.resolve(folder.name());
        for (var child : children(path)) {
            visited++;
            var kind = attributes(path.resolve(child));
            if (kind.isEmpty()) {
                continue;
            }
            var place = folder.child(child);
            if (kind.get().isRegularFile()) {
                seen.add(place);
            } else if (kind.get().isDirectory() && isOwn(child) && place.depth() < DEEPEST) {
                waiting.add(place);
            }
        }
    }

    /// Whether a folder of this name is the project's, and none of tools and dependencies.
    static boolean isOwn(String name) {
        return !SKIPPED.contains(name) && !name.startsWith(".");
    }

    static boolean isFolder(Path path) {
        return attributes(path).filter(BasicFileAttributes::isDirectory).isPresent();
    }

    /// Names in a folder, in order.
    static List<String> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .limit(MOST_IN_FOLDER)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path path) {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
