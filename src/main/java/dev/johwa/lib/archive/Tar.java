package dev.johwa.lib.archive;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.archive.Contents.Copy;
import dev.johwa.lib.archive.Contents.Entry;
import dev.johwa.lib.archive.Contents.Folder;
import dev.johwa.lib.archive.Contents.Link;
import dev.johwa.lib.archive.Contents.Text;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Contents as a tar, of root and of one time.
public final class Tar {
    private static final int MOST_TEXT = 1 << 16;

    private Tar() {}

    /// @param prefix before each name: empty, or a folder that ends with `/`
    /// @param time what every entry says it is from
    public static void write(Contents contents, String prefix, Instant time, OutputStream out) throws IOException {
        try (var tar = new TarArchiveOutputStream(new Unclosed(out), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            if (!prefix.isEmpty()) {
                put(tar, new TarArchiveEntry(prefix, TarConstants.LF_DIR), new Folder(0755), time);
            }
            for (var entry : contents.entries().entrySet()) {
                put(tar, named(prefix + entry.getKey(), entry.getValue()), entry.getValue(), time);
            }
        }
    }

    /// The text of the first small file of this name in the one folder of an archive; nothing behind it is read.
    public static Optional<String> text(InputStream in, String name) throws IOException {
        var tar = new TarArchiveInputStream(in);
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (entry.isFile() && entry.getName().endsWith("/" + name)) {
                return Optional.of(new String(tar.readNBytes(MOST_TEXT), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /// Unpacks files, folders and links into a folder; a name or a link that leaves it is left out. Rights and owners
    /// are not kept.
    ///
    /// @param archive a tar, or one within gzip
    public static void unpack(Path archive, Path folder) throws IOException {
        try (var bytes = new BufferedInputStream(Files.newInputStream(archive))) {
            bytes.mark(2);
            boolean isCompressed = bytes.read() == 0x1f && bytes.read() == 0x8b;
            bytes.reset();
            var tar = new TarArchiveInputStream(isCompressed ? new GZIPInputStream(bytes) : bytes);
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, folder);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        var place = folder.resolve(entry.getName()).normalize();
        if (!place.startsWith(folder) || place.equals(folder)) {
            return;
        }
        if (entry.isDirectory()) {
            Files.createDirectories(place);
        } else if (entry.isSymbolicLink() || entry.isLink()) {
            var from = entry.isLink() ? folder : requireNonNull(place.getParent());
            var target = from.resolve(entry.getLinkName()).normalize();
            if (target.startsWith(folder)) {
                Files.createDirectories(requireNonNull(place.getParent()));
                Files.deleteIfExists(place);
                Files.createSymbolicLink(place, target);
            }
        } else if (entry.isFile()) {
            // A link of that name would be followed.
            Files.deleteIfExists(place);
            Files.createDirectories(requireNonNull(place.getParent()));
            Files.copy(tar, place);
        }
    }

    private static TarArchiveEntry named(String name, Entry content) {
        return switch (content) {
            case Folder _ -> new TarArchiveEntry(name + "/", TarConstants.LF_DIR);
            case Text _, Copy _ -> new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
            case Link link -> {
                var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
                entry.setLinkName(link.target());
                yield entry;
            }
        };
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, Entry content, Instant time)
            throws IOException {
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        entry.setModTime(time.toEpochMilli());
        entry.setMode(mode(content));
        switch (content) {
            case Text text -> {
                entry.setSize(text.bytes().length);
                tar.putArchiveEntry(entry);
                tar.write(text.bytes());
            }
            case Copy copy -> {
                entry.setSize(copy.size());
                tar.putArchiveEntry(entry);
                Files.copy(copy.file(), tar);
            }
            case Folder _, Link _ -> tar.putArchiveEntry(entry);
        }
        tar.closeArchiveEntry();
    }

    private static int mode(Entry content) {
        return switch (content) {
            case Folder folder -> folder.mode();
            case Link _ -> 0777;
            case Text text -> text.mode();
            case Copy copy -> copy.mode();
        };
    }
}
