package dev.johwa.serve.router.tls;

import dev.johwa.serve.router.RoutingTable.Certificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// A certificate with those above it, and its private key.
///
/// @param alias under which the JDK asks for it
record Pair(String alias, List<X509Certificate> chain, PrivateKey key) {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    /// @throws GeneralSecurityException when a file holds something else
    static Pair read(Certificate certificate) throws IOException, GeneralSecurityException {
        try (var stream = Files.newInputStream(Path.of(certificate.chain()))) {
            var chain = CertificateFactory.getInstance("X.509").generateCertificates(stream).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new GeneralSecurityException(certificate.chain() + " holds no certificate");
            }
            var text = Files.readString(Path.of(certificate.key()), StandardCharsets.US_ASCII);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new GeneralSecurityException(certificate.key() + " holds no private key in PKCS #8");
            }
            var bytes = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            var kind = chain.getFirst().getPublicKey().getAlgorithm();
            var key = KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            return new Pair(alias(certificate), chain, key);
        }
    }

    /// Names the file as it is now.
    static String alias(Certificate certificate) throws IOException {
        var file = Path.of(certificate.chain());
        return file + "@" + Files.getLastModifiedTime(file).toMillis();
    }

    /// @param keyType as the JDK names kinds of keys: `EC`, `RSA`, `EC_EC` in older versions of TLS
    boolean fits(String keyType) {
        var kind = key.getAlgorithm();
        return keyType.equals(kind) || keyType.startsWith(kind + "_");
    }
}
