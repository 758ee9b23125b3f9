package dev.johwa.lib.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What an archive holds: names, relative and with `/`, and what lies under each. A later name replaces an earlier one;
/// folders on the way to a name are there by themselves. Used by one thread.
public final class Contents {
    private final NavigableMap<String, Entry> entries = new TreeMap<>();

    /// What lies under a name.
    public sealed interface Entry {}

    /// @param mode who may look into it and write there, as in `chmod`
    public record Folder(int mode) implements Entry {}

    /// @param target as it is written into the link
    public record Link(String target) implements Entry {}

    public record Text(byte[] bytes, int mode) implements Entry {}

    /// A file of the disk, read when the archive is written.
    public record Copy(Path file, long size, int mode) implements Entry {}

    private static final int FILE = 0644;
    private static final int PROGRAM = 0755;
    /// Without the bits by which a program gets its owner's rights: here all is root's.
    private static final int OWN = 01777;

    @FunctionalInterface
    private interface Rights {
        int of(Path place) throws IOException;
    }

    public Contents text(String name, String text) {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Contents bytes(String name, byte[] bytes) {
        return put(name, new Text(bytes, FILE));
    }

    public Contents script(String name, String text) {
        return put(name, new Text(text.getBytes(StandardCharsets.UTF_8), PROGRAM));
    }

    public Contents link(String name, String target) {
        return put(name, new Link(target));
    }

    public Contents folder(String name) {
        return put(name, new Folder(PROGRAM));
    }

    public Contents file(String name, Path file) throws IOException {
        return put(name, new Copy(file, Files.size(file), usual(file)));
    }

    /// All below a folder of the disk, which everybody may read there; sockets, pipes and devices are left out.
    ///
    /// @param prefix the name under which it comes
    public Contents tree(String prefix, Path folder) throws IOException {
        return tree(prefix, folder, _ -> true, Contents::usual);
    }

    private static int usual(Path place) {
        return Files.isExecutable(place) ? PROGRAM : FILE;
    }

    /// The same of the root folder of a system: who may read and write there stays as it is.
    ///
    /// @param wanted asked with each name; what lies below an unwanted folder is not looked at
    public Contents system(Path root, Predicate<String> wanted) throws IOException {
        return tree("", root, wanted, place -> (int) Files.getAttribute(place, "unix:mode") & OWN);
    }

    private Contents tree(String prefix, Path folder, Predicate<String> wanted, Rights rights) throws IOException {
        try (var children = Files.newDirectoryStream(folder)) {
            for (var child : children) {
                var name = (prefix.isEmpty() ? "" : prefix + "/") + child.getFileName();
                if (wanted.test(name)) {
                    add(name, child, wanted, rights);
                }
            }
        }
        return this;
    }

    private void add(String name, Path place, Predicate<String> wanted, Rights rights) throws IOException {
        if (Files.isSymbolicLink(place)) {
            link(name, Files.readSymbolicLink(place).toString());
        } else if (Files.isDirectory(place)) {
            put(name, new Folder(rights.of(place)));
            tree(name, place, wanted, rights);
        } else if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            put(name, new Copy(place, Files.size(place), rights.of(place)));
        }
    }

    private Contents put(String name, Entry entry) {
        if (name.isEmpty() || name.startsWith("/") || name.endsWith("/")) {
            throw new IllegalArgumentException("no name for an entry: '" + name + "'");
        }
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            entries.putIfAbsent(name.substring(0, slash), new Folder(PROGRAM));
        }
        entries.put(name, entry);
        return this;
    }

    /// Every name with what lies under it, in the order of the names.
    public NavigableMap<String, Entry> entries() {
        return entries;
    }

    /// Bytes of all files together.
    public long size() {
        return entries.values().stream()
                .mapToLong(entry -> switch (entry) {
                    case Folder _, Link _ -> 0;
                    case Text text -> text.bytes().length;
                    case Copy copy -> copy.size();
                })
                .sum();
    }
}
