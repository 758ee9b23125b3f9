package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.task.Tasks;
import dev.johwa.watch.advisory.Samples;
import dev.johwa.watch.notice.Sign;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an artifact is made of and where it comes from, by the CLI against a real server.
class ArtifactTest extends AtATerminal {
    @TempDir
    static Path folder;

    private static Path repository;

    @BeforeAll
    static void start() throws Exception {
        repository = platform.repository("shop", Apps.PYTHON);
        platform.commit(repository, "version", "1\n", "vendor/requirements.txt", "six==1.16.0\n");
        platform.push(repository, "main");
    }

    private JsonNode json(String... words) {
        assertThat(johwa(words)).as(err()).isZero();
        return Json.tree(out());
    }

    private JsonNode verified() {
        Wait.eventually(() -> johwa("artifact", "verify", "shop", "--json") == 0);
        return Json.tree(out());
    }

    @Test
    void billAndLicences() {
        assertThat(json("artifact", "sbom", "shop")
                        .path("components")
                        .path(0)
                        .path("purl")
                        .asString())
                .isEqualTo("pkg:pypi/six@1.16.0");
        assertThat(johwa("artifact", "licences", "shop")).isZero();
        assertThat(out()).contains("unknown", "six@1.16.0");
        assertThat(johwa("artifact", "sbom", "shop", "77")).isEqualTo(1);
        assertThat(err()).contains("has no release 77");
    }

    @Test
    void knownVulnerabilitiesByAnExportInTheDataFolder() throws Exception {
        var alone = platform.repository("vulnerable", Apps.PYTHON);
        platform.commit(alone, "requirements.lock", "", "lib/requirements.txt", "jinja2==2.10\nidna==3.6\n");
        platform.push(alone, "main");
        var export = platform.data().resolve("osv");
        assertThat(johwa("artifact", "vulnerabilities", "vulnerable")).isEqualTo(1);
        assertThat(err()).contains("no advisories", export.toString());
        var high = "\"aliases\": [\"CVE-2099-1\"], \"database_specific\": {\"severity\": \"HIGH\"},";
        Samples.put(export, "PyPI/1.json", Samples.advisory("GHSA-aaaa-bbbb-cccc", high, "PyPI", "Jinja2", "2.10.1"));
        try {
            var first = json("artifact", "vulnerabilities", "vulnerable", "--json");
            var found = first.path("vulnerabilities").path(0);
            assertThat(found.path("id").asString()).isEqualTo("CVE-2099-1");
            assertThat(found.path("fixed").path(0).asString()).isEqualTo("2.10.1");
            assertThat(johwa("artifact", "vulnerabilities", "vulnerable", "--fail", "high"))
                    .isEqualTo(1);
            assertThat(out()).contains("1 high", "jinja2@2.10", "2.10.1");
            assertThat(johwa("artifact", "vulnerabilities", "vulnerable", "--fail", "hihg"))
                    .isEqualTo(2);
            Samples.put(
                    export,
                    "PyPI/2.json",
                    Samples.advisory("GHSA-dddd-eeee-ffff", high.replace("99-1", "99-2"), "PyPI", "idna", "3.7"));
            assertThat(json("artifact", "vulnerabilities", "vulnerable", "--json")
                            .path("vulnerabilities"))
                    .hasSize(2);
            platform.commit(
                    alone,
                    "johwa.yaml",
                    "vulnerabilities:\n  ignore:\n    CVE-2099-2: {reason: no names of strangers, until: 2999-01-01}\n",
                    "lib/requirements.txt",
                    "idna==3.6\nstarlette==0.1\n");
            Samples.put(
                    export,
                    "PyPI/3.json",
                    Samples.advisory(
                            "GHSA-gggg-hhhh-jjjj", high.replace("99-1", "99-3"), "PyPI", "starlette", "0.40.0"));
            assertThat(johwa("artifact", "vulnerabilities", "vulnerable")).isZero();
            assertThat(platform.push(alone, "main"))
                    .contains("known vulnerability: CVE-2099-3, high, of starlette 0.1; mended in 0.40.0")
                    .doesNotContain("CVE-2099-2");
            assertThat(johwa("artifact", "vulnerabilities", "vulnerable", "--fail", "high"))
                    .isEqualTo(1);
            assertThat(out()).contains("1 ignored", "1 new since release 1", "gone since release 1: CVE-2099-1");
            assertThat(page("/vulnerable/releases/2")).contains("1; high or critical: 1; new with it: 1");
            noticeTellsOf("CVE-2099-3", "starlette 0.1, mended in 0.40.0");
        } finally {
            Trees.delete(export);
        }
    }

