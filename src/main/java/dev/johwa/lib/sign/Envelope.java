package dev.johwa.lib.sign;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Bytes with their signatures.
///
/// Source of the form: DSSE 1.0.2 (secure-systems-lab/dsse), envelope and protocol.
///
/// @param payload in base64
public record Envelope(String payloadType, String payload, List<Mark> signatures) {
    public Envelope {
        signatures = List.copyOf(signatures);
    }

    /// @param keyid which key, for who has several
    /// @param sig in base64
    public record Mark(String keyid, String sig) {}

    public static Envelope sign(String type, byte[] bytes, SigningKey key) {
        var signature = Base64.getEncoder().encodeToString(key.sign(form(type, bytes)));
        return new Envelope(
                type,
                Base64.getEncoder().encodeToString(bytes),
                List.of(new Mark(key.open().id(), signature)));
    }

    /// What was signed; in base64 that is none, nothing.
    public byte[] bytes() {
        return decoded(payload);
    }

    /// Whether one of its signatures is of that key.
    public boolean isBy(VerifyingKey key) {
        var form = form(payloadType, bytes());
        return signatures.stream().anyMatch(mark -> key.verifies(form, decoded(mark.sig())));
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /// The pre-authentication encoding.
    static byte[] form(String type, byte[] bytes) {
        var name = type.getBytes(StandardCharsets.UTF_8);
        var form = new ByteArrayOutputStream();
        form.writeBytes(("DSSEv1 " + name.length + " ").getBytes(StandardCharsets.UTF_8));
        form.writeBytes(name);
        form.writeBytes((" " + bytes.length + " ").getBytes(StandardCharsets.UTF_8));
        form.writeBytes(bytes);
        return form.toByteArray();
    }
}
