package dev.johwa.serve.router.proxy;

/// Which host somebody asks for, as a request says it.
final class HostField {
    private static final int LONGEST = 255;
    private static final int MOST_DIGITS = 5;

    private HostField() {}

    /// `name`, `1.2.3.4` or `[::1]`, and perhaps a port: what one reads as a port another reads as a host.
    static boolean isSound(String host) {
        if (host.isEmpty() || host.length() > LONGEST) {
            return false;
        }
        boolean isNumber = host.charAt(0) == '[';
        int colon = host.indexOf(':');
        int end = isNumber ? host.indexOf(']') + 1 : colon < 0 ? host.length() : colon;
        for (int i = 0; i < end; i++) {
            char c = host.charAt(i);
            boolean isOfName = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '.'
                    || c == '-'
                    || c == '_';
            if (!isOfName && !(isNumber && (c == ':' || i == 0 || i == end - 1))) {
                return false;
            }
        }
        return end > 0 && isPort(host, end);
    }

    private static boolean isPort(String host, int colon) {
        if (colon == host.length()) {
            return true;
        }
        boolean isShort = host.charAt(colon) == ':' && host.length() - colon <= 1 + MOST_DIGITS;
        return isShort && host.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
    }
}
