package dev.johwa.serve.domain;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// A certificate that somebody brought: looked at before it serves anybody.
final class GivenCertificate {
    private GivenCertificate() {}

    /// @throws ProblemException when it is no certificate for the name, has ended, or the key is not its own
    static Issued read(String name, String certificate, String key, Instant now) {
        var chain = chain(certificate);
        var leaf = chain.getFirst();
        if (leaf.getNotAfter().toInstant().isBefore(now)) {
            throw refuse("the certificate ended at " + leaf.getNotAfter().toInstant(), "bring one that is still good");
        }
        var names = names(leaf);
        if (names.stream().noneMatch(each -> covers(each, name))) {
            throw refuse(
                    "the certificate is for " + String.join(", ", names) + " and not for " + name,
                    "bring one for " + name + ", or add one of those names");
        }
        var read = key(key);
        if (!isKeyOf(read, leaf)) {
            throw refuse("the key is not the one of the certificate", "bring the key that it was made with");
        }
        return new Issued(chain, read);
    }

    private static ProblemException refuse(String what, String next) {
        return Problem.user("domain.certificate", what).hint(next).exception();
    }

    private static List<X509Certificate> chain(String text) {
        try {
            var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            var chain = Pem.certificates(new ByteArrayInputStream(bytes));
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (CertificateException e) {
            // Told below: what it is instead, nobody can say.
        }
        throw refuse("the file holds no certificate", "it should begin with -----BEGIN CERTIFICATE-----");
    }

    private static List<String> names(X509Certificate leaf) {
        try {
            var names = leaf.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateException e) {
            return List.of();
        }
    }

    /// Whether a certificate's name is for that one: `*.` stands for one label.
    static boolean covers(String pattern, String name) {
        int dot = name.indexOf('.');
        return pattern.equals(name) || dot > 0 && pattern.equals("*" + name.substring(dot));
    }

    private static PrivateKey key(String text) {
        try (var parser = new PEMParser(new StringReader(text))) {
            // Keys of curves may come after a block of their curve.
            for (var found = parser.readObject(); found != null; found = parser.readObject()) {
                var converter = new JcaPEMKeyConverter();
                if (found instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (found instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Told below.
        }
        throw refuse(
                "the file holds no private key that can be read",
                "it should be PEM without a password: openssl pkey -in FILE -out key.pem");
    }

    private static boolean isKeyOf(PrivateKey key, X509Certificate leaf) {
        try {
            var kind = leaf.getPublicKey().getAlgorithm();
            var signature = Signature.getInstance(
                    switch (kind) {
                        case "EC" -> "SHA256withECDSA";
                        case "RSA" -> "SHA256withRSA";
                        case String other -> other;
                    });
            signature.initSign(key);
            signature.update((byte) 1);
            var signed = signature.sign();
            signature.initVerify(leaf.getPublicKey());
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
