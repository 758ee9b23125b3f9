package dev.johwa.serve.router;

/// Which requests go to one of two releases that serve the same hosts and path: some of them, by a share, or because
/// they carry a field. The rest goes to the route without a part.
///
/// @param share of 10,000 requests so many; 10,000 for a route that is no part
/// @param header requests with this field go here too, in lower case; empty for none
/// @param value that the field has; empty for any
/// @param sticky whether who came once stays on this side, by a cookie
public record Part(int share, String header, String value, boolean sticky) {
    public static final int ALL = 10_000;

    /// All requests.
    public static final Part WHOLE = new Part(ALL, "", "", false);

    public Part {
        if (share < 0 || share > ALL) {
            throw new IllegalArgumentException(share + " of " + ALL + " requests");
        }
    }

    public boolean isWhole() {
        return equals(WHOLE);
    }
}
