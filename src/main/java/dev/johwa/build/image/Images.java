package dev.johwa.build.image;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes and unpacks artifacts. Safe for use by many threads.
public final class Images {
    /// @param unpacked folder that keeps the files of artifacts that were unpacked, by digest
    public Images(Blobs blobs, Path unpacked) {}

    /// Packs a folder.
    ///
    /// @param layers relative folders of dependencies, each a layer of its own; the rest is the last layer
    /// @param exclude relative paths that are left out (`.git`, test reports, caches)
    public Artifact pack(Path folder, List<String> layers, List<String> exclude, Start start) {
        throw new UnsupportedOperationException();
    }

    /// How the image starts when a container engine runs it.
    ///
    /// @param ports that it listens on
    public record Start(List<String> command, Map<String, String> environment, List<Integer> ports) {}

    /// The files of an artifact in a folder that is shared, read-only and kept; unpacked on first use.
    public Path unpack(Digest manifest) {
        throw new UnsupportedOperationException();
    }

    /// The files of an artifact in a new folder of an instance's own, which may change: by reflink or copy-on-write
    /// where the file system can, else by copy of what may be written and hard links never shared for writing.
    public void copyTo(Digest manifest, Path folder) {
        throw new UnsupportedOperationException();
    }

    /// Whether every blob of it is there and whole; says what is not.
    public List<String> verify(Digest manifest) {
        throw new UnsupportedOperationException();
    }

    /// Deletes blobs and unpacked folders that no manifest of these needs, and none that is younger than an hour.
    ///
    /// @return freed bytes
    public long collect(Set<Digest> keep) {
        throw new UnsupportedOperationException();
    }
}
