package dev.johwa.door.web;

import java.util.Locale;

/// Names of our enums as programs outside read them.
final class Words {
    private Words() {}

    /// `never-live` for `NEVER_LIVE`.
    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
