package dev.johwa.build.image;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Writes the files of a layer into a new, empty folder; what lies outside `app/` or would leave the folder is refused.
/// Modes become 644 or 755. Used by one thread.
final class LayerReader {
    private static final int BUFFER = 1 << 16;

    /// Folders that this reader made itself, by name: only into these does it write, so no link leads it astray.
    private final Map<String, Path> folders = new HashMap<>();

    private final byte[] buffer = new byte[BUFFER];

    LayerReader(Path folder) {
        folders.put("", folder);
    }

    void read(InputStream blob) throws IOException {
        try (var raw = new BufferedInputStream(blob, BUFFER);
                var gzip = new GZIPInputStream(raw, BUFFER);
                var tar = new TarArchiveInputStream(gzip, StandardCharsets.ISO_8859_1.name())) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry);
            }
            // To the last byte, so that the whole blob is checked.
            gzip.transferTo(OutputStream.nullOutputStream());
            raw.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void write(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        var name = below(entry.getName());
        if (entry.isDirectory()) {
            folder(name);
            return;
        }
        var place = place(name);
        try {
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(place, RawNames.path(entry.getLinkName()));
            } else if (entry.isLink()) {
                link(place, below(entry.getLinkName()));
            } else if (entry.isFile() && !isDevice(entry)) {
                file(tar, place, (entry.getMode() & 0100) != 0);
            } else {
                throw refused(entry.getName(), "is a pipe or a device");
            }
        } catch (FileAlreadyExistsException e) {
            throw refused(entry.getName(), "comes twice");
        }
    }

    private static boolean isDevice(TarArchiveEntry entry) {
        return entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO();
    }

    private void file(TarArchiveInputStream tar, Path place, boolean isProgram) throws IOException {
        try (var out = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
        if (isProgram) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private void link(Path place, String earlier) throws IOException {
        var file = place(earlier);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(earlier, "is named by a hard link and is no file before it");
        }
        Files.createLink(place, file);
    }

    /// The name below the application's folder, without a slash at its end.
    private static String below(String name) {
        var parts = name.split("/");
        boolean escapes =
                Arrays.stream(parts).anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (escapes || !parts[0].equals(Images.APP)) {
            throw refused(name, "leaves the folder of the app");
        }
        return String.join("/", Arrays.asList(parts).subList(1, parts.length));
    }

    private Path place(String name) throws IOException {
        int slash = name.lastIndexOf('/');
        if (name.isEmpty()) {
            throw refused(name, "is no file");
        }
        return folder(slash < 0 ? "" : name.substring(0, slash)).resolve(RawNames.path(name.substring(slash + 1)));
    }

    private Path folder(String name) throws IOException {
        var known = folders.get(name);
        if (known != null) {
            return known;
        }
        var made = requireNonNull(place(name));
        try {
            Files.createDirectory(made);
        } catch (FileAlreadyExistsException e) {
            throw refused(name, "is a folder and something else");
        }
        folders.put(name, made);
        return made;
    }

    private static RuntimeException refused(String name, String why) {
        return Problem.user(
                        "artifact.escape", "the artifact is refused: its entry '" + RawNames.text(name) + "' " + why)
                .hint("build it with tools that write plain layers")
                .exception();
    }
}
