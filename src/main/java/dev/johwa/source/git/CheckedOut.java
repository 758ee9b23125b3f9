package dev.johwa.source.git;

import dev.johwa.lib.text.RawNames;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a checkout left in a folder, so that the next one there writes only what is different, and the times of all
/// other files stay: by them make, cargo and their like know what to do.
///
/// @param files and symbolic links by their path, byte by byte
/// @param submodules places that stay empty
/// @param gone paths that the checkout before had and this one has not
/// @param changed paths that the checkout before had with another content
public record CheckedOut(Map<String, Entry> files, List<String> submodules, List<String> gone, List<String> changed) {
    private static final int FORM = 1;
    private static final String ASKED = "unix:ino,ctime,lastModifiedTime,size,mode,uid";

    public CheckedOut {
        submodules = List.copyOf(submodules);
        gone = List.copyOf(gone);
        changed = List.copyOf(changed);
    }

    /// Of a folder that nothing was checked out into.
    public static CheckedOut nothing() {
        return new CheckedOut(Map.of(), List.of(), List.of(), List.of());
    }

    /// @param id of the bytes in git
    /// @param mode git's
    /// @param stamp changes whenever the file does; no program without rights over the clock can keep it
    record Entry(String id, int mode, String stamp) {
        boolean isOf(String otherId, int otherMode) {
            return id.equals(otherId) && mode == otherMode;
        }
    }

    static String stamp(Path file) throws IOException {
        var seen = Files.readAttributes(file, ASKED, LinkOption.NOFOLLOW_LINKS);
        return seen.get("ino") + " " + seen.get("ctime") + " " + seen.get("lastModifiedTime") + " " + seen.get("size")
                + " " + seen.get("mode") + " " + seen.get("uid");
    }

    /// Of the files and of all folders that they lie in, as text.
    public Set<String> paths() {
        var paths = new HashSet<String>();
        for (var path : files.keySet()) {
            paths.add(RawNames.text(path));
            for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
                if (!paths.add(RawNames.text(path.substring(0, end)))) {
                    break;
                }
            }
        }
        return paths;
    }

    /// Keeps it in a file, without what is of one checkout only.
    public void save(Path place) {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(place)))) {
            out.writeInt(FORM);
            out.writeInt(files.size());
            for (var file : files.entrySet()) {
                out.writeUTF(file.getKey());
                out.writeUTF(file.getValue().id());
                out.writeInt(file.getValue().mode());
                out.writeUTF(file.getValue().stamp());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What was kept; nothing when the file is missing, damaged or of another form.
    public static CheckedOut load(Path place) {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(place)))) {
            if (in.readInt() != FORM) {
                return nothing();
            }
            int count = in.readInt();
            var files = new HashMap<String, Entry>();
            for (int i = 0; i < count; i++) {
                files.put(in.readUTF(), new Entry(in.readUTF(), in.readInt(), in.readUTF()));
            }
            return new CheckedOut(files, List.of(), List.of(), List.of());
        } catch (IOException e) {
            return nothing();
        }
    }
}
