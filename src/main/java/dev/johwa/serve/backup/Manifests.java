package dev.johwa.serve.backup;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.backup.Manifest.Body;
import dev.johwa.serve.backup.Manifest.Head;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The manifests at a place. The first line of each says the version of its form and the SHA-256 of all that follows;
/// the second is its head as JSON, the rest its body: JSON, compressed, closed by the seal.
final class Manifests {
    /// Only grows when a program that does not know could do harm.
    private static final int FORM = 1;

    private static final String FOLDER = "backups/";
    private static final String FIRST_WORD = "johwa-backup";
    private static final int TOLD = 5;

    private final Place place;

    Manifests(Place place) {
        this.place = place;
    }

    static String name(Instant at) {
        return at.toString().replace(':', '-');
    }

    /// When a backup of that name was begun, where it is a name of one.
    static Optional<Instant> at(String name) {
        int time = name.indexOf('T');
        try {
            return time < 0
                    ? Optional.empty()
                    : Optional.of(Instant.parse(
                            name.substring(0, time) + name.substring(time).replace('-', ':')));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// Newest first.
    List<String> names() {
        return place.list("backups").keySet().stream()
                .map(name -> name.substring(FOLDER.length()))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /// Those that can be read, newest first.
    List<Head> heads() {
        return names().stream().flatMap(name -> readable(name).stream()).toList();
    }

    private Optional<Head> readable(String name) {
        try {
            return Optional.of(read(name).head());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /// Two platforms at one place would take each other's for their own.
    void requireOurs(String platform) {
        heads().stream()
                .filter(head -> !head.platform().equals(platform))
                .findFirst()
                .ifPresent(other -> {
                    throw Problem.user("backup.other", place + " holds backups of another platform")
                            .hint("name another folder or prefix for this one")
                            .exception();
                });
    }

    /// Writes it, the last of a backup, and reads it back.
    void write(Manifest manifest, Seal seal) {
        var rest = new ByteArrayOutputStream();
        rest.writeBytes((Json.write(manifest.head()) + "\n").getBytes(StandardCharsets.UTF_8));
        rest.writeBytes(seal.close(Gzip.make(Json.bytes(manifest.body()))));
        var all = new ByteArrayOutputStream();
        var first = FIRST_WORD + " " + FORM + " " + Chunks.digest(rest.toByteArray()) + "\n";
        all.writeBytes(first.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(rest.toByteArray());
        place.write(FOLDER + manifest.head().name(), all.toByteArray());
        read(manifest.head().name());
    }

    /// @param body as it lies there
    record Written(Head head, byte[] body) {}

    /// @throws ProblemException when it is not there, damaged, or of another form
    Written read(String name) {
        var where = FOLDER + name;
        var all = place.read(where);
        int end = lengthOfLine(all, where);
        var words = new String(all, 0, end, StandardCharsets.UTF_8).split(" ", -1);
        if (words.length != 3 || !words[0].equals(FIRST_WORD)) {
            throw Problems.damaged(where, place);
        }
        if (!words[1].equals(String.valueOf(FORM))) {
            throw Problem.user(
                            "backup.form",
                            where + " in " + place + " is of form " + words[1] + "; this program knows " + FORM)
                    .hint("use the version of Johwa that wrote it, or a newer one")
                    .exception();
        }
        var rest = Arrays.copyOfRange(all, end + 1, all.length);
        if (!Chunks.digest(rest).equals(words[2])) {
            throw Problems.damaged(where, place);
        }
        int line = lengthOfLine(rest, where);
        var head = Json.read(Arrays.copyOf(rest, line), Head.class);
        return new Written(head, Arrays.copyOfRange(rest, line + 1, rest.length));
    }

    private int lengthOfLine(byte[] bytes, String where) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        throw Problems.damaged(where, place);
    }

    Body body(Written written, Seal seal) {
        return seal.open(written.body())
                .flatMap(Gzip::open)
                .map(bytes -> Json.read(bytes, Body.class))
                .orElseThrow(() -> unopened(written));
    }

    /// Its sum was right, so what is encrypted is not damaged.
    private ProblemException unopened(Written written) {
        return written.head().sealed().isEmpty()
                ? Problems.damaged(FOLDER + written.head().name(), place)
                : Problem.user(
                                "backup.key",
                                "what was given does not open the backup "
                                        + written.head().name())
                        .hint("it is encrypted: " + written.head().sealed())
                        .exception();
    }

    /// Sums of the pieces that backups here need.
    Map<String, String> sums() {
        var sums = new HashMap<String, String>();
        heads().forEach(head -> sums.putAll(head.pieces()));
        return sums;
    }

    void delete(String name) {
        place.delete(FOLDER + name);
    }

    /// The one of that name, or the newest.
    ///
    /// @throws ProblemException when there is none
    Written require(Optional<String> name) {
        var names = names();
        if (names.isEmpty()) {
            throw Problem.user("backup.none", "there is no backup in " + place)
                    .hint("name the folder or bucket that `johwa backup` was given")
                    .exception();
        }
        if (name.isPresent() && !names.contains(name.get())) {
            throw Problem.user("backup.unknown", "there is no backup " + name.get() + " in " + place)
                    .hint("there are: " + String.join(", ", names.subList(0, Math.min(names.size(), TOLD))))
                    .exception();
        }
        return read(name.orElse(names.getFirst()));
    }
}
