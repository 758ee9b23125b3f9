package dev.johwa.lib.sign;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// An Ed25519 key that signatures are checked with.
public record VerifyingKey(PublicKey key) {
    private static final String PUBLIC = "PUBLIC KEY";

    /// @param pem `-----BEGIN PUBLIC KEY-----` and so on; what else is in it is passed over
    /// @throws ProblemException when it is no such key
    public static VerifyingKey parse(String pem) {
        try {
            return new VerifyingKey(KeyFactory.getInstance(SigningKey.ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(bytes(pem, PUBLIC))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.user("sign.no-key", "this is no public Ed25519 key in PEM: " + e.getMessage())
                            .hint("`johwa artifact key` prints the one of a server"),
                    e);
        }
    }

    static byte[] bytes(String pem, String kind) {
        var begin = "-----BEGIN " + kind + "-----";
        int start = pem.indexOf(begin);
        int end = pem.indexOf("-----END " + kind + "-----");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("there is no " + kind);
        }
        return Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
    }

    public String pem() {
        return SigningKey.pem(PUBLIC, key.getEncoded());
    }

    /// Tells keys apart: the SHA-256 of its bytes.
    public String id() {
        var hash = Digest.sha256();
        hash.update(key.getEncoded());
        return Digest.of(hash).hex();
    }

    boolean verifies(byte[] bytes, byte[] signed) {
        try {
            var signature = Signature.getInstance(SigningKey.ALGORITHM);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
