package dev.johwa.watch.log.forward;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.msgpack.core.MessagePack;
import org.msgpack.value.ValueType;

/// Who a client is: `HELO`, `PING` and `PONG`, before anything else is read.
final class Handshake {
    /// A client refuses a server that has its own name.
    private static final String NAME = "johwa-forward";
    private static final int SALT = 16;
    private static final int PARTS = 6;

    private final Keys keys;
    private final byte[] nonce = new byte[SALT];
    private final byte[] auth = new byte[SALT];

    Handshake(Keys keys, SecureRandom random) {
        this.keys = keys;
        random.nextBytes(nonce);
        random.nextBytes(auth);
    }

    /// @throws IOException when the client does not know what it must; it was told so
    void hold(Values values, OutputStream output) throws IOException {
        hello(output);
        if (values.type() != ValueType.ARRAY || values.unpacker().unpackArrayHeader() != PARTS) {
            throw new IOException("a client does not answer the handshake");
        }
        if (!values.text().equals("PING")) {
            throw new IOException("a client does not answer the handshake by PING");
        }
        var host = values.bytes();
        var salt = values.bytes();
        var digest = values.text();
        var user = values.text();
        var password = values.text();
        var shared = keys.shared().getBytes(StandardCharsets.UTF_8);
        boolean knowsKey = Keys.isSame(digest, Keys.digest(salt, host, nonce, shared));
        boolean isKnown = knowsKey & isUser(user, password);
        pong(output, isKnown, salt, shared);
        if (!isKnown) {
            throw new IOException(knowsKey ? "user or password is wrong" : "the shared key is wrong");
        }
    }

    private void hello(OutputStream output) throws IOException {
        try (var packer = MessagePack.newDefaultBufferPacker()) {
            packer.packArrayHeader(2).packString("HELO").packMapHeader(3);
            packer.packString("nonce").packBinaryHeader(SALT).writePayload(nonce);
            int length = keys.users().isEmpty() ? 0 : SALT;
            packer.packString("auth").packBinaryHeader(length).writePayload(auth, 0, length);
            packer.packString("keepalive").packBoolean(true);
            output.write(packer.toByteArray());
        }
    }

    /// Where no user is named, everybody is one.
    private boolean isUser(String user, String password) {
        if (keys.users().isEmpty()) {
            return true;
        }
        var expected = keys.users().getOrDefault(user, "");
        var digest =
                Keys.digest(auth, user.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
        return Keys.isSame(digest, password) & keys.users().containsKey(user);
    }

    private void pong(OutputStream output, boolean isKnown, byte[] salt, byte[] shared) throws IOException {
        var name = NAME.getBytes(StandardCharsets.UTF_8);
        try (var packer = MessagePack.newDefaultBufferPacker()) {
            packer.packArrayHeader(5).packString("PONG").packBoolean(isKnown);
            packer.packString(isKnown ? "" : "shared key, user or password is wrong");
            packer.packString(isKnown ? NAME : "");
            packer.packString(isKnown ? Keys.digest(salt, name, nonce, shared) : "");
            output.write(packer.toByteArray());
        }
    }
}
