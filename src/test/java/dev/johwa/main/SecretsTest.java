package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import dev.johwa.source.config.Values;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// An application that prints its secrets wherever it can, in every form: nothing of them is seen anywhere.
class SecretsTest {
    private static final String REQUESTS = "/api/v1/apps/leaky/leaky/logs?limit=1000&search=kind:access";
    private static final Random RANDOM = new Random(20261125);
    private static final String LEAK = """
            import base64, json, os, sys, urllib.parse

            def leak(seed):
                for name in ('TOKEN', 'KEY'):
                    secret = os.environ.get(name, 'unset')
                    raw = secret.encode()
                    print('raw', secret)
                    print('json', json.dumps({'value': secret}))
                    print('json', json.dumps({'value': secret}, ensure_ascii=False))
                    print('url', urllib.parse.quote(secret), urllib.parse.quote_plus(secret))
                    for shift in range(3):
                        print('base64', base64.b64encode(b'x' * shift + raw + b'-and-more').decode())
                        print('base64', base64.urlsafe_b64encode(b'x' * shift + raw).decode())
                    print(base64.encodebytes(raw).decode())
                    one = secret.replace('\\n', ' ')
                    for back in range(0, len(one) + 3, 17):
                        # A line that is longer than a piece, with the secret around the border.
                        print('.' * (65536 - back) + one + '.' * 9000, file=sys.stderr)
                sys.stdout.flush()
            """;
    private static final String[] APP = {
        "leak.py",
        LEAK,
        "release.py",
        "import leak; leak.leak(1)\n",
        "verify.py",
        "import leak; leak.leak(2)\n",
        "johwa.yaml",
        "release: python3 release.py\nverify: python3 verify.py\nsecrets: [TOKEN, KEY]\n",
        "app.py",
        """
        import http.server, os, sys
        import leak
        leak.leak(3)
        if os.path.exists('crash'):
            raise SystemExit('crash with ' + os.environ['TOKEN'])

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                leak.leak(4)
                self.send_response(200)
                self.end_headers()

        http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
        """
    };

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> seen = new LinkedHashMap<>();

