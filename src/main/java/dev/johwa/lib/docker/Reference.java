package dev.johwa.lib.docker;

/// The name of an image, in its two parts.
///
/// @param tag or the digest
record Reference(String repository, String tag) {
    static Reference of(String text) {
        int at = text.indexOf('@');
        if (at >= 0) {
            return new Reference(text.substring(0, at), text.substring(at + 1));
        }
        int colon = text.lastIndexOf(':');
        // A colon before the last slash is that of a port.
        return colon > text.lastIndexOf('/')
                ? new Reference(text.substring(0, colon), text.substring(colon + 1))
                : new Reference(text, "latest");
    }
}
