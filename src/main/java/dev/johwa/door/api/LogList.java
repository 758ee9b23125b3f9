package dev.johwa.door.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Lines that apps printed, oldest first.
///
/// @param note what may be wrong with a search that found none of them
public record LogList(List<Line> lines, Optional<String> note) {

    /// @param at RFC 3339 with nine decimals
    /// @param fields of a line of JSON or logfmt, or what came with a record beside its text; types kept
    /// @param stream `out` or `err`; `build`, `release`, `access` of what is not the app's; `forward` of a record
    ///     that says neither
    public record Line(
            String at,
            String text,
            Map<String, Object> fields,
            String stream,
            OptionalInt release,
            Optional<String> instance,
            Optional<String> tag) {}
}
