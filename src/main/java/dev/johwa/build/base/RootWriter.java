package dev.johwa.build.base;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Writes layer after layer into a folder, as container engines do: links on the way are followed within the folder
/// only, whiteouts take away what lower layers have (OCI image specification 1.1, "Whiteouts"). Devices and pipes are
/// left out; nothing keeps the right to become another account. Used by one thread.
final class RootWriter {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_LINKS = 40;
    private static final int RIGHTS = 0777;
    private static final String GONE = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final Path root;
    private final byte[] buffer = new byte[BUFFER];
    private final Set<Path> ofThisLayer = new HashSet<>();

    RootWriter(Path root) {
        this.root = root;
    }

    /// @param isGzip else it is a plain tar
    void read(InputStream blob, boolean isGzip) throws IOException {
        ofThisLayer.clear();
        try (var raw = new BufferedInputStream(blob, BUFFER);
                var bytes = isGzip ? new GZIPInputStream(raw, BUFFER) : raw;
                var tar = new TarArchiveInputStream(bytes, StandardCharsets.ISO_8859_1.name())) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry);
            }
            // To the last byte, so that the whole blob is checked.
            bytes.transferTo(OutputStream.nullOutputStream());
            raw.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void write(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        var name = Path.of("/").resolve(RawNames.path(entry.getName())).normalize();
        if (name.getFileName() == null) {
            return;
        }
        var last = name.getFileName().toString();
        var folder = folder(name.resolve("..").normalize());
        if (last.equals(OPAQUE)) {
            Trees.children(folder).stream()
                    .filter(each -> !ofThisLayer.contains(each))
                    .forEach(Trees::delete);
        } else if (last.startsWith(GONE)) {
            Trees.delete(folder.resolve(last.substring(GONE.length())));
        } else {
            place(tar, entry, folder.resolve(name.getFileName()));
        }
    }

    private void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path place) throws IOException {
        ofThisLayer.add(place);
        boolean isThere = Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
        if (entry.isDirectory()) {
            if (!isThere) {
                Files.deleteIfExists(place);
                Files.createDirectory(place);
            }
            rights(place, entry);
            return;
        }
        Trees.delete(place);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(place, RawNames.path(entry.getLinkName()));
        } else if (entry.isLink()) {
            var target =
                    Path.of("/").resolve(RawNames.path(entry.getLinkName())).normalize();
            var file = folder(target.resolve("..").normalize()).resolve(String.valueOf(target.getFileName()));
            Files.createLink(place, file);
        } else if (entry.isFile() && !entry.isCharacterDevice() && !entry.isBlockDevice() && !entry.isFIFO()) {
            try (var out = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                    out.write(buffer, 0, count);
                }
            }
            rights(place, entry);
        }
    }

    private static void rights(Path place, TarArchiveEntry entry) throws IOException {
        Files.setAttribute(place, "unix:mode", entry.getMode() & RIGHTS);
    }

    /// The folder of that name as the layers have it, made where it is missing.
    ///
    /// @param name absolute
    private Path folder(Path name) throws IOException {
        var open = new ArrayDeque<Path>();
        name.forEach(open::add);
        var place = root;
        for (int links = 0; !open.isEmpty(); ) {
            var part = open.remove();
            if (part.toString().equals("..")) {
                place = place.equals(root) ? root : place.resolve("..").normalize();
                continue;
            }
            var next = place.resolve(part);
            if (Files.isSymbolicLink(next)) {
                if (++links > MOST_LINKS) {
                    throw refused(name, "leads through links without end");
                }
                var target = Files.readSymbolicLink(next);
                place = target.isAbsolute() ? root : place;
                var parts = new ArrayDeque<Path>();
                target.forEach(parts::add);
                parts.addAll(open);
                open = parts;
                continue;
            }
            if (!Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                    throw refused(name, "leads through a file");
                }
                Files.createDirectory(next);
            }
            place = next;
        }
        return place;
    }

    private static RuntimeException refused(Path name, String why) {
        return Problem.user("image.base-broken", "the base cannot be unpacked: " + "'" + name + "' " + why)
                .hint("take another base, or make it anew")
                .exception();
    }
}
