package dev.johwa.lib.mail;

import dev.johwa.lib.http.Pinned;
import dev.johwa.lib.mail.MailServer.Safety;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands letters over to a server, each by a connection of its own. Every wait has an end.
public final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    /// Of a server that wants a login, or TLS before it.
    private static final int WHO_ARE_YOU = 530;

    private final Duration patience;

    /// @param patience to connect, and for each answer
    public Handover(Duration patience) {
        this.patience = patience;
    }

    /// @return what the server said when it had it, `250 2.0.0 Ok: queued as 4XyZ`
    /// @throws ProblemException `mail.refused`, `mail.login` or `mail.unreachable`
    public String send(MailServer server, Mail mail) {
        var session = Session.getInstance(settings(server));
        var transport = new SMTPTransport(session, null);
        try {
            transport.connect(server.host(), server.port(), given(server.user()), given(server.password()));
            var letter = letter(session, server, mail);
            transport.sendMessage(letter, letter.getAllRecipients());
            return transport.getLastServerResponse().strip();
        } catch (MessagingException e) {
            throw problem(server, transport, e);
        } finally {
            close(transport);
        }
    }

    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("the mail server did not say goodbye: {}", e.getMessage());
        }
    }

    private Properties settings(MailServer server) {
        var settings = new Properties();
        var millis = Long.toString(patience.toMillis());
        settings.put("mail.smtp.connectiontimeout", millis);
        settings.put("mail.smtp.timeout", millis);
        settings.put("mail.smtp.writetimeout", millis);
        settings.put("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
        settings.put("mail.smtp.localhost", server.sender());
        settings.put("mail.smtp.from", MailAddress.bare(server.from()));
        settings.put("mail.smtp.ssl.enable", Boolean.toString(server.safety() == Safety.TLS));
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        settings.put("mail.smtp.starttls.enable", Boolean.toString(server.safety() == Safety.STARTTLS));
        settings.put("mail.smtp.starttls.required", Boolean.toString(server.safety() == Safety.STARTTLS));
        server.trusted().ifPresent(pem -> settings.put("mail.smtp.ssl.socketFactory", Pinned.sockets(pem)));
        return settings;
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static MimeMessage letter(Session session, MailServer server, Mail mail) throws MessagingException {
        var letter = new Letter(session, mail.id());
        letter.setFrom(new InternetAddress(server.from()));
        letter.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to()));
        letter.setSubject(oneLine(mail.subject()), UTF_8);
        letter.setSentDate(Date.from(mail.at()));
        for (var header : mail.headers().entrySet()) {
            letter.setHeader(header.getKey(), oneLine(header.getValue()));
        }
        var forms = new MimeMultipart("alternative");
        forms.addBodyPart(form(mail.text(), "plain"));
        forms.addBodyPart(form(mail.html(), "html"));
        letter.setContent(forms);
        letter.saveChanges();
        return letter;
    }

    /// What comes behind a line break would be a header of its own.
    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static MimeBodyPart form(String text, String kind) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, UTF_8, kind);
        return part;
    }

    /// Keeps the id that it is given: who has it already knows that this is the same letter.
    private static final class Letter extends MimeMessage {
        private final String id;

        private Letter(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }

    private static ProblemException problem(MailServer server, SMTPTransport transport, MessagingException e) {
        var place = server.host() + ":" + server.port();
        var said = words(e);
        if (e instanceof AuthenticationFailedException) {
            return told(
                    Problem.user("mail.login", place + " does not let '" + server.user() + "' in: " + said)
                            .hint("set the password again: `johwa notify mail " + server.address() + "`"),
                    e);
        }
        if (transport.getLastReturnCode() == WHO_ARE_YOU) {
            return told(
                    Problem.user("mail.login", place + " takes no letter from somebody it does not know: " + said)
                            .hint("name a user, and the password is asked for: `johwa notify mail smtp://USER@" + place
                                    + "`"),
                    e);
        }
        if (transport.getLastReturnCode() >= 400) {
            return told(
                    Problem.external("mail.refused", place + " refused the letter: " + said)
                            .hint("mend what it complains of; it is tried again by itself"),
                    e);
        }
        return told(
                Problem.external("mail.unreachable", place + " did not take the letter: " + said)
                        .hint(
                                "see that the address is right and that this machine may send there; many clouds close port 25"
                                        + " and 587 until asked"),
                e);
    }

    private static ProblemException told(Problem problem, MessagingException e) {
        return new ProblemException(problem, e);
    }

    /// All that is known of the cause, in a line: what is outermost seldom says it.
    private static String words(MessagingException e) {
        var words = new StringBuilder(String.valueOf(e.getMessage()));
        for (var cause = e.getNextException(); cause != null; cause = next(cause)) {
            words.append(": ").append(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
        return words.toString()
                .replace("[EOF]", "the connection was closed")
                .replaceAll("\\s+", " ")
                .replaceAll("[;: ]+$", "");
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException more ? more.getNextException() : null;
    }
}
