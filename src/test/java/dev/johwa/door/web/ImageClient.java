package dev.johwa.door.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.johwa.lib.blob.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

/// Asks a registry, as tools do, with a token as password.
final class ImageClient implements AutoCloseable {
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final GitDoor door;
    private final String authorization;

    ImageClient(GitDoor door, String token) {
        this.door = door;
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(("any:" + token).getBytes(UTF_8));
    }

    /// @param headers name, value, name, value, …
    HttpResponse<String> call(String method, String path, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(door.plainUrl(path)))
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Authorization", authorization);
        return send(request, headers);
    }

    HttpResponse<String> get(String path, String... headers) {
        return call("GET", path, new byte[0], headers);
    }

    HttpResponse<String> withoutToken(String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(door.plainUrl(path))), headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Digest digest(String text) {
        return Digest.of(text);
    }

    int push(String repository, String text) {
        return call("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest(text), text.getBytes(UTF_8))
                .statusCode();
    }

    static String descriptor(String text) {
        return "{\"mediaType\":\"application/octet-stream\",\"digest\":\"" + digest(text) + "\",\"size\":"
                + text.length() + "}";
    }

    static String image(String config) {
        return "{\"schemaVersion\":2,\"config\":" + descriptor(config) + ",\"layers\":[]}";
    }

    HttpResponse<String> put(String repository, String reference, String manifest) {
        return call(
                "PUT",
                "/v2/" + repository + "/manifests/" + reference,
                manifest.getBytes(UTF_8),
                "Content-Type",
                IMAGE);
    }

    @Override
    public void close() {
        http.close();
    }
}
