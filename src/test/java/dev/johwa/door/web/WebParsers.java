package dev.johwa.door.web;

import dev.johwa.Parser;
import java.time.Instant;
import java.util.List;

/// Those of what comes to the server's own port.
public final class WebParsers {
    private WebParsers() {}

    public static List<Parser> all() {
        var now = Instant.parse("2026-02-28T23:59:59Z");
        return List.of(
                Parser.ofBytes("form", FormBody::all, "a=b&c=%20d+e&f", "a=%zz"),
                Parser.ofText(
                        "path of the registry",
                        RegistryPath::of,
                        "/v2/shop/api/manifests/latest",
                        "/v2/a/blobs/uploads/"),
                Parser.ofText("time", text -> Since.instant(text, now), "10m", "2026-01-31T12:00:00Z", "999999w"),
                Parser.ofText("length of time", text -> Since.ahead(text, now), "12h", "4w"));
    }
}
