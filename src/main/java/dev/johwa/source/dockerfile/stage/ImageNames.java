package dev.johwa.source.dockerfile.stage;

import java.util.regex.Pattern;

/// Names of images: `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`, as `distribution/reference` reads them.
public final class ImageNames {
    private static final Pattern HOST =
            Pattern.compile("(?:[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)*+|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");
    private static final Pattern PART = Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST =
            Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*+:[0-9a-fA-F]{32,}");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");
    private static final int LONGEST_PATH = 255;

    private ImageNames() {}

    public static boolean isOne(String text) {
        int at = text.indexOf('@');
        var name = at < 0 ? text : text.substring(0, at);
        if (at >= 0 && !isDigest(text.substring(at + 1))
                || IDENTIFIER.matcher(text).matches()) {
            return false;
        }
        int slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasHost = first.equals("localhost")
                || first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.chars().anyMatch(Character::isUpperCase);
        if (hasHost && !HOST.matcher(first).matches()) {
            return false;
        }
        var path = hasHost ? name.substring(slash + 1) : name;
        int colon = path.indexOf(':');
        boolean isTagged = colon < 0 || TAG.matcher(path.substring(colon + 1)).matches();
        return isTagged && isPath(colon < 0 ? path : path.substring(0, colon));
    }

    private static boolean isPath(String path) {
        for (var part : path.split("/", -1)) {
            if (!PART.matcher(part).matches()) {
                return false;
            }
        }
        return path.length() <= LONGEST_PATH;
    }

    private static boolean isDigest(String text) {
        boolean isKnown = !text.startsWith("sha256:") || text.length() == "sha256:".length() + 64;
        return isKnown && DIGEST.matcher(text).matches();
    }
}
