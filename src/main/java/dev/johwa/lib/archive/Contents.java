package dev.johwa.lib.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What an archive holds: names, relative and with `/`, and what lies under each. A later name replaces an earlier one;
/// folders on the way to a name are there by themselves. Used by one thread.
public final class Contents {
    private final NavigableMap<String, Entry> entries = new TreeMap<>();

    /// What lies under a name.
    public sealed interface Entry {}

    public record Folder() implements Entry {}

    /// @param target as it is written into the link
    public record Link(String target) implements Entry {}

    /// @param program whether it may be executed
    public record Text(byte[] bytes, boolean program) implements Entry {}

    /// A file of the disk, read when the archive is written.
    public record Copy(Path file, long size, boolean program) implements Entry {}

    public Contents text(String name, String text) {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Contents bytes(String name, byte[] bytes) {
        return put(name, new Text(bytes, false));
    }

    public Contents script(String name, String text) {
        return put(name, new Text(text.getBytes(StandardCharsets.UTF_8), true));
    }

    public Contents link(String name, String target) {
        return put(name, new Link(target));
    }

    public Contents folder(String name) {
        return put(name, new Folder());
    }

    public Contents file(String name, Path file) throws IOException {
        return put(name, new Copy(file, Files.size(file), Files.isExecutable(file)));
    }

    /// All below a folder of the disk but what is not wanted; sockets, pipes and devices are left out.
    ///
    /// @param prefix the name under which it comes; empty for the archive's own root
    /// @param wanted asked with each name; what lies below an unwanted folder is not looked at
    public Contents tree(String prefix, Path folder, Predicate<String> wanted) throws IOException {
        try (var children = Files.newDirectoryStream(folder)) {
            for (var child : children) {
                var name = (prefix.isEmpty() ? "" : prefix + "/") + child.getFileName();
                if (wanted.test(name)) {
                    add(name, child, wanted);
                }
            }
        }
        return this;
    }

    private void add(String name, Path place, Predicate<String> wanted) throws IOException {
        if (Files.isSymbolicLink(place)) {
            link(name, Files.readSymbolicLink(place).toString());
        } else if (Files.isDirectory(place)) {
            folder(name);
            tree(name, place, wanted);
        } else if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            file(name, place);
        }
    }

    private Contents put(String name, Entry entry) {
        if (name.isEmpty() || name.startsWith("/") || name.endsWith("/")) {
            throw new IllegalArgumentException("no name for an entry: '" + name + "'");
        }
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            entries.putIfAbsent(name.substring(0, slash), new Folder());
        }
        entries.put(name, entry);
        return this;
    }

    /// Every name with what lies under it, in the order of the names.
    public NavigableMap<String, Entry> entries() {
        return entries;
    }

    /// The names of files, without folders and links.
    public List<String> files() {
        var files = new ArrayList<String>();
        entries.forEach((name, entry) -> {
            if (entry instanceof Text || entry instanceof Copy) {
                files.add(name);
            }
        });
        return files;
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
