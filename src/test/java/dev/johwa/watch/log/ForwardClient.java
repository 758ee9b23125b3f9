package dev.johwa.watch.log;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/// A client of the forward protocol that says exactly what a test wants said.
final class ForwardClient implements AutoCloseable {
    private final Socket socket;
    private final MessageUnpacker answers;

    ForwardClient(String address) throws IOException {
        this(socket(address));
    }

    ForwardClient(String address, SSLContext trusting) throws IOException {
        this(trusting.getSocketFactory().createSocket(host(address), port(address)));
    }

    private ForwardClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        this.answers = MessagePack.newDefaultUnpacker(socket.getInputStream());
    }

    /// One for which the system keeps next to nothing of what it does not read.
    static ForwardClient deaf(String address) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(host(address), port(address)));
        return new ForwardClient(socket);
    }

    private static Socket socket(String address) throws IOException {
        return new Socket(host(address), port(address));
    }

    static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    @FunctionalInterface
    interface Packing {
        void into(MessagePacker packer) throws IOException;
    }

    static byte[] packed(Packing packing) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packing.into(packer);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(Packing packing) throws IOException {
        send(packed(packing));
    }

    /// The chunk that is told to be kept, next.
    String acknowledged() throws IOException {
        if (answers.unpackMapHeader() != 1 || !answers.unpackString().equals("ack")) {
            throw new IOException("no acknowledgement");
        }
        return answers.unpackString();
    }

    MessageUnpacker answers() {
        return answers;
    }

    /// Says nothing more, but listens.
    void endOfWords() throws IOException {
        socket.shutdownOutput();
    }

    /// Whether the server hangs up instead of an answer.
    boolean isHungUp() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// The same, of a server that has so long for it.
    boolean isHungUpWithin(Duration time) throws IOException {
        int usual = socket.getSoTimeout();
        socket.setSoTimeout((int) time.toMillis());
        try {
            return isHungUp();
        } finally {
            socket.setSoTimeout(usual);
        }
    }

    /// Says who it is.
    ///
    /// @return whether the server believes it and knows the key too
    boolean greet(String key, String user, String password) throws Exception {
        answers.unpackArrayHeader();
        answers.unpackString();
        answers.unpackMapHeader();
        answers.unpackString();
        var nonce = answers.readPayload(answers.unpackBinaryHeader());
        answers.unpackString();
        var auth = answers.readPayload(answers.unpackBinaryHeader());
        answers.unpackString();
        answers.unpackBoolean();
        // No UTF-8, as that of Fluent Bit.
        var salt = HexFormat.of().parseHex("ff00fe80ff00fe80ff00fe80ff00fe80");
        send(packer -> {
            packer.packArrayHeader(6).packString("PING").packString("client");
            packer.packRawStringHeader(salt.length).writePayload(salt);
            packer.packString(digest(salt, bytes("client"), nonce, bytes(key)));
            packer.packString(user).packString(digest(auth, bytes(user), bytes(password)));
        });
        answers.unpackArrayHeader();
        answers.unpackString();
        boolean isKnown = answers.unpackBoolean();
        answers.unpackString();
        var server = answers.unpackString();
        return answers.unpackString().equals(digest(salt, bytes(server), nonce, bytes(key))) && isKnown;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-512");
            List.of(parts).forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void event(MessagePacker packer, long seconds, String message) throws IOException {
        packer.packArrayHeader(2)
                .packLong(seconds)
                .packMapHeader(1)
                .packString("message")
                .packString(message);
    }

    static byte[] events(long seconds, String... messages) {
        return packed(packer -> {
            for (var message : messages) {
                event(packer, seconds, message);
            }
        });
    }

    /// A message with packed records.
    static byte[] packedForward(String tag, byte[] payload, boolean asText, Map<String, String> options) {
        return packed(packer -> {
            packer.packArrayHeader(3).packString(tag);
            if (asText) {
                packer.packRawStringHeader(payload.length);
            } else {
                packer.packBinaryHeader(payload.length);
            }
            packer.writePayload(payload).packMapHeader(options.size());
            for (var option : options.entrySet()) {
                packer.packString(option.getKey()).packString(option.getValue());
            }
        });
    }

    /// Each part compressed by itself, one after the other.
    static byte[] gzip(byte[]... parts) throws IOException {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            try (var gzip = new GZIPOutputStream(all)) {
                gzip.write(part);
            }
        }
        return all.toByteArray();
    }

    static byte[] zstd(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        List.of(parts).forEach(part -> all.writeBytes(Zstd.compress(part)));
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
