package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.PGPKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;

/// OpenPGP, as `gpg --decrypt` reads it: AES-256 with integrity, by a passphrase or to a key.
abstract class PgpSeal implements Seal {
    private static final int BUFFER = 1 << 16;
    private static final int AROUND = 1024;

    private final SecureRandom random = new SecureRandom();

    /// How whoever may read gets the key of a message.
    abstract PGPKeyEncryptionMethodGenerator reader() throws PGPException;

    /// The clear bytes of a message; empty when it is not for us.
    abstract Optional<InputStream> clear(PGPEncryptedData message) throws PGPException;

    @Override
    public String ending() {
        return ".gpg";
    }

    @Override
    public byte[] close(byte[] clear) {
        var closed = new ByteArrayOutputStream(clear.length + AROUND);
        try {
            var generator =
                    new PGPEncryptedDataGenerator(new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                            .setWithIntegrityPacket(true)
                            .setSecureRandom(random));
            generator.addMethod(reader());
            try (var out = generator.open(closed, new byte[BUFFER]);
                    var literal = new PGPLiteralDataGenerator()
                            .open(out, PGPLiteralData.BINARY, "", clear.length, new Date(0))) {
                literal.write(clear);
            }
        } catch (IOException | PGPException e) {
            throw new IllegalStateException(e);
        }
        return closed.toByteArray();
    }

    @Override
    public Optional<byte[]> open(byte[] closed) {
        try {
            if (!(new BcPGPObjectFactory(closed).nextObject() instanceof PGPEncryptedDataList messages)) {
                return Optional.empty();
            }
            for (var each : messages) {
                var message = (PGPEncryptedData) each;
                var clear = clear(message);
                if (clear.isPresent()) {
                    return literal(message, clear.get());
                }
            }
        } catch (IOException | PGPException e) {
            return Optional.empty();
        }
        throw Problem.user("backup.key", "the key that was given does not open this backup")
                .hint("give the one for which it was made: --key FILE or --passphrase FILE")
                .exception();
    }

    private static Optional<byte[]> literal(PGPEncryptedData message, InputStream clear)
            throws IOException, PGPException {
        if (!(new BcPGPObjectFactory(clear).nextObject() instanceof PGPLiteralData literal)) {
            return Optional.empty();
        }
        var bytes = literal.getInputStream().readAllBytes();
        return message.isIntegrityProtected() && message.verify() ? Optional.of(bytes) : Optional.empty();
    }
}
