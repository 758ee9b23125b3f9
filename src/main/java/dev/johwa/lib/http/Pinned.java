package dev.johwa.lib.http;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Trust in the certificates of one file, and in no others.
public final class Pinned {
    private Pinned() {}

    /// @param file of certificates in PEM
    /// @param name that they must have beside; empty for that by which they are connected
    static SSLContext context(Path file, Optional<String> name) {
        try (var in = Files.newInputStream(file)) {
            return context(in, name);
        } catch (IOException | GeneralSecurityException e) {
            throw new ProblemException(
                    Problem.user("server.certificate", "the certificate " + file + " cannot be read: " + e)
                            .hint("delete it, and run johwa setup again"),
                    e);
        }
    }

    /// Sockets that trust them.
    ///
    /// @param certificates in PEM
    /// @throws ProblemException `certificate.unreadable`
    public static SSLSocketFactory sockets(String certificates) {
        try {
            var context = context(
                    new ByteArrayInputStream(certificates.getBytes(StandardCharsets.ISO_8859_1)), Optional.empty());
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new ProblemException(
                    Problem.user("certificate.unreadable", "what was given is no certificate in PEM: " + e.getMessage())
                            .hint("give a file that has -----BEGIN CERTIFICATE----- in it"),
                    e);
        }
    }

    private static SSLContext context(InputStream in, Optional<String> name)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            store.setCertificateEntry("pinned-" + store.size(), each);
        }
        if (store.size() == 0) {
            throw new CertificateException("there is none in it");
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        if (name.isPresent()) {
            return NamedTrust.context(name.get(), trust.getTrustManagers());
        }
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
