package dev.johwa.lib.mail;

import java.time.Instant;
import java.util.Map;

/// A letter.
///
/// @param id of the letter, without brackets: `word@host`; the same when it is sent again
/// @param html the same as the text, for who reads that
/// @param headers beside those that every letter has
public record Mail(
        String id, String to, String subject, Instant at, String text, String html, Map<String, String> headers) {
    public Mail {
        headers = Map.copyOf(headers);
    }
}
