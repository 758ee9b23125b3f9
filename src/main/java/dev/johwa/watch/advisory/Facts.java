package dev.johwa.watch.advisory;

import java.util.List;
import java.util.Map;

/// What an index was made of.
///
/// @param fingerprint of the folder
/// @param modified when the newest advisory was written, RFC 3339; empty without one
/// @param advisories how many of each ecosystem, of distributions with their release
/// @param unread how many files could not be read
/// @param problems of some of them
record Facts(
        String fingerprint,
        String modified,
        Map<String, Integer> advisories,
        int withdrawn,
        int unread,
        List<String> problems) {
    Facts {
        advisories = Map.copyOf(advisories);
        problems = List.copyOf(problems);
    }
}
