package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Typed;
import dev.johwa.door.cli.local.LocalVerbs;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Guard;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Routes that are written for Traefik mean to Traefik's own code what the edge does, and to the whole program where
/// `bench/traefik` runs it.
class TraefikRoutesTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String CANONICAL = "shop.example.com";
    private static final List<String> DOMAINS = List.of(CANONICAL, "www.shop.example.com");
    private static final List<String> REDIRECTS = List.of(
            "/old /new",
            "/news/* https://blog.example.com/:splat 302",
            "/a/:x/b/:y /b/:y/:x?kept=1",
            "/gone/* /:splat",
            "/cost/$1 /p$1#part",
            "/글 /text");
    private static final List<String> PATHS = List.of("/admin", "/관리/");
    private static final Map<String, String> FIELDS = Map.of("X-Frame-Options", "DENY", "X-Words", "{{ not a template");
    private static final String ANN = "ann:" + OpenBSDBCrypt.generate("2y", "secret".toCharArray(), new byte[16], 4);

    @TempDir
    Path folder;

    private Backend app;
    private Rig edge;

    @BeforeEach
    void open() throws IOException {
        app = Backend.echo();
        edge = new Rig(folder);
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
        app.close();
    }

    private record Question(String host, String path, String... fields) {
        String raw() {
            return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                    + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n") + "\r\n";
        }
    }

    private static Question at(String path, String... fields) {
        return new Question(CANONICAL, path, fields);
    }

    /// The routes of an application with these settings of its front.
    private Path ejected(String allow) throws IOException {
        return ejected(allow, "[]");
    }

    private Path ejected(String allow, String rollout, String... words) throws IOException {
        var shop = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(
                shop.resolve("package.json"), "{\"name\":\"shop\",\"scripts\":{\"start\":\"node server.js\"}}");
        Files.writeString(shop.resolve("server.js"), "require('http').createServer().listen(process.env.PORT);\n");
        Files.writeString(
                shop.resolve("johwa.yaml"),
                "name: shop\nsecrets: [SITE_USERS]\ndomains: " + Json.write(DOMAINS) + "\ncanonical: " + CANONICAL
                        + "\nredirects: " + Json.write(REDIRECTS) + "\nheaders: " + Json.write(FIELDS)
                        + "\nlimits: {request: 1Ki, answer: 20s}\nallow: " + allow + "\nrollout: " + rollout + "\n");
        var typed = new Typed(folder, List.of(LocalVerbs.eject((_, _, _, _) -> List.of())));
        var argv = new ArrayList<>(List.of("eject", "shop", "--to", "traefik", "--force"));
        argv.addAll(List.of(words));
        assertThat(typed.johwa(argv.toArray(String[]::new)))
                .as(typed.out() + typed.err())
                .isZero();
        var routes = shop.resolve("traefik/dynamic.yml");
        Files.writeString(folder.resolve("shop.users"), ANN + "\n");
        return Files.writeString(
                routes, Files.readString(routes).replace("/etc/traefik/shop.users", folder + "/shop.users"));
    }

    /// The same for our own edge.
    private void serve(List<String> from, boolean withUsers) {
        var terms = new Terms(
                KEY,
                0,
                from,
                PATHS,
                CANONICAL,
                List.of("www.shop.example.com"),
                REDIRECTS,
                1024,
                20_000,
                FIELDS,
                "",
                List.of());
        var guards = withUsers
                ? Map.of(
                        CANONICAL, new Guard(KEY, "", Set.of(), Map.of(), Map.of("ann", ANN.substring(4)), PATHS, null))
                : Map.<String, Guard>of();
        var there = new Instances(List.of(new Endpoint("i", app.address())), "");
        edge.tables.apply(new RoutingTable(
                System.nanoTime(),
                List.of(new Route(DOMAINS, "/", "shop", "production", 1, there, terms, Part.WHOLE)),
                RoutingTable.Tls.NONE,
                guards));
    }

    private static List<JsonNode> traefik(Path routes, String entry, List<String> requests) throws Exception {
        return Traefik.here().ask(routes, entry, requests);
    }

    /// Status, where it leads, and a field; the edge of this test ends no TLS.
    private void areAlike(Path routes, List<Question> questions) throws Exception {
        var theirs = traefik(
                routes, "websecure", questions.stream().map(Question::raw).toList());
        var wrong = new ArrayList<String>();
        for (int i = 0; i < questions.size(); i++) {
            var ours = edge.ask(questions.get(i).raw());
            var answer = theirs.get(i);
            var we = ours.status() + " " + ours.field("location").orElse("") + " "
                    + ours.field("x-frame-options").orElse("")
                    + ours.field("x-words").orElse("");
            var fields = answer.path("fields");
            var they = answer.path("status").asInt() + " "
                    + fields.path("location").asString("").replace("https://" + CANONICAL, "http://" + CANONICAL) + " "
                    + fields.path("x-frame-options").asString("")
                    + fields.path("x-words").asString("");
            if (!we.equals(they)) {
                wrong.add(questions.get(i) + ": ours " + we + ", theirs " + they);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void namesAndPathsLeadToWhereTheEdgeLeads() throws Exception {
        var routes = ejected("{}");
        serve(List.of(), false);
        var questions = new ArrayList<Question>();
        questions.add(new Question("www.shop.example.com", "/a?b=c"));
        questions.add(new Question("www.shop.example.com", "/old"));
        questions.add(new Question("WWW.shop.example.com", "/"));
        questions.add(new Question("other.example.com", "/"));
        for (var path : List.of(
                "/",
                "/old",
                "/old/",
                "/old?x=1",
                "/older",
                "/new",
                "/news",
                "/news/",
                "/news/2024/a?b",
                "/newspaper",
                "/a/1/b/2",
                "/a/1/b/2/",
                "/a/1/b/2?lost=1",
                "/a/1/2",
                "/gone/x/y",
                "/gone//evil.example.com",
                "/gone/",
                "/cost/$1?q",
                "/%EA%B8%80",
                "/%ea%b8%80")) {
            questions.add(at(path));
        }
        areAlike(routes, questions);
    }

    @Test
    void addressesAndPasswordsCountWhereTheyDoAtTheEdge() throws Exception {
        var paths = new ArrayList<Question>();
        for (var path : List.of("/", "/administrator", "/%EB%B8%94%EB%A1%9C%EA%B7%B8")) {
            paths.add(at(path));
        }
        TermsTest.MAYBE_BELOW.forEach(path -> paths.add(at(path)));
        serve(List.of("10.0.0.0/8"), false);
        areAlike(ejected("{from: [10.0.0.0/8], paths: [/admin, /관리/]}"), paths);

        var basic = "Authorization: Basic ";
        var ann = Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));
        var bob = Base64.getEncoder().encodeToString("bob:secret".getBytes(StandardCharsets.UTF_8));
        var asked = new ArrayList<>(paths);
        asked.add(at("/admin", basic + ann));
        asked.add(at("/admin", basic + bob));
        asked.add(at("/old", basic + bob));
        serve(List.of("127.0.0.0/8"), true);
        var routes = ejected("{users: SITE_USERS, from: [127.0.0.0/8], paths: [/admin, /관리/]}");
        areAlike(routes, asked);

        var let = traefik(routes, "websecure", List.of(at("/admin", basic + ann).raw()))
                .getFirst();
        assertThat(let.path("service").asString()).isEqualTo("shop");
        assertThat(let.path("backend").asString()).isEqualTo("http://shop:3000");
        assertThat(let.path("password").asBoolean()).as("no app sees it").isFalse();
    }

    /// How many of 200 requests come to the canary there.
    private long toCanary(Path routes, Question asked) throws Exception {
        return traefik(routes, "websecure", Collections.nCopies(200, asked.raw())).stream()
                .filter(answer -> answer.path("service").asString().equals("shop-canary"))
                .count();
    }

    @Test
    void aCanaryGetsTheShareThatIsWrittenAndRequestsWithItsField() throws Exception {
        var routes = ejected("{paths: [/admin], from: [127.0.0.0/8]}", "[x-canary=yes, 1h, 5%, 10m, 50%, sticky]");
        var named = at("/admin", "X-Canary: yes");
        assertThat(List.of(toCanary(routes, at("/")), toCanary(routes, named)))
                .as("it is not there yet")
                .containsOnly(0L);

        var text = Files.readString(routes);
        Files.writeString(routes, weighed(weighed(text, 10_000, 9_500, 500), 1, 0, 1));
        assertThat(toCanary(routes, at("/"))).isBetween(9L, 11L);
        assertThat(toCanary(routes, named)).isEqualTo(200);
        assertThat(toCanary(routes, at("/", "X-Canary: no"))).isBetween(9L, 11L);
        var answer = traefik(routes, "websecure", List.of(at("/").raw())).getFirst();
        assertThat(answer.path("fields").path("set-cookie").asString())
                .contains("johwa-part=", "Max-Age=86400", "HttpOnly", "Secure", "SameSite=Lax");
    }

    /// Another pair of weights where the first is this one.
    private static String weighed(String text, int whole, int app, int canary) {
        var expression = "(?s)weight: " + whole + "\\b(.*?)weight: 0\\b";
        assertThat(text).containsPattern(expression);
        return text.replaceFirst(expression, "weight: " + app + "$1weight: " + canary);
    }

    @Test
    void previewsAreServicesOfTheirOwnBehindAPassword() throws Exception {
        var routes = ejected("{}", "[]", "--preview", "main2,feature/X");
        var names = List.of("main2--shop", "feature-x--shop-925df0");
        Files.writeString(
                routes,
                Files.readString(routes)
                        .replace("/etc/traefik/" + names.get(0) + ".users", folder + "/shop.users")
                        .replace("/etc/traefik/" + names.get(1) + ".users", folder + "/shop.users"));
        var ann = Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));
        for (var name : names) {
            var refused = new Question(name + ".localhost", "/");
            var let = new Question(name + ".localhost", "/", "Authorization: Basic " + ann);
            var answers = traefik(routes, "web", List.of(refused.raw(), let.raw()));
            assertThat(answers.get(0).path("status").asInt()).isEqualTo(401);
            assertThat(answers.get(1).path("backend").asString()).isEqualTo("http://" + name + ":3000");
        }
    }

    @Test
    void plainRequestsAreSentToTlsAndLargeBodiesAreRefused() throws Exception {
        var routes = ejected("{}");
        var plain = traefik(routes, "web", List.of(at("/a?b").raw())).getFirst();
        assertThat(plain.path("status").asInt()).isEqualTo(301);
        assertThat(plain.path("fields").path("location").asString()).isEqualTo("https://shop.example.com/a?b");

        var large = "POST / HTTP/1.1\r\nHost: " + CANONICAL + "\r\nContent-Length: 2000\r\n\r\n" + "x".repeat(2000);
        assertThat(traefik(routes, "websecure", List.of(large))
                        .getFirst()
                        .path("status")
                        .asInt())
                .isEqualTo(413);
    }
}
