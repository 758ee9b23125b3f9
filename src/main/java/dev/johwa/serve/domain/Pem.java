package dev.johwa.serve.domain;

import dev.johwa.lib.file.Whole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/// Certificates and keys as text in files, whole or not at all.
final class Pem {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String text(List<X509Certificate> chain) {
        try {
            var text = new StringBuilder();
            for (var each : chain) {
                text.append(block("CERTIFICATE", each.getEncoded()));
            }
            return text.toString();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that cannot be written", e);
        }
    }

    static String text(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static String block(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + BASE64.encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    /// @throws CertificateException when it holds something else
    static List<X509Certificate> certificates(InputStream text) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertificates(text).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /// @param rights as `ls` shows them
    static void write(Path file, String text, String rights) throws IOException {
        Whole.writeDurably(file, text.getBytes(StandardCharsets.US_ASCII), rights);
    }
}
