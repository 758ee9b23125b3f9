package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import java.util.Optional;

/// What a person gives to read an encrypted backup.
///
/// @param secret an OpenPGP secret key
/// @param passphrase of that key, or by which the backup was encrypted
public record Keys(Optional<String> secret, Optional<String> passphrase) {
    public static final Keys NONE = new Keys(Optional.empty(), Optional.empty());

    /// With which a backup is closed.
    ///
    /// @param encrypt an OpenPGP public key or a passphrase
    static Seal closing(Optional<String> encrypt) {
        return encrypt.<Seal>map(
                        text -> KeySeal.isPublicKey(text) ? KeySeal.ofPublic(text) : new PassphraseSeal(text.strip()))
                .orElse(Seal.NONE);
    }

    /// @param kind of the seal, as the manifest tells it
    /// @throws ProblemException when it takes what was not given
    Seal opening(String kind) {
        if (kind.isEmpty()) {
            return Seal.NONE;
        }
        if (kind.equals(PassphraseSeal.KIND) && passphrase.isPresent()) {
            return new PassphraseSeal(passphrase.get().strip());
        }
        if (!kind.equals(PassphraseSeal.KIND) && secret.isPresent()) {
            return KeySeal.ofSecret(secret.get(), passphrase.orElse("").strip());
        }
        throw Problem.user("backup.sealed", "the backup is encrypted: " + kind)
                .hint("give the passphrase in a file by --passphrase FILE, or the secret key by --key FILE")
                .exception();
    }
}
