package dev.johwa.serve.domain;

import dev.johwa.lib.problem.Problem;
import java.net.IDN;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of hosts: which are sound, and which the world can ask for.
final class HostName {
    private static final Pattern SOUND =
            Pattern.compile("(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int LONGEST = 253;
    /// Names that nobody can own (RFC 2606, 6761, 6762, 8375), or that are used at home.
    private static final Set<String> PRIVATE =
            Set.of("localhost", "local", "internal", "test", "example", "invalid", "lan", "home", "corp", "arpa");

    private HostName() {}

    /// In lower case, other letters than those of ASCII as DNS writes them.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it is no name of a host
    static String read(String text) {
        var name = text.strip().toLowerCase(Locale.ROOT);
        try {
            boolean isWild = name.startsWith("*.");
            var ascii = (isWild ? "*." : "") + IDN.toASCII(isWild ? name.substring(2) : name);
            if (ascii.length() <= LONGEST && SOUND.matcher(ascii).matches() && !isNumbers(ascii)) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw Problem.user("domain.name", "'" + text + "' is no name of a host")
                .hint("write it as shop.example.com, without https:// and without a port")
                .exception();
    }

    private static boolean isNumbers(String name) {
        return name.substring(name.lastIndexOf('.') + 1).chars().allMatch(Character::isDigit);
    }

    /// Whether an authority of the world may certify it without a question to DNS.
    static boolean isPublic(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && !name.startsWith("*.") && !PRIVATE.contains(name.substring(dot + 1)) && !isNumbers(name);
    }
}
