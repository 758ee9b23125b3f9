package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import java.io.InputStream;
import java.util.Optional;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPBEEncryptedData;
import org.bouncycastle.openpgp.operator.PGPKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/// Opened by who knows a passphrase.
final class PassphraseSeal extends PgpSeal {
    static final String KIND = "passphrase";

    /// OpenPGP's code for 2 MiB that are hashed: it is done again for each piece.
    private static final int WORK = 0xb0;

    private static final int SHORTEST = 12;

    private final String passphrase;

    PassphraseSeal(String passphrase) {
        if (passphrase.length() < SHORTEST) {
            throw Problem.user("backup.passphrase", "the passphrase has " + passphrase.length() + " characters")
                    .hint("take at least " + SHORTEST + ": whoever gets the backup can try as often as they like")
                    .exception();
        }
        this.passphrase = passphrase;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String identity() {
        return passphrase;
    }

    @Override
    public boolean opens() {
        return true;
    }

    @Override
    PGPKeyEncryptionMethodGenerator reader() throws PGPException {
        var digest = new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256);
        return new BcPBEKeyEncryptionMethodGenerator(passphrase.toCharArray(), digest, WORK);
    }

    @Override
    Optional<InputStream> clear(PGPEncryptedData message) throws PGPException {
        return message instanceof PGPPBEEncryptedData mine
                ? Optional.of(mine.getDataStream(
                        new BcPBEDataDecryptorFactory(passphrase.toCharArray(), new BcPGPDigestCalculatorProvider())))
                : Optional.empty();
    }
}
