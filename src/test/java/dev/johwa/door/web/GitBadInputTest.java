package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.git.GitClient;
import dev.johwa.source.identity.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What nobody should push, and what happens then: it is told, and nothing of it stays.
class GitBadInputTest {
    @TempDir
    Path folder;

    private GitDoor door;
    private GitClient work;

    @BeforeEach
    void open() throws IOException {
        door = new GitDoor(Files.createDirectories(folder.resolve("server")));
        work = GitClient.init(folder.resolve("work"));
    }

    @AfterEach
    void close() {
        door.close();
    }

    /// Writes an object that git itself would not make, and gives its id.
    private String object(String type, byte[] content) throws IOException {
        var file = Files.write(folder.resolve("object"), content);
        return work.run("hash-object", "-t", type, "-w", "--literally", file.toString())
                .line();
    }

    private static byte[] entry(String mode, String name, String id) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write((mode + " " + name + "\0").getBytes(StandardCharsets.UTF_8));
        out.write(HexFormat.of().parseHex(id));
        return out.toByteArray();
    }

    private String commitOf(String tree) throws IOException {
        var text = "tree " + tree + "\nauthor A <a@example.com> 1 +0000\ncommitter A <a@example.com> 1 +0000\n\nBad\n";
        return object("commit", text.getBytes(StandardCharsets.UTF_8));
    }

    /// A push of this pack as a client would send it that does not look at what it sends.
    private HttpResponse<String> send(String commit, byte[] pack) throws Exception {
        var line = "0".repeat(40) + " " + commit + " refs/heads/main\0 report-status";
        var body = new ByteArrayOutputStream();
        body.write("%04x%s0000".formatted(line.length() + 4, line).getBytes(StandardCharsets.UTF_8));
        body.write(pack);
        var request = HttpRequest.newBuilder(URI.create(door.plainUrl("/shop.git/git-receive-pack")))
                .header("Content-Type", "application/x-git-receive-pack-request")
                .header("Authorization", basic(door.token))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String basic(String token) {
        return "Basic " + Base64.getEncoder().encodeToString(("johwa:" + token).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] pack(String... ids) throws Exception {
        Files.writeString(folder.resolve("ids"), String.join("\n", ids) + "\n");
        var process = new ProcessBuilder("git", "pack-objects", "--stdout", "-q")
                .directory(work.folder().toFile())
                .redirectInput(folder.resolve("ids").toFile())
                .start();
        return process.getInputStream().readAllBytes();
    }

    @Test
    void anEmptyRepositoryOrABranchWithoutCommitsMakesNoProject() {
        assertThat(work.run("push", door.url("shop"), "main").fails().text()).contains("src refspec main");
        assertThat(work.run("push", "--all", door.url("shop")).text()).doesNotContain("fatal: unable");
        assertThat(door.repositories.list()).isEmpty();
    }

    @Test
    void aCommitWithoutItsTreeIsRefused() throws Exception {
        var commit = commitOf("1".repeat(40));

        var answer = send(commit, pack(commit));

        assertThat(answer.body())
                .contains("unpack ")
                .contains("ng refs/heads/main")
                .doesNotContain("unpack ok");
        assertThat(door.repositories.list()).isEmpty();
        assertThat(door.pushes).isEmpty();
    }

    @Test
    void aBranchThatNamesNothingOfThePackIsRefused() throws Exception {
        work.commit("one", "1");

        var answer = send("2".repeat(40), pack(work.head()));

        assertThat(answer.body()).doesNotContain("unpack ok").doesNotContain("ok refs/heads/main");
        assertThat(door.repositories.list()).isEmpty();
    }

    @Test
    void bytesThatAreNoPackAreRefused() throws Exception {
        var answer = send("2".repeat(40), "PACK and then nothing of the kind".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.body())
                .contains("unpack ")
                .contains("ng refs/heads/main")
                .doesNotContain("unpack ok");
        assertThat(door.repositories.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".git", "..", ".", "a/b", ""})
    void aTreeWithANameThatLeavesItIsRefused(String name) throws Exception {
        var blob = object("blob", "x".getBytes(StandardCharsets.UTF_8));
        var tree = object("tree", entry("100644", name, blob));
        var commit = commitOf(tree);

        var answer = send(commit, pack(commit, tree, blob));

        assertThat(answer.body()).doesNotContain("unpack ok").doesNotContain("ok refs/heads/main");
        assertThat(door.repositories.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "a..b",
                "Shop",
                "sh%F0%9F%99%82op",
                "api",
                "healthz",
                "-x",
                "a--b",
                "a%2Fb",
                "a_b",
                "%2e%2e"
            })
    void aNameThatCannotBeIsToldToTheClient(String name) throws IOException {
        work.commit("one", "1");

        var said = work.run("push", door.url(name), "main").fails();

        assertThat(door.repositories.list()).isEmpty();
        assertThat(said.text()).containsAnyOf("remote: ", "not found", "error: 400");
    }

    @Test
    void aNameOf300CharactersIsTold() throws IOException {
        work.commit("one", "1");

        var said = work.run("push", door.url("x".repeat(300)), "main").fails();

        assertThat(said.text()).contains("1 to 63 lower-case letters");
    }

    @Test
    void aWrongTokenAndOneOfAnotherProjectAreRefused() throws IOException {
        work.commit("one", "1");

        assertThat(work.run("push", door.url("shop", "wrong"), "main").fails().text())
                .contains("Authentication failed");
        var other = door.tokens.create("other", Role.MAINTAINER, Optional.of("another"));
        assertThat(work.run("push", door.url("shop", other), "main").fails().text())
                .contains("403");
        assertThat(door.repositories.list()).isEmpty();
    }

    @Test
    void dumbClientsAndLargeFileStorageAreToldWhatToDo() throws Exception {
        work.commit("one", "1");
        work.run("push", "-q", door.url("shop"), "main").ok();

        assertThat(get("/shop.git/info/refs")).contains("dumb").contains("git 1.6.6 or newer");
        assertThat(get("/shop.git/HEAD")).contains("dumb");
        assertThat(post("/shop.git/info/lfs/objects/batch")).contains("LFS").contains("git lfs migrate export");
    }

    private String get(String path) throws Exception {
        return ask(HttpRequest.newBuilder(URI.create(door.plainUrl(path))));
    }

    private String post(String path) throws Exception {
        return ask(HttpRequest.newBuilder(URI.create(door.plainUrl(path)))
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    private String ask(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    request.header("Authorization", basic(door.token)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isBetween(400, 499);
            return answer.body();
        }
    }
}
