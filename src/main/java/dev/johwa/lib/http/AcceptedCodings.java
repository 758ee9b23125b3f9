package dev.johwa.lib.http;

import java.util.Locale;

/// Which content codings a client takes (RFC 9110 §12.5.3), as far as they are known here.
///
/// @param brotli `br`
/// @param gzip `gzip`
public record AcceptedCodings(boolean brotli, boolean gzip) {
    public static final AcceptedCodings NONE = new AcceptedCodings(false, false);

    /// @param accepted the field `Accept-Encoding`, empty when there is none
    public static AcceptedCodings of(String accepted) {
        if (accepted.isEmpty()) {
            return NONE;
        }
        boolean all = weight(accepted, "*", false);
        return new AcceptedCodings(weight(accepted, "br", all), weight(accepted, "gzip", all));
    }

    private static boolean weight(String accepted, String coding, boolean otherwise) {
        for (var each : accepted.toLowerCase(Locale.ROOT).split(",", 32)) {
            int semicolon = each.indexOf(';');
            var name = (semicolon < 0 ? each : each.substring(0, semicolon)).strip();
            if (name.equals(coding)) {
                return semicolon < 0 || !each.substring(semicolon + 1).strip().matches("q=0(\\.0*)?");
            }
        }
        return otherwise;
    }
}
