package dev.johwa.lib.socket;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The TLS side of a server, from one PEM file that holds its certificates and the key (PKCS #8).
public final class ServerTls {
    private static final Pattern CERTIFICATES =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private ServerTls() {}

    /// @param option of the command line that named the file
    /// @throws ProblemException when it cannot be read, or lacks one of them
    public static SSLContext read(Path file, String option) {
        try {
            var text = Files.readString(file);
            var certificates = new StringBuilder();
            CERTIFICATES
                    .matcher(text)
                    .results()
                    .forEach(found -> certificates.append(found.group()).append('\n'));
            var key = KEY.matcher(text);
            if (certificates.isEmpty() || !key.find()) {
                throw Problem.user(
                                "usage.certificate",
                                option + ": " + file + " holds no certificate with a key of PKCS #8 in PEM")
                        .hint("write the certificate, those of its authorities and then its key into one file")
                        .exception();
            }
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(certificates.toString().getBytes(StandardCharsets.US_ASCII)))
                    .toArray(Certificate[]::new);
            return context(chain, key(Base64.getMimeDecoder().decode(key.group(1))));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.user("usage.certificate", option + ": " + file + " cannot be read: " + e.getMessage())
                            .hint("name a PEM file with a certificate and its key"),
                    e);
        }
    }

    private static SSLContext context(Certificate[] chain, PrivateKey key)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, new char[0], chain);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static PrivateKey key(byte[] bytes) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no known kind of key");
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }
}
