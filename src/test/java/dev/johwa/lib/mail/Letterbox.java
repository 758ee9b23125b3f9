package dev.johwa.lib.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/// A real server of mail on this machine that keeps what it gets, asks for a name and a password behind STARTTLS when
/// it is made so, and refuses when it is told to.
public final class Letterbox implements AutoCloseable {
    private static final String SECRET = "changeit";

    private final SMTPServer server;
    private final List<MimeMessage> letters = new CopyOnWriteArrayList<>();
    private volatile String refusal = "";

    private Letterbox(SMTPServer.Builder builder) {
        server = builder.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("mail.test")
                .messageHandler((context, from, to, data) -> arrived(data))
                .build();
        server.start();
    }

    /// One that lets everybody in, in clear.
    public static Letterbox open() {
        return new Letterbox(SMTPServer.port(0));
    }

    /// One that wants STARTTLS, then `johwa` with the password `pass word`.
    public static Letterbox guarded(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        return new Letterbox(SMTPServer.port(0)
                .enableTLS()
                .requireTLS()
                .requireAuth()
                .startTlsSocketFactory(context(folder))
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((name, password, context) -> {
                    if (!name.equals("johwa") || !password.equals("pass word")) {
                        throw new LoginFailedException("no such user");
                    }
                })));
    }

    private static SSLContext context(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        var store = folder.resolve("keys.p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        SECRET)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!made.waitFor(30, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
        var keys = KeyStore.getInstance(store.toFile(), SECRET.toCharArray());
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getCertificate("mail").getEncoded());
        Files.writeString(
                folder.resolve("mail.pem"),
                "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, SECRET.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void arrived(byte[] data) throws RejectException {
        if (!refusal.isEmpty()) {
            throw new RejectException(Integer.parseInt(refusal.substring(0, 3)), refusal.substring(4));
        }
        try {
            letters.add(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data)));
        } catch (MessagingException e) {
            throw new RejectException(554, "unreadable: " + e.getMessage());
        }
    }

    /// What it says to every letter from now on, `451 try later`; empty: it takes them.
    public void refuse(String with) {
        refusal = with;
    }

    public int port() {
        return server.getPortAllocated();
    }

    public List<MimeMessage> letters() {
        return letters;
    }

    @Override
    public void close() {
        server.stop();
    }

    /// A server that takes every connection, greets, and hangs up at the first word, until it is closed.
    public static void dropAll(ServerSocket server) {
        try {
            while (true) {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write("220 mail.test\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().read();
                }
            }
        } catch (IOException e) {
            // It was closed.
        }
    }
}
