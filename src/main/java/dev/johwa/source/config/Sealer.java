package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Hmac;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts secrets with AES-256-GCM under a key that lies in a file of its own. Whose secret it is goes into the seal,
/// so that rows of the database cannot be exchanged.
final class Sealer {
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    Sealer(Path keyFile) {
        this.key = new SecretKeySpec(key(keyFile), "AES");
    }

    private byte[] key(Path file) {
        try {
            if (!Files.exists(file)) {
                var fresh = new byte[KEY];
                random.nextBytes(fresh);
                var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                var temporary =
                        Files.createTempFile(file.toAbsolutePath().resolve("..").normalize(), "key", "", mode);
                Files.write(temporary, fresh);
                // Without it all that is sealed would be lost: it is on the disk before the first secret is.
                try (var written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    written.force(true);
                    Files.createLink(file, temporary);
                } catch (FileAlreadyExistsException e) {
                    // Another process was first: its key holds.
                } finally {
                    Files.delete(temporary);
                }
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A secret that nobody chose: 64 hexadecimal digits.
    String fresh() {
        var bytes = new byte[KEY];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// A key for another purpose, from which nobody finds ours.
    byte[] derived(String purpose) {
        return Hmac.of(key.getEncoded(), purpose);
    }

    String seal(String whose, String text) {
        try {
            var nonce = new byte[NONCE];
            random.nextBytes(nonce);
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, whose);
            var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    String open(String whose, String sealed) {
        try {
            var bytes = Base64.getDecoder().decode(sealed);
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE), whose);
            return new String(cipher.doFinal(bytes, NONCE, bytes.length - NONCE), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new ProblemException(
                    Problem.system(
                                    "secrets.sealed",
                                    "a secret of " + whose + " cannot be opened with the key of this data folder")
                            .hint("bring back the key file that belongs to the database, or set the secret again"),
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String whose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(whose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
