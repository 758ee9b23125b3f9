package dev.johwa.lib.mail;

import dev.johwa.lib.http.OwnAddresses;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// The server to which mail is handed over.
///
/// @param user empty where it asks for none
/// @param from who writes, `Johwa <johwa@example.com>`
/// @param trusted certificates in PEM, the only ones that are trusted; empty: those that the machine trusts
public record MailServer(
        String host, int port, Safety safety, String user, String password, String from, Optional<String> trusted) {
    private static final int SUBMISSION = 587;
    private static final int SUBMISSION_BY_TLS = 465;
    private static final int LAST_PORT = 65_535;

    public MailServer {
        from = MailAddress.read(from, "--from");
    }

    /// How the way there is kept from others.
    public enum Safety {
        /// Begun in clear, then TLS, or nothing is sent.
        STARTTLS,
        /// TLS from the first byte.
        TLS,
        /// In clear: for a server on this machine, or where somebody said so.
        NONE
    }

    /// What an address says: `smtp://user@host:587` or `smtps://user@host`.
    ///
    /// @param plain whether the way may be in clear, also to another machine
    /// @throws ProblemException `mail.address`
    public static MailServer read(String address, String from, boolean plain) {
        var uri = parse(address);
        boolean isTls = scheme(uri).equals("smtps");
        int port = uri.getPort() > 0 ? uri.getPort() : isTls ? SUBMISSION_BY_TLS : SUBMISSION;
        if (port > LAST_PORT) {
            throw wrong(address, "there is no port " + port);
        }
        var said = Optional.ofNullable(uri.getRawUserInfo()).orElse("");
        if (said.contains(":")) {
            throw wrong(address, "a password does not belong into an address");
        }
        boolean mayBeClear = plain || OwnAddresses.isLoopback(uri.getHost() + ":" + port);
        var safety = isTls ? Safety.TLS : mayBeClear ? Safety.NONE : Safety.STARTTLS;
        var user = URLDecoder.decode(said.replace("+", "%2B"), StandardCharsets.UTF_8);
        return new MailServer(uri.getHost(), port, safety, user, "", from, Optional.empty());
    }

    private static URI parse(String address) {
        try {
            var uri = new URI(address.strip());
            if (!scheme(uri).matches("smtps?") || uri.getHost() == null) {
                throw wrong(address, "it has no form smtp://HOST");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw wrong(address, e.getReason());
        }
    }

    private static String scheme(URI uri) {
        return Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    }

    private static ProblemException wrong(String address, String why) {
        // What is written before the host may be a password.
        var shown = address.replaceFirst("//[^@/]*@", "//…@");
        return Problem.user("mail.address", "'" + shown + "' is no address of a mail server: " + why)
                .hint("such as smtp://user@mail.example.com:587, or smtps://… for TLS from the start;"
                        + " the password is asked for")
                .exception();
    }

    /// Who brings certificates wants them to be looked at, also on this machine.
    public MailServer with(String secret, Optional<String> certificates) {
        var safer = safety == Safety.NONE && certificates.isPresent() ? Safety.STARTTLS : safety;
        return new MailServer(host, port, safer, user, secret, from, certificates);
    }

    public MailServer as(Safety other) {
        return new MailServer(host, port, other, user, password, from, trusted);
    }

    /// The domain of who writes.
    public String sender() {
        var bare = MailAddress.bare(from);
        return bare.substring(bare.lastIndexOf('@') + 1);
    }

    /// `smtp://user@host:587`.
    public String address() {
        var who = user.isEmpty() ? "" : user.replace("@", "%40") + "@";
        return (safety == Safety.TLS ? "smtps://" : "smtp://") + who + host + ":" + port;
    }

    /// Never tells the password.
    @Override
    public String toString() {
        return address();
    }
}
