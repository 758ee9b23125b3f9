package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/// Names and passwords of a secret, a line `NAME:PASSWORD` each: hashed by bcrypt as `htpasswd -B` writes it, or as it
/// is, and then hashed here before the edge hears of it. Safe for use by many threads.
final class SitePasswords {
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final Pattern OTHER_HASH = Pattern.compile("\\$.*|\\{(SHA|SSHA|MD5)}.*");
    private static final int COST = 10;
    private static final int LARGEST_COST = 14;
    private static final int SALT_BYTES = 16;
    private static final int MOST = 200;

    /// A hash takes long, and each table asks for it.
    private final Map<String, String> hashed = new ConcurrentHashMap<>();

    /// @param key from which salts are made, in Base64: equal passwords of one place give equal tables
    /// @return hashes by name
    /// @throws ProblemException naming the secret and the line, and no password
    Map<String, String> read(String secret, String text, String key) {
        var found = new LinkedHashMap<String, String>();
        int number = 0;
        for (var line : text.replace("\uFEFF", "").lines().toList()) {
            number++;
            var plain = line.strip();
            if (!plain.isEmpty() && !plain.startsWith("#")) {
                int colon = plain.indexOf(':');
                if (colon < 1 || colon == plain.length() - 1) {
                    throw wrong(secret, number, "is no NAME:PASSWORD", "write each on a line of its own");
                }
                var name = plain.substring(0, colon);
                found.put(name, hash(secret, number, plain, key));
            }
        }
        if (found.isEmpty() || found.size() > MOST) {
            throw Problem.user("allow.users", "secret " + secret + " names " + found.size() + " people")
                    .hint("write NAME:PASSWORD for each, at most " + MOST)
                    .exception();
        }
        return found;
    }

    private String hash(String secret, int number, String line, String key) {
        int colon = line.indexOf(':');
        var password = line.substring(colon + 1);
        var bcrypt = BCRYPT.matcher(password);
        if (bcrypt.matches()) {
            int cost = Integer.parseInt(bcrypt.group(1));
            if (cost < 4 || cost > LARGEST_COST) {
                throw wrong(secret, number, "has a cost of " + cost, "make it with `htpasswd -B -C 10`");
            }
            return password;
        }
        if (OTHER_HASH.matcher(password).matches()) {
            throw wrong(
                    secret,
                    number,
                    "is hashed in a way that is guessed quickly, or not known here",
                    "make it with `htpasswd -B`, or write the password as it is: secrets are sealed");
        }
        if (hashed.size() > 10 * MOST) {
            hashed.clear();
        }
        var mac = Hmac.of(Base64.getDecoder().decode(key), line);
        return hashed.computeIfAbsent(
                Base64.getEncoder().encodeToString(mac),
                each -> OpenBSDBCrypt.generate(
                        "2y", password.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(mac, SALT_BYTES), COST));
    }

    private static ProblemException wrong(String secret, int number, String what, String next) {
        return Problem.user("allow.users", "line " + number + " of the secret " + secret + " " + what)
                .hint(next)
                .exception();
    }
}
