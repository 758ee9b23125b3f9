package dev.johwa.lib.sign;

import dev.johwa.lib.file.Whole;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An Ed25519 key in a file of PEM, private and public, that only the server's user reads. It is made when somebody
/// first signs. Safe for use by many threads.
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final int LINE = 64;

    private final Path file;
    private @Nullable Pair pair;

    public SigningKey(Path file) {
        this.file = file;
    }

    private record Pair(PrivateKey secret, VerifyingKey open) {}

    /// The half that others check with.
    public VerifyingKey open() {
        return pair().open();
    }

    byte[] sign(byte[] bytes) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(pair().secret());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw unreadable(e);
        }
    }

    private synchronized Pair pair() {
        if (pair == null) {
            pair = read().orElseGet(this::make);
        }
        return pair;
    }

    private Optional<Pair> read() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var text = Files.readString(file);
            var secret = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(VerifyingKey.bytes(text, PRIVATE)));
            return Optional.of(new Pair(secret, VerifyingKey.parse(text)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private Pair make() {
        try {
            var made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            var open = new VerifyingKey(made.getPublic());
            var text = pem(PRIVATE, made.getPrivate().getEncoded()) + open.pem();
            Whole.writeDurably(file, text.getBytes(StandardCharsets.US_ASCII), "rw-------");
            return new Pair(made.getPrivate(), open);
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(e);
        }
    }

    static String pem(String kind, byte[] bytes) {
        var lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    private ProblemException unreadable(Exception e) {
        return new ProblemException(
                Problem.system("sign.key", "the key " + file.getFileName() + " cannot be used: " + e.getMessage())
                        .hint("bring it back from a backup with keys; removed, a new one is made, and what the old one"
                                + " signed is no longer known"),
                e);
    }
}