    private static void noticeTellsOf(String id, String value) {
        var server = platform.server();
        try (var tasks = new Tasks()) {
            var look = new VulnerabilityLook(
                    () -> true,
                    () -> server.stores().artifacts().vulnerabilities(server.releases(), tasks),
                    server.releases(),
                    new SystemClock());
            look.survey();
            var sign = look.signs(key -> false).getFirst();
            assertThat(sign.words().headline())
                    .isEqualTo("vulnerable in production has a known vulnerability that is high or critical");
            assertThat(sign.words().details()).containsExactly(new Sign.Detail(id, "high, " + value));
            assertThat(sign.words().path()).isEqualTo("/vulnerable/releases/2");
            assertThat(look.isThere(sign.key())).isTrue();
        }
    }

    @Test
    void papersAreReferrersOfTheArtifact() {
        var artifact = verified().path("artifact").asString();
        assertThat(get("/v2/shop/referrers/" + artifact))
                .contains("application/vnd.cyclonedx+json", "application/vnd.dsse.envelope.v1+json");
    }

    /// As a person sees it who signed in with the token.
    private static String page(String path) throws Exception {
        var server = "http://127.0.0.1:" + port();
        try (var http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var form = BodyPublishers.ofString("token=" + platform.token());
            var login = HttpRequest.newBuilder(URI.create(server + "/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(form);
            http.send(login.build(), BodyHandlers.discarding());
            return http.send(HttpRequest.newBuilder(URI.create(server + path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static String get(String path) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                    .header("Authorization", "Bearer " + platform.token())
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int port() {
        return URI.create(platform.server().url()).getPort();
    }

    @Test
    void opensslKnowsTheSignature() throws Exception {
        var statement = verified().path("statements").path(0);
        assertThat(johwa("artifact", "key")).isZero();
        var key = Files.writeString(folder.resolve("key.pem"), out());
        var payload = Base64.getDecoder().decode(statement.path("payload").asString());
        var type = "application/vnd.in-toto+json";
        var form = ("DSSEv1 " + type.length() + " " + type + " " + payload.length + " "
                + new String(payload, StandardCharsets.UTF_8));
        var signature = statement.path("signatures").path(0).path("sig").asString();
        var signed =
                Files.write(folder.resolve("signature"), Base64.getDecoder().decode(signature));
        assertThat(openssl(key, signed, Files.writeString(folder.resolve("form"), form)))
                .isZero();
        assertThat(openssl(key, signed, Files.writeString(folder.resolve("other"), form + " ")))
                .isNotZero();
        assertThat(Json.read(payload, JsonNode.class).path("predicateType").asString())
                .isEqualTo("https://slsa.dev/provenance/v1");
    }

    private static int openssl(Path key, Path signature, Path form) throws Exception {
        return new ProcessBuilder(
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        key.toString(),
                        "-rawin",
                        "-in",
                        form.toString(),
                        "-sigfile",
                        signature.toString())
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    @Test
    void anotherKeyAndATamperedBlobAreTold() throws Exception {
        var artifact = verified().path("artifact").asString();
        var other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var pem = Files.writeString(
                folder.resolve("other.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(other.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        assertThat(johwa("artifact", "verify", "shop", "--key", pem.toString())).isEqualTo(1);
        assertThat(out()).contains("NOT verified", "is not of the key in");
        platform.commit(repository, "version", "2\n");
        platform.push(repository, "main");
        var now = verified();
        assertThat(now.path("release").asInt()).isEqualTo(2);
        assertThat(now.path("artifact").asString()).isNotEqualTo(artifact);
        var hex = artifact.substring(7);
        var manifest = platform.data().resolve("blobs/sha256/" + hex.substring(0, 2) + "/" + hex);
        var layer = Json.read(Files.readAllBytes(manifest), JsonNode.class)
                .path("layers")
                .path(0)
                .path("digest")
                .asString()
                .substring(7);
        var place = platform.data().resolve("blobs/sha256/" + layer.substring(0, 2) + "/" + layer);
        var bytes = Files.readAllBytes(place);
        bytes[bytes.length / 2] ^= 1;
        Files.write(place, bytes);
        assertThat(johwa("artifact", "verify", "shop", "1")).isEqualTo(1);
        assertThat(out()).contains("NOT verified", layer.substring(0, 12));
    }
}
