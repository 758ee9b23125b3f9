package dev.johwa.lib.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.mail.MailServer.Safety;
import dev.johwa.lib.problem.ProblemException;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters to real servers, and to some that are none.
class HandoverTest {
    private static final Mail LETTER = new Mail(
            "msg_1@example.com",
            "ops@example.com",
            "[failed] shop\r\nBcc: all@example.com",
            Instant.parse("2026-11-26T03:48:00Z"),
            "조화 " + "long ".repeat(400) + "\n.\nend",
            "<p>조화</p>",
            Map.of("Auto-Submitted", "auto-generated", "References", "<shop\r\nBcc: all@example.com\n\nnot a body>"));

    @TempDir
    Path folder;

    private final Handover handover = new Handover(Duration.ofSeconds(5));

    private static MailServer server(String user, int port) {
        return MailServer.read("smtp://" + user + "localhost:" + port, "Johwa <johwa@example.com>", false);
    }

    @Test
    void aLetterArrivesAsItWasWrittenAndKeepsItsId() throws Exception {
        try (var box = Letterbox.open()) {
            assertThat(handover.send(server("", box.port()), LETTER)).startsWith("250");

            var letter = box.letters().getFirst();
            assertThat(letter.getMessageID()).isEqualTo("<msg_1@example.com>");
            assertThat(letter.getHeader("From")).containsExactly("Johwa <johwa@example.com>");
            assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            // What a line break would have made a header is words of the subject.
            assertThat(letter.getHeader("Bcc")).isNull();
            assertThat(letter.getHeader("References")).containsExactly("<shop Bcc: all@example.com not a body>");
            assertThat(letter.getSubject()).isEqualTo("[failed] shop Bcc: all@example.com");
            var forms = (MimeMultipart) letter.getContent();
            assertThat(forms.getContentType()).startsWith("multipart/alternative");
            assertThat(((String) forms.getBodyPart(0).getContent()).replace("\r\n", "\n"))
                    .isEqualTo(LETTER.text());
            assertThat(forms.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        }
    }

    @Test
    void nothingIsSentInClearToWhoIsToUseStartTls() throws Exception {
        try (var clear = Letterbox.open()) {
            var careful = server("", clear.port()).as(Safety.STARTTLS);
            assertThatThrownBy(() -> handover.send(careful, LETTER)).hasMessageContaining("STARTTLS is required");
            assertThat(clear.letters()).isEmpty();
        }
    }

    @Test
    void behindStartTlsNameAndPasswordOpenAndAStrangersCertificateEndsIt() throws Exception {
        try (var box = Letterbox.guarded(folder)) {
            var pem = Optional.of(Files.readString(folder.resolve("mail.pem")));
            var known = server("johwa@", box.port()).with("pass word", pem);
            assertThat(known.safety()).isEqualTo(Safety.STARTTLS);
            assertThat(known.toString()).doesNotContain("pass word");
            assertThat(handover.send(known, LETTER)).startsWith("250");

            assertThatThrownBy(() -> handover.send(known.with("wrong", pem), LETTER))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().code()).isEqualTo("mail.login");
                        assertThat(e.problem().message()).contains("'johwa'").contains("535");
                    });
            var unknown = known.with("pass word", Optional.empty()).as(Safety.STARTTLS);
            assertThatThrownBy(() -> handover.send(unknown, LETTER)).hasMessageContaining("certification path");
            assertThat(box.letters()).hasSize(1);
        }
    }

    @Test
    void whatAServerSaysWhenItRefusesIsTold() throws Exception {
        try (var box = Letterbox.open()) {
            box.refuse("552 mailbox full");
            assertThatThrownBy(() -> handover.send(server("", box.port()), LETTER))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().code()).isEqualTo("mail.refused");
                        assertThat(e.problem().message()).contains("552 mailbox full");
                    });
        }
    }

    @Test
    void aServerThatAcceptsAndDropsOrNeverAnswersEndsInAProblem() throws Exception {
        try (var drops = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var dropping = Thread.startVirtualThread(() -> Letterbox.dropAll(drops));
            assertThatThrownBy(() -> handover.send(server("", drops.getLocalPort()), LETTER))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("mail.unreachable"))
                    .hasMessageNotContaining("[EOF]");
            drops.close();
            dropping.join();
        }
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var quick = new Handover(Duration.ofMillis(200));
            assertThatThrownBy(() -> quick.send(server("", silent.getLocalPort()), LETTER))
                    .hasMessageContaining("timed out");
        }
    }

    @Test
    void addressesThatAreNoneAreToldAndNeverShowWhatMayBeAPassword() {
        assertThat(MailServer.read("smtp://mail.example.com", "a@example.com", false)
                        .safety())
                .isEqualTo(Safety.STARTTLS);
        assertThat(MailServer.read("smtp://mail.example.com", "a@example.com", true)
                        .safety())
                .isEqualTo(Safety.NONE);
        assertThat(MailServer.read("smtps://kim%40example.com@mail.example.com", "a@example.com", false)
                        .address())
                .isEqualTo("smtps://kim%40example.com@mail.example.com:465");
        for (var wrong :
                new String[] {"mail.example.com", "http://mail.example.com", "smtp://kim:secret@host", "smtp://"}) {
            assertThatThrownBy(() -> MailServer.read(wrong, "a@example.com", false))
                    .as(wrong)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageNotContaining("secret");
        }
        for (var wrong : new String[] {"", "ops", "@example.com", "a@b, c@d", "ops@example.com\nBcc: x@y"}) {
            assertThatThrownBy(() -> MailAddress.read(wrong, "the receiver"))
                    .as(wrong)
                    .isInstanceOf(ProblemException.class);
        }
    }
}
