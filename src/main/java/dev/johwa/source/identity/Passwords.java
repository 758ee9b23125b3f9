package dev.johwa.source.identity;

import dev.johwa.lib.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Passwords as Argon2id (RFC 9106), with the parameters in the text that is kept, so that they can grow.
final class Passwords {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 1_000;
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final Cost COST = new Cost(19_456, 2, 1);
    private static final Pattern KEPT =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");

    private final SecureRandom random = new SecureRandom();
    /// Each needs 19 MiB while it is computed: strangers must not fill the memory.
    private final Semaphore room = new Semaphore(2);

    private record Cost(int kibibytes, int rounds, int lanes) {}

    /// @throws dev.johwa.lib.problem.ProblemException `people.password` when it is too easy to guess, or too long
    static void require(String password, String name) {
        if (password.length() > LONGEST) {
            throw bad("the password is longer than " + LONGEST + " characters");
        }
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            throw bad("the password is shorter than " + SHORTEST + " characters");
        }
        boolean isMonotonous = password.codePoints().distinct().count() < 4;
        if (isMonotonous
                || PersonNames.key(password).contains(PersonNames.key(name)) && password.length() < 2 * SHORTEST) {
            throw bad("the password is too easy to guess");
        }
    }

    private static RuntimeException bad(String what) {
        return Problem.user("people.password", what)
                .hint("take " + SHORTEST + " characters or more, such as four words that nobody connects with you")
                .exception();
    }

    String hash(String password) {
        var salt = new byte[SALT];
        random.nextBytes(salt);
        var text = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + COST.kibibytes + ",t=" + COST.rounds + ",p=" + COST.lanes + "$"
                + text.encodeToString(salt) + "$" + text.encodeToString(derive(password, salt, COST, HASH));
    }

    /// Takes as long when there is no such person.
    boolean fits(String password, Optional<String> kept) {
        if (password.length() > LONGEST) {
            return false;
        }
        var matcher = KEPT.matcher(kept.orElse(""));
        if (!matcher.matches()) {
            derive(password, new byte[SALT], COST, HASH);
            return false;
        }
        var cost = new Cost(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)));
        var salt = Base64.getDecoder().decode(matcher.group(4));
        var hash = Base64.getDecoder().decode(matcher.group(5));
        return MessageDigest.isEqual(hash, derive(password, salt, cost, hash.length));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private byte[] derive(String password, byte[] salt, Cost cost, int length) {
        var plain = Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        room.acquireUninterruptibly();
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(cost.kibibytes)
                    .withIterations(cost.rounds)
                    .withParallelism(cost.lanes)
                    .withSalt(salt)
                    .build());
            var out = new byte[length];
            generator.generateBytes(plain, out);
            return out;
        } finally {
            room.release();
        }
    }
}
