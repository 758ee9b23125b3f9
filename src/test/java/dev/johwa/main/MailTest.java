package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.mail.Letterbox;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// From a real push to a real mailbox.
class MailTest extends AtATerminal {

    @AfterEach
    void tellNobody() {
        johwa(0, "notify", "remove", "ops@example.com");
    }

    private void johwa(int code, String... words) {
        assertThat(terminal.johwa(words)).as(terminal.out() + terminal.err()).isEqualTo(code);
    }

    private void mailBy(int port) {
        johwa(0, "notify", "mail", "smtp://127.0.0.1:" + port, "--from", "Johwa <johwa@example.com>");
    }

    private static String plain(MimeMessage letter) throws Exception {
        return ((MimeMultipart) letter.getContent()).getBodyPart(0).getContent().toString();
    }

    @Test
    void aPushThatFailsIsInTheMailboxAndSoIsTheOneThatMendsIt() throws Exception {
        try (var box = Letterbox.open()) {
            var shop = platform.repository("shop", Apps.PYTHON);
            platform.push(shop, "main");
            mailBy(box.port());
            johwa(0, "notify", "add", "mail", "ops@example.com", "--project", "shop");
            platform.commit(shop, "version", "bad\n");
            platform.push(shop, "main");
            Wait.eventually(() -> box.letters().size() == 1);
            var failed = box.letters().getFirst();
            assertThat(failed.getSubject()).contains("shop: release to production");
            assertThat(failed.getAllRecipients()[0]).hasToString("ops@example.com");
            assertThat(plain(failed)).contains("Run 2 of shop failed", "test_is_not_bad", "/shop/runs/2");

            platform.commit(shop, "version", "good\n");
            platform.push(shop, "main");
            Wait.eventually(() -> box.letters().size() == 2);
            var over = box.letters().getLast();
            assertThat(over.getHeader("References")).isEqualTo(failed.getHeader("References"));
            assertThat(plain(over)).contains("Run 3 of shop passed, and serves as production", "It lasted");
        }
    }

    @Test
    void whatAMailServerSaysIsToldInTheTerminalAndOnThePage() throws Exception {
        var shop = platform.repository("mall", Apps.PYTHON);
        platform.push(shop, "main");
        try (var strict = Letterbox.guarded(home);
                var box = Letterbox.open();
                var drops = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            mailBy(strict.port());
            johwa(0, "notify", "add", "mail", "ops@example.com", "--project", "mall");
            johwa(1, "notify", "test");
            assertThat(terminal.err())
                    .contains(
                            "takes no letter from somebody it does not know: 530",
                            "`johwa notify mail smtp://USER@127.0.0.1:" + strict.port() + "`");

            box.refuse("552 mailbox <full>");
            mailBy(box.port());
            platform.commit(shop, "version", "bad\n");
            platform.push(shop, "main");
            Wait.eventually(() -> told().contains("552 mailbox <full>"));
            assertThat(told()).contains("ops@example.com cannot be told since", "next try");
            assertThat(page("/mall")).contains("552 mailbox &lt;full&gt;").doesNotContain("<full>");

            mailBy(drops.getLocalPort());
            var dropping = Thread.startVirtualThread(() -> Letterbox.dropAll(drops));
            johwa(1, "notify", "test");
            assertThat(terminal.out() + terminal.err())
                    .contains("127.0.0.1:" + drops.getLocalPort() + " did not take the letter");
            drops.close();
            dropping.join();
        }
    }

    private String told() {
        johwa(0, "notify");
        return terminal.out();
    }

    private String page(String path) throws Exception {
        var server = platform.server().url();
        try (var browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var login = HttpRequest.newBuilder(URI.create(server + "/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("token=" + platform.token()));
            browser.send(login.build(), BodyHandlers.discarding());
            return browser.send(
                            HttpRequest.newBuilder(URI.create(server + path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
