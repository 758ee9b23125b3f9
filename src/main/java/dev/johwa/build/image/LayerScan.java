package dev.johwa.build.image;

import static java.util.Objects.requireNonNull;

import dev.johwa.build.image.LayerFile.Kind;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.RawNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The files of a layer, looked at but not read: folders before what they hold, names in the order of their bytes.
final class LayerScan {
    private static final String ASKED = "unix:mode,ino,dev,ctime,size,lastModifiedTime";
    private static final int TYPE = 0170000;
    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;
    private static final int SOCKET = 0140000;
    private static final int OWNER_RUNS = 0100;

    private final Predicate<String> wanted;
    private final Cancel cancel;
    private final List<LayerFile> files = new ArrayList<>();
    private Instant changed = Instant.EPOCH;

    private LayerScan(Predicate<String> wanted, Cancel cancel) {
        this.wanted = wanted;
        this.cancel = cancel;
    }

    /// @param wanted which paths, relative with `/`, byte by byte ([RawNames]); what lies below one that is not is not
    ///     looked at
    static LayerScan of(Path folder, Predicate<String> wanted, Cancel cancel) throws IOException {
        var scan = new LayerScan(wanted, cancel);
        scan.add(folder, "");
        return scan;
    }

    List<LayerFile> files() {
        return files;
    }

    /// When the latest of its files changed.
    Instant changed() {
        return changed;
    }

    private void add(Path folder, String prefix) throws IOException {
        for (var child : children(folder)) {
            cancel.check();
            var name = prefix + child.name();
            if (wanted.test(name)) {
                look(child.place(), name);
            }
        }
    }

    private record Child(Path place, String name) {}

    private static List<Child> children(Path folder) throws IOException {
        var children = new ArrayList<Child>();
        try (var stream = Files.newDirectoryStream(folder)) {
            for (var place : stream) {
                children.add(new Child(place, RawNames.of(place.getFileName())));
            }
        }
        children.sort((one, other) -> one.name().compareTo(other.name()));
        return children;
    }

    private void look(Path place, String name) throws IOException {
        var seen = Files.readAttributes(place, ASKED, LinkOption.NOFOLLOW_LINKS);
        int mode = (int) value(seen, "mode");
        switch (mode & TYPE) {
            case FOLDER -> {
                files.add(new LayerFile(place, name, Kind.FOLDER, 0, "", ""));
                add(place, name + "/");
            }
            case LINK -> {
                var target = RawNames.of(Files.readSymbolicLink(place));
                files.add(new LayerFile(place, name, Kind.LINK, 0, target, ""));
            }
            case FILE -> {
                var kind = (mode & OWNER_RUNS) == 0 ? Kind.FILE : Kind.PROGRAM;
                files.add(new LayerFile(place, name, kind, (long) value(seen, "size"), "", stamp(seen)));
            }
            case SOCKET -> {
                // Means nothing once the process that listened is gone.
            }
            default -> throw special(name);
        }
    }

    private static Object value(Map<String, Object> seen, String name) {
        return requireNonNull(seen.get(name), name);
    }

    private String stamp(Map<String, Object> seen) {
        var change = ((FileTime) value(seen, "ctime")).toInstant();
        if (change.isAfter(changed)) {
            changed = change;
        }
        var modified = ((FileTime) value(seen, "lastModifiedTime")).toInstant();
        return value(seen, "dev") + " " + value(seen, "ino") + " " + change + " " + modified;
    }

    private static RuntimeException special(String name) {
        return Problem.user(
                        "artifact.special-file",
                        "'" + RawNames.text(name) + "' is a pipe or a device, which no artifact can hold")
                .hint("delete it at the end of the build")
                .exception();
    }

    /// Equal only when no file changed, none came and none went, as far as the file system tells.
    String fingerprint() {
        var hash = Digest.sha256();
        for (var file : files) {
            var line = file.kind() + "\0" + file.name() + "\0" + file.size() + "\0" + file.target() + "\0"
                    + file.stamp() + "\0";
            hash.update(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        return Digest.of(hash).hex();
    }
}
