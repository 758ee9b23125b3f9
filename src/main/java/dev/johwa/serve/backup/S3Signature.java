package dev.johwa.serve.backup;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.text.Hmac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Signs requests to an S3-compatible store by AWS Signature Version 4, the body included.
final class S3Signature {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int LENGTH_OF_DAY = 8;

    private final S3Account account;

    S3Signature(S3Account account) {
        this.account = account;
    }

    /// The fields to send, beside `Host`, which goes by itself.
    ///
    /// @param uri whose path and query are encoded as S3 wants it; parameters in the order of their names
    Map<String, String> fields(String method, URI uri, Map<String, String> further, byte[] body, Instant at) {
        var time = TIME.format(at);
        var sum = Chunks.digest(body);
        SortedMap<String, String> fields = new TreeMap<>(further);
        fields.put("x-amz-content-sha256", sum);
        fields.put("x-amz-date", time);
        account.session().ifPresent(token -> fields.put("x-amz-security-token", token));
        SortedMap<String, String> signed = new TreeMap<>(fields);
        signed.put("host", uri.getRawAuthority());

        var lines = new StringBuilder();
        signed.forEach((name, value) ->
                lines.append(name).append(':').append(value.strip()).append('\n'));
        var names = String.join(";", signed.keySet());
        var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        var request = String.join("\n", method, uri.getRawPath(), query, lines.toString(), names, sum);
        var scope = time.substring(0, LENGTH_OF_DAY) + "/" + account.region() + "/s3/aws4_request";
        var toSign = String.join(
                "\n", "AWS4-HMAC-SHA256", time, scope, Digest.of(request).hex());
        fields.put(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + account.key() + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                        + HexFormat.of().formatHex(Hmac.of(key(scope), toSign)));
        return fields;
    }

    private byte[] key(String scope) {
        var key = ("AWS4" + account.secret()).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/")) {
            key = Hmac.of(key, part);
        }
        return key;
    }
}
