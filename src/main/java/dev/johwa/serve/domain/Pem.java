package dev.johwa.serve.domain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
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

    /// @param permissions as `ls` shows them
    static void write(Path file, String text, String permissions) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, text, StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(permissions));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
