package dev.johwa.door.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Which lines of an app's log are wanted.
///
/// @param limit the newest so many, up to 100,000
/// @param since a time (RFC 3339) or how long ago: `10m`, `2h`, `3d`
/// @param until the same: nothing after it
/// @param grep text that a line must contain
/// @param search words, `level:error`, `status:>=500`, `release:41`, `/regex/`, with `-` before what must not be
/// @param from only of this process (`worker`), or of this instance
public record LogQuery(
        String environment,
        int limit,
        OptionalInt release,
        Optional<String> since,
        Optional<String> until,
        Optional<String> grep,
        Optional<String> search,
        Optional<String> from) {
    Map<String, String> parameters() {
        var all = new LinkedHashMap<String, String>();
        all.put("environment", environment);
        all.put("limit", Integer.toString(limit));
        release.ifPresent(number -> all.put("release", Integer.toString(number)));
        since.ifPresent(text -> all.put("since", text));
        until.ifPresent(text -> all.put("until", text));
        from.ifPresent(text -> all.put("from", text));
        search.ifPresent(text -> all.put("search", text));
        grep.ifPresent(text -> all.put("grep", text));
        return all;
    }
}
