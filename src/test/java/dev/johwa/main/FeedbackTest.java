package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What users of an app say under its own name, on a real server through a real edge.
class FeedbackTest extends AtATerminal {
    private static final String PATH = "/.johwa/feedback";
    private static final String HOST = "shop.localhost";
    private static Path repository;

    @BeforeAll
    static void start() throws Exception {
        repository = platform.repository("shop", Apps.PYTHON);
        platform.commit(repository, "johwa.yaml", "feedback: true\n");
        platform.push(repository, "main");
    }

    private static HttpResponse<String> send(String form, String... fields) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(platform.server().edgeUrl()).resolve(PATH))
                .header("Host", HOST)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int pastTheEdge() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(platform.server().url() + PATH))
                .header("Host", HOST)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static String field(String name, String value) {
        return "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private JsonNode issues() {
        assertThat(johwa("issues", "list", "shop", "--json")).as(terminal.err()).isZero();
        return Json.tree(terminal.out()).path("issues");
    }

    @Test
    void whatAUserSaysBecomesAnIssueThatNamesTheReleaseTheySaw() throws Exception {
        var page = platform.get(HOST, PATH, "Accept-Language", "ko", "Referer", "http://" + HOST + "/basket?id=7");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<html lang=\"ko\">", "name=\"release\" value=\"1\"", "name=\"from\" value=\"/basket\"");
        var style = page.body().replaceAll("(?s).*href=\"(" + PATH + "/app[^\"]*)\".*", "$1");
        assertThat(platform.get(HOST, style)
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("text/css");
        platform.commit(repository, "version", "2\n");
        platform.push(repository, "main");

        var said = "release=1" + field("from", "/basket") + field("said", "The *basket* is <empty>\r\nsee #1")
                + field("contact", "kim@example.com");
        var sent = send(said, "Origin", "http://" + HOST);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        assertThat(platform.get(HOST, PATH + "?sent=yes").body()).contains("Thank you");

        assertThat(issues()).hasSize(1);
        assertThat(johwa("issues", "show", "shop", "1", "--json")).isZero();
        var issue = Json.tree(terminal.out());
        assertThat(issue.path("issue").path("title").asString()).isEqualTo("Feedback: The *basket* is <empty>");
        assertThat(issue.path("issue").path("labels").get(0).asString()).isEqualTo("feedback");
        assertThat(issue.path("body").asString())
                .contains(
                        "> The \\*basket\\* is \\<empty\\>\n> see \\#1",
                        "- release: 1 of shop in production",
                        "- page: /basket",
                        "- answer to: kim\\@example.com");

        assertThat(pastTheEdge()).isEqualTo(404);
        assertThat(send(said, "Origin", "http://evil.example.com").statusCode()).isEqualTo(403);
        assertThat(send("release=1&said=+").statusCode()).isEqualTo(422);
        assertThat(send("release=1" + field("said", "x".repeat(4_001))).statusCode())
                .isEqualTo(422);
        for (int i = 2; i <= 5; i++) {
            assertThat(send("release=99" + field("said", "again")).statusCode()).isEqualTo(303);
        }
        var often = send("release=1" + field("said", "again"));
        assertThat(often.statusCode()).isEqualTo(429);
        assertThat(often.body()).contains("Too much was sent", ">again</textarea>");
        assertThat(issues()).hasSize(5);

        platform.restart();
        assertThat(platform.get(HOST, PATH).body()).as("after a restart").contains("name=\"release\" value=\"2\"");
        platform.commit(repository, "johwa.yaml", "feedback: false\n");
        platform.push(repository, "main");
        assertThat(platform.get(HOST, PATH).body()).as("the app's own answer").isEqualTo("2");
    }
}
