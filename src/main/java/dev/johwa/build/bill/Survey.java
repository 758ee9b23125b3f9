package dev.johwa.build.bill;

import dev.johwa.build.bill.Bill.Lock;
import dev.johwa.build.bill.DebianFiles.Distribution;
import dev.johwa.lib.blob.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Goes through the layers of one artifact, first to last: a file of a later layer replaces the one before it, and a
/// whiteout takes it away. Used by one thread.
final class Survey {
    private static final int BUFFER = 1 << 16;
    private static final int LARGEST = 16 << 20;
    private static final int MOST_ENTRIES = 2_000_000;
    private static final int MOST_WARNINGS = 100;
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final int GZIP = 0x8b1f;
    private static final int ZSTD = 0xb528;
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final Pattern INSTALLED = Pattern.compile("(.*/)?node_modules/(@[^/]+/)?[^/@.][^/]*/package\\.json");

    private final TreeMap<String, Finding> found = new TreeMap<>();
    private final TreeMap<String, Lock> locks = new TreeMap<>();
    private final TreeMap<String, String> warnings = new TreeMap<>();
    private Optional<Distribution> distribution = Optional.empty();
    private int entries;

    /// @param blob a layer, plain or packed by gzip
    void layer(InputStream blob) throws IOException {
        try (var raw = new BufferedInputStream(blob, BUFFER)) {
            raw.mark(2);
            int magic = raw.read() | raw.read() << Byte.SIZE;
            raw.reset();
            if (magic == ZSTD) {
                warn("layer", "it is packed by zstd, which is not read");
                return;
            }
            var plain = magic == GZIP ? new GZIPInputStream(raw, BUFFER) : raw;
            var tar = new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name());
            for (var entry = tar.getNextEntry(); entry != null && entries < MOST_ENTRIES; entry = tar.getNextEntry()) {
                entries++;
                entry(entry, tar);
            }
        }
    }

    private void entry(TarArchiveEntry entry, InputStream bytes) {
        var path = entry.getName().replaceFirst("^(\\./|/)+", "");
        var name = path.substring(path.lastIndexOf('/') + 1);
        if (name.startsWith(WHITEOUT)) {
            var folder = path.substring(0, path.length() - name.length());
            forget(name.equals(OPAQUE) ? folder : folder + name.substring(WHITEOUT.length()), name.equals(OPAQUE));
            return;
        }
        if (!entry.isFile()) {
            return;
        }
        forget(path, false);
        var finding = new Finding();
        try {
            read(path, name, entry, new Unread(bytes), finding);
            if (finding.isFull()) {
                warn(path, "it names more packages than are listed");
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            warn(path, "cannot be read: " + firstLine(e));
        }
        if (!finding.components().isEmpty()) {
            found.put(path, finding);
        }
    }

    private void forget(String path, boolean isFolder) {
        var end = path.endsWith("/") ? path : path + "/";
        if (!isFolder) {
            found.remove(path);
            locks.remove(path);
        }
        found.subMap(end, end + Character.MAX_VALUE).clear();
        locks.subMap(end, end + Character.MAX_VALUE).clear();
    }

    private void read(String path, String name, TarArchiveEntry entry, InputStream bytes, Finding finding)
            throws IOException {
        if (path.equals("etc/os-release") || path.equals("usr/lib/os-release")) {
            distribution = Optional.of(Distribution.of(text(entry, bytes)));
        } else if (name.endsWith(".jar") || name.endsWith(".war")) {
            new Jars(finding).read(path, bytes);
        } else if (path.equals("var/lib/dpkg/status") || path.startsWith("var/lib/dpkg/status.d/")) {
            DebianFiles.status(text(entry, bytes), finding);
        } else if (name.equals("METADATA") && path.endsWith(".dist-info/METADATA")) {
            PythonFiles.installed(text(entry, bytes), finding);
        } else if (INSTALLED.matcher(path).matches()) {
            NodeFiles.installed(text(entry, bytes), finding);
        } else if (!path.contains("node_modules/") && LockFile.of(name).isPresent()) {
            var text = text(entry, bytes);
            locks.put(path, new Lock(path, Digest.of(text)));
            LockFile.of(name).get().read(text, finding);
        } else if ((entry.getMode() & 0111) != 0 && Arrays.equals(bytes.readNBytes(ELF.length), ELF)) {
            GoFiles.program(bytes, finding);
        }
    }

    private static String text(TarArchiveEntry entry, InputStream bytes) throws IOException {
        if (entry.getSize() > LARGEST) {
            throw new IOException("it has more than " + (LARGEST >> 20) + " MiB");
        }
        return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }

    private void warn(String path, String what) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.put(path, path + ": " + what);
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    Bill bill(Digest artifact) {
        var all = new TreeMap<String, Component>();
        var known = distribution.orElse(new Distribution("debian", ""));
        found.values().stream()
                .flatMap(finding -> finding.components().stream())
                .map(component -> DebianFiles.of(component, known))
                .forEach(component -> all.merge(component.purl(), component, Component::with));
        return new Bill(
                artifact,
                new ArrayList<>(all.values()),
                new ArrayList<>(locks.values()),
                new ArrayList<>(warnings.values()));
    }
}