    private static String random(int length) {
        var letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789/+\"\\&%é";
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(RANDOM.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void noFormOfASecretReachesAnySink() throws Exception {
        var token = random(24);
        var key = "-----BEGIN KEY-----\n" + random(40) + "\n" + random(40) + "\n-----END KEY-----\n";
        try (var platform = new Platform()) {
            var scope = new Values.Scope("leaky", "leaky", "production");
            platform.server().values().setSecrets(scope, Map.of("TOKEN", token, "KEY", key));
            var repository = platform.repository("leaky", APP);
            seen.put("push", platform.push(repository, "main"));
            assertThat(seen.get("push")).contains("live");
            platform.get("leaky.localhost", "/");
            // A visitor who brings one along, in the way that apps should not have it.
            platform.get("leaky.localhost", "/reset/" + URLEncoder.encode(token, StandardCharsets.UTF_8));
            seen.put("followed log", followed(platform));
            var again = order(platform);
            seen.put("redeploy", again);
            platform.commit(repository, "crash", "");
            seen.put("failed push", platform.push(repository, "main"));
            assertThat(seen.get("failed push")).contains("crash with ***");
            Wait.eventually(() -> said(platform, REQUESTS).contains("/reset/"));
            for (var path : List.of(
                    "/api/v1/apps",
                    "/api/v1/runs",
                    "/api/v1/runs/leaky/1",
                    "/api/v1/runs/leaky/1/log",
                    "/api/v1/runs/leaky/2",
                    "/api/v1/runs/leaky/2/log",
                    "/api/v1/apps/leaky/leaky/releases",
                    "/api/v1/apps/leaky/leaky/secrets",
                    "/api/v1/apps/leaky/leaky/envs",
                    "/api/v1/apps/leaky/leaky/logs?limit=100000",
                    REQUESTS,
                    "/api/v1/incidents?state=all",
                    "/api/v1/alerts",
                    "/api/v1/projects/leaky/issues",
                    "/prometheus/api/v1/series?match[]=%7Bapp=%22leaky%22%7D",
                    "/api/v1/dora?name=leaky",
                    "/metrics")) {
                seen.put(path, get(platform, path));
            }
            database(platform);
            files(platform);
            nothingIsIn(token, key);
        }
    }

    private String said(Platform platform, String path) {
        try {
            return get(platform, path);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String get(Platform platform, String path) throws Exception {
        var answer = client.send(request(platform, path).GET().build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static HttpRequest.Builder request(Platform platform, String path) {
        return HttpRequest.newBuilder(URI.create(platform.server().url() + path))
                .header("Authorization", "Bearer " + platform.token());
    }

    /// What the log says from the beginning on, as it comes.
    private String followed(Platform platform) throws Exception {
        var text = new StringBuilder();
        var answer = client.send(
                request(platform, "/api/v1/apps/leaky/leaky/logs/events?limit=1000")
                        .GET()
                        .build(),
                BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            platform.get("leaky.localhost", "/");
            int asked = 0;
            while (asked < 2) {
                var line = lines.readLine();
                text.append(line).append('\n');
                asked += line.contains("GET /") ? 1 : 0;
            }
        }
        return text.toString();
    }

    private String order(Platform platform) throws Exception {
        var put = request(platform, "/api/v1/apps/leaky/leaky/envs")
                .POST(HttpRequest.BodyPublishers.ofString("{\"set\":{\"A\":\"b\"}}"))
                .build();
        var answer = client.send(put, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var link = Json.tree(answer.body()).get("events").asString();
        return client.send(request(platform, link).GET().build(), BodyHandlers.ofString())
                .body();
    }

    /// Every text of the database.
    private void database(Platform platform) throws Exception {
        try (var connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + platform.data().resolve("johwa.db"));
                var tables = connection
                        .createStatement()
                        .executeQuery("select name from sqlite_master where type = 'table'")) {
            var names = new ArrayList<String>();
            while (tables.next()) {
                names.add(tables.getString(1));
            }
            for (var name : names) {
                try (var rows = connection.createStatement().executeQuery("select * from \"" + name + "\"")) {
                    var text = new StringBuilder();
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            text.append(rows.getString(i)).append('\n');
                        }
                    }
                    seen.put("table " + name, text.toString());
                }
            }
        }
    }

    /// Logs of runs, the edge and the server.
    private void files(Platform platform) throws IOException {
        try (var files = Files.walk(platform.data().resolve("logs"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                seen.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /// Parts of ten characters.
    private static List<String> partsIn(String text, Set<String> forms) {
        var dots = ".".repeat(100);
        return Stream.of(text.split("\n"))
                .flatMap(line -> Stream.of(line.split(Pattern.quote(dots))))
                .flatMap(piece ->
                        IntStream.rangeClosed(0, piece.length() - 10).mapToObj(at -> piece.substring(at, at + 10)))
                .filter(forms::contains)
                .toList();
    }

    private void nothingIsIn(String token, String key) {
        var forms = new HashSet<String>();
        for (var secret :
                List.of(token, key.lines().toList().get(1), key.lines().toList().get(2))) {
            var bytes = secret.getBytes(StandardCharsets.UTF_8);
            for (var form : List.of(
                    secret,
                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                    Json.write(secret),
                    Base64.getEncoder().encodeToString(bytes),
                    Base64.getEncoder()
                            .encodeToString(("x" + secret).getBytes(StandardCharsets.UTF_8))
                            .substring(2),
                    Base64.getEncoder()
                            .encodeToString(("xx" + secret).getBytes(StandardCharsets.UTF_8))
                            .substring(3))) {
                for (int i = 0; i + 10 <= form.length() - 2; i++) {
                    forms.add(form.substring(i, i + 10));
                }
            }
        }
        seen.forEach((sink, text) -> assertThat(partsIn(text, forms))
                .as(sink + " holds parts of\n" + token + "\n" + key)
                .isEmpty());
        assertThat(seen.values().stream().filter(text -> text.contains("***"))).hasSizeGreaterThan(5);
    }
}
