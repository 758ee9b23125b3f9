package dev.johwa.watch.log.forward;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a client must know: the shared key, and a name with its password where there are some.
public record Keys(String shared, Map<String, String> users) {
    public Keys {
        users = Map.copyOf(users);
    }

    /// Not what they are.
    @Override
    public String toString() {
        return "Keys[users=" + users.keySet() + "]";
    }

    /// The first line is the shared key, each further one a user as `USER:PASSWORD`.
    ///
    /// @throws ProblemException when the file cannot be read, or says something else
    public static Keys read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            if (lines.isEmpty() || lines.getFirst().isBlank()) {
                throw Problem.user("usage.forward-key", "--forward-key: the first line of " + file + " is empty")
                        .hint("write the shared key there, and each user as USER:PASSWORD on a line of its own")
                        .exception();
            }
            var users = new LinkedHashMap<String, String>();
            for (int i = 1; i < lines.size(); i++) {
                user(file, i + 1, lines.get(i), users);
            }
            return new Keys(lines.getFirst(), users);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.user("usage.forward-key", "--forward-key: " + file + " cannot be read: " + e.getMessage())
                            .hint("name a file whose first line is the shared key"),
                    e);
        }
    }

    private static void user(Path file, int number, String line, Map<String, String> users) {
        int colon = line.indexOf(':');
        if (line.isBlank()) {
            return;
        }
        if (colon <= 0) {
            throw Problem.user("usage.forward-key", "--forward-key: line " + number + " names no user with a password")
                    .at(new Place(file.toString(), number, 1))
                    .hint("write it as USER:PASSWORD")
                    .exception();
        }
        users.put(line.substring(0, colon), line.substring(colon + 1));
    }

    /// SHA-512 of parts, one after the other, in hexadecimal.
    static String digest(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-512");
            for (var part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Takes as long whatever is wrong.
    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
