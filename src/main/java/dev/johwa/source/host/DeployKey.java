package dev.johwa.source.host;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Base64;

/// A key pair by which git is let in to one repository, in the form that ssh reads.
/// Source of the form: OpenSSH's PROTOCOL.key; of the public key's bytes: RFC 8032, 5.1.5.
///
/// @param secret half, a file of several lines
/// @param open half, one line
record DeployKey(String secret, String open) {
    private static final String TYPE = "ssh-ed25519";
    private static final int KEY = 32;
    private static final int BLOCK = 8;

    static DeployKey fresh(String comment) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var open = open((EdECPublicKey) pair.getPublic());
            var seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new DeployKey(
                    secret(seed, open, comment),
                    TYPE + " " + Base64.getEncoder().encodeToString(blob(open)) + " " + comment);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /// y with its least byte first; the sign of x is its highest bit.
    private static byte[] open(EdECPublicKey key) {
        var bytes = new byte[KEY];
        var y = key.getPoint().getY().toByteArray();
        for (int at = 0; at < Math.min(KEY, y.length); at++) {
            bytes[at] = y[y.length - 1 - at];
        }
        if (key.getPoint().isXOdd()) {
            bytes[KEY - 1] |= (byte) 0x80;
        }
        return bytes;
    }

    private static byte[] blob(byte[] open) {
        return written(out -> {
            string(out, TYPE.getBytes(StandardCharsets.US_ASCII));
            string(out, open);
        });
    }

    private static String secret(byte[] seed, byte[] open, String comment) {
        int check = new SecureRandom().nextInt();
        var pair = written(out -> {
            out.writeInt(check);
            out.writeInt(check);
            string(out, TYPE.getBytes(StandardCharsets.US_ASCII));
            string(out, open);
            out.writeInt(2 * KEY);
            out.write(seed);
            out.write(open);
            string(out, comment.getBytes(StandardCharsets.UTF_8));
            for (int filler = 1; out.size() % BLOCK != 0; filler++) {
                out.write(filler);
            }
        });
        var whole = written(out -> {
            out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
            string(out, "none".getBytes(StandardCharsets.US_ASCII));
            string(out, "none".getBytes(StandardCharsets.US_ASCII));
            out.writeInt(0);
            out.writeInt(1);
            string(out, blob(open));
            string(out, pair);
        });
        var text = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(whole);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + text + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    /// Writes into memory.
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void string(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public String toString() {
        return open;
    }
}
