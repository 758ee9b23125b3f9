package dev.johwa.serve.backup;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.text.RawNames;
import dev.johwa.serve.backup.Entry.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a backup has at each path. Each place is one thing: what is a folder for one entry and a link for another would
/// lead the next one astray.
record NamedPlaces(Map<String, Type> types) {
    static NamedPlaces of(List<Entry> entries) {
        var named = new HashMap<String, Type>();
        for (var entry : entries) {
            var path = entry.path();
            for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
                name(named, path.substring(0, end), Type.FOLDER);
            }
            name(named, path, entry.type());
        }
        return new NamedPlaces(named);
    }

    private static void name(Map<String, Type> named, String path, Type type) {
        var before = named.putIfAbsent(path, type);
        if (before != null && before != type) {
            throw Problems.path("the backup names '" + path + "' as two different things");
        }
    }

    /// What another backup left in a folder and this one does not name, goes.
    void clear(Path folder) throws IOException {
        clear(folder, "");
    }

    private void clear(Path at, String start) throws IOException {
        for (var each : Trees.children(at)) {
            var path = start + RawNames.of(each.getFileName());
            boolean isFolder = Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS);
            if (!types.containsKey(path) || isFolder != (types.get(path) == Type.FOLDER)) {
                Trees.delete(each);
            } else if (isFolder) {
                if (!Files.isWritable(each)) {
                    // An earlier try closed it.
                    Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
                }
                clear(each, path + "/");
            }
        }
    }
}
