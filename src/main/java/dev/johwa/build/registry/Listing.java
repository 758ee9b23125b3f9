package dev.johwa.build.registry;

import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A list of another registry, page after page as its `Link` leads on. Source: OCI distribution specification 1.1,
/// Content Discovery.
///
/// @param path of its first page
record Listing(Upstream upstream, String path) {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
    private static final int LARGEST = 8 << 20;
    private static final int MOST_PAGES = 100;

    /// @param last behind which they begin; empty: with the first
    /// @return empty where there is no such repository
    Optional<List<String>> tags(String last, int most) {
        var behind = last.isEmpty() ? "" : "&last=" + URLEncoder.encode(last, StandardCharsets.UTF_8);
        return all("?n=" + most + behind, "tags", most)
                .map(found -> found.stream().map(each -> each.asString("")).toList());
    }

    /// @return empty where it knows no such list
    Optional<List<Referrer>> referrers(Optional<String> artifactType) {
        return all("", "manifests", Integer.MAX_VALUE)
                .map(found -> found.stream()
                        .map(Listing::referrer)
                        .filter(each ->
                                artifactType.isEmpty() || each.artifactType().equals(artifactType.get()))
                        .toList());
    }

    private Optional<List<JsonNode>> all(String query, String field, int most) {
        var found = new ArrayList<JsonNode>();
        var next = Optional.of(path + query);
        for (int page = 0; page < MOST_PAGES && next.isPresent() && found.size() < most; page++) {
            var got = upstream.get(next.get(), "*/*");
            if (got.isEmpty()) {
                return page == 0 ? Optional.empty() : Optional.of(found);
            }
            next = add(got.get(), field, found);
        }
        return Optional.of(found.subList(0, Math.min(most, found.size())));
    }

    /// @return the path of the next page
    private Optional<String> add(Upstream.Got got, String field, List<JsonNode> found) {
        try (got) {
            var text = new String(got.body().readNBytes(LARGEST), StandardCharsets.UTF_8);
            Json.tree(text).path(field).valueStream().forEach(found::add);
            var link = NEXT.matcher(got.field("link"));
            return link.find() ? Optional.of(below(URI.create(link.group(1)))) : Optional.empty();
        } catch (IOException e) {
            throw Upstream.failed(e);
        } catch (IllegalArgumentException e) {
            throw Upstream.failed("its list cannot be read: " + e.getMessage());
        }
    }

    /// Of the same registry, whatever address it has for itself.
    private static String below(URI next) {
        var query = next.getRawQuery();
        return next.getRawPath() + (query == null ? "" : "?" + query);
    }

    private static Referrer referrer(JsonNode told) {
        var annotations = new LinkedHashMap<String, String>();
        for (var each : told.path("annotations").properties()) {
            annotations.put(each.getKey(), each.getValue().asString(""));
        }
        return new Referrer(
                told.path("mediaType").asString(""),
                told.path("digest").asString(""),
                told.path("size").asLong(0),
                told.path("artifactType").asString(""),
                Map.copyOf(annotations));
    }
}
