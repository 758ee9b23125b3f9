package dev.johwa.main;

import java.util.Optional;
import java.util.regex.Pattern;

/// Sizes as people write them for the server.
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(Ki|Mi|Gi|Ti)?");

    private Sizes() {}

    /// `500Mi`, `20Gi`, or bytes.
    static Optional<Long> read(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(size.group(1));
        return Optional.of(
                switch (size.group(2) == null ? "" : size.group(2)) {
                    case "Ki" -> count << 10;
                    case "Mi" -> count << 20;
                    case "Gi" -> count << 30;
                    case "Ti" -> count << 40;
                    case String _ -> count;
                });
    }
}
