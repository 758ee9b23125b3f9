package dev.johwa.lib.mail;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/// Where letters go, as people write it.
public final class MailAddress {
    private static final int LONGEST = 320;

    private MailAddress() {}

    /// The address, perhaps with a name before it, when it is one.
    ///
    /// @param what it was given as
    /// @throws ProblemException `mail.recipient`
    public static String read(String text, String what) {
        var plain = text.strip();
        try {
            var all = InternetAddress.parse(plain, true);
            if (all.length == 1 && plain.length() <= LONGEST && isWhole(all[0].getAddress()) && !plain.contains("\n")) {
                return plain;
            }
        } catch (AddressException e) {
            throw wrong(plain, what, String.valueOf(e.getMessage()));
        }
        throw wrong(plain, what, "one address such as ops@example.com is wanted");
    }

    private static boolean isWhole(String address) {
        int at = address.lastIndexOf('@');
        return at > 0 && at < address.length() - 1;
    }

    /// Without the name before it.
    static String bare(String text) {
        try {
            return new InternetAddress(text).getAddress();
        } catch (AddressException e) {
            return text;
        }
    }

    private static ProblemException wrong(String text, String what, String why) {
        return Problem.user("mail.recipient", what + " '" + text + "' is no mail address: " + why)
                .hint("such as ops@example.com, or \"Johwa <johwa@example.com>\"")
                .exception();
    }
}
