package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.bc.BcPGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.operator.PGPKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;

/// Opened by who has the secret key; whoever has only the public one closes.
final class KeySeal extends PgpSeal {
    private final PGPPublicKey key;
    private final Optional<PGPSecretKeyRingCollection> secret;
    private final String passphrase;

    private KeySeal(PGPPublicKey key, Optional<PGPSecretKeyRingCollection> secret, String passphrase) {
        this.key = key;
        this.secret = secret;
        this.passphrase = passphrase;
    }

    static boolean isPublicKey(String text) {
        return text.stripLeading().startsWith("-----BEGIN PGP PUBLIC KEY BLOCK-----");
    }

    /// @param text as `gpg --armor --export` writes it
    static KeySeal ofPublic(String text) {
        try {
            for (var ring : new BcPGPPublicKeyRingCollection(decoded(text))) {
                for (var each : (Iterable<PGPPublicKey>) ring::getPublicKeys) {
                    if (each.isEncryptionKey() && (!each.isMasterKey() || ring.size() == 1)) {
                        return new KeySeal(each, Optional.empty(), "");
                    }
                }
            }
        } catch (IOException | PGPException e) {
            throw unreadable("public", e);
        }
        throw Problem.user("backup.key", "there is no key in it for which something could be encrypted")
                .hint("export one that can: `gpg --armor --export NAME`")
                .exception();
    }

    /// @param text as `gpg --armor --export-secret-keys` writes it
    /// @param passphrase that opens it, empty for none
    static KeySeal ofSecret(String text, String passphrase) {
        try {
            var rings = new BcPGPSecretKeyRingCollection(decoded(text));
            for (var ring : rings) {
                return new KeySeal(ring.getPublicKey(), Optional.of(rings), passphrase);
            }
        } catch (IOException | PGPException e) {
            throw unreadable("secret", e);
        }
        throw Problem.user("backup.key", "there is no secret key in it")
                .hint("export it: `gpg --armor --export-secret-keys NAME`")
                .exception();
    }

    private static InputStream decoded(String text) throws IOException {
        return PGPUtil.getDecoderStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ProblemException unreadable(String which, Exception e) {
        return new ProblemException(
                Problem.user("backup.key", "the " + which + " key cannot be read: " + e.getMessage())
                        .hint("give it as `gpg --armor` writes it"),
                e);
    }

    @Override
    public String kind() {
        return "key " + identity();
    }

    @Override
    public String identity() {
        return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
    }

    @Override
    public boolean opens() {
        return secret.isPresent();
    }

    @Override
    PGPKeyEncryptionMethodGenerator reader() {
        return new BcPublicKeyKeyEncryptionMethodGenerator(key);
    }

    @Override
    Optional<InputStream> clear(PGPEncryptedData message) throws PGPException {
        if (secret.isEmpty() || !(message instanceof PGPPublicKeyEncryptedData mine)) {
            return Optional.empty();
        }
        var found = secret.get().getSecretKey(mine.getKeyIdentifier().getKeyId());
        if (found == null) {
            return Optional.empty();
        }
        var opener =
                new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase.toCharArray());
        try {
            return Optional.of(
                    mine.getDataStream(new BcPublicKeyDataDecryptorFactory(found.extractPrivateKey(opener))));
        } catch (PGPException e) {
            throw new ProblemException(
                    Problem.user("backup.key", "the secret key does not open: " + e.getMessage())
                            .hint("give its passphrase too: --passphrase FILE"),
                    e);
        }
    }
}
