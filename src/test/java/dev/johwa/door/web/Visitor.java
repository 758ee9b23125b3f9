package dev.johwa.door.web;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser that sends forms as it finds them in pages.
final class Visitor implements AutoCloseable {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([0-9a-f]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final GitDoor door;

    Visitor(GitDoor door) {
        this.door = door;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : door.plainUrl(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Sends a form that is on this page.
    HttpResponse<String> post(String page, String path, Map<String, String> fields) throws Exception {
        var form = FORM.matcher(get(page).body());
        var own = form.find() ? "form=" + form.group(1) + "&" : "";
        return raw(path, own + encoded(fields));
    }

    HttpResponse<String> raw(String path, String body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        client.close();
    }
}
