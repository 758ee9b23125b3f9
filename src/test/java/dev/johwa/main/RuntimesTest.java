package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Projects that ask for other runtimes than the machine has, fetched from the real registries.
class RuntimesTest {
    private static final String NODE = "22.11.0";
    private static final String GO = "1.25.3";
    private static final String SERVER = """
            const http = require('http')
            http.createServer((request, response) => response.end(process.version + ' ' + process.env.PATH))
              .listen(process.env.PORT)
            """;

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static void needs(String program) {
        var path = Arrays.stream(System.getenv("PATH").split(":")).map(Path::of).toList();
        Assumptions.assumeTrue(Programs.find(program, path).isPresent(), program + " is not here");
    }

    @Test
    void aNodeThatIsNotHereIsFetchedOnceAndRuns() throws Exception {
        needs("npm");
        var repository = platform.repository(
                "other",
                "package.json",
                "{\"name\": \"other\", \"scripts\": {\"test\": \"node --version && npm --version\"}}",
                ".nvmrc",
                NODE,
                "server.js",
                SERVER);

        assertThat(platform.push(repository, "main"))
                .contains(
                        "node " + NODE + " (.nvmrc) is not here and is fetched from npm into the platform's own store")
                .contains("node " + NODE + " fetched as node-linux-")
                .contains(".nvmrc asks for " + NODE)
                .contains("Node.js " + NODE)
                .contains("http://other.localhost:");
        var bin = platform.data().resolve("toolchains/node/" + NODE + "/bin");
        assertThat(platform.body("other")).startsWith("v" + NODE + " ").contains(bin.toString());
        // What is chosen comes before the system's; nothing else of the machine is there.
        var path = platform.body("other").replaceFirst("^\\S+ ", "");
        assertThat(path.split(":"))
                .filteredOn(each -> !each.contains("node_modules"))
                .containsExactly(bin.toString(), "/usr/local/bin", "/usr/bin", "/bin");

        platform.commit(repository, "note.txt", "a change");
        assertThat(platform.push(repository, "main"))
                .doesNotContain(" fetched as ")
                .contains("Node.js " + NODE)
                .contains("http://other.localhost:");
    }

    @Test
    void aGoThatIsNotHereIsFetchedAndBuilds() throws Exception {
        needs("go");
        var repository = platform.repository(
                "gopher", "go.mod", "module gopher\n\ngo 1.21\n", ".go-version", GO, "main.go", """
                package main

                import ("fmt"; "net"; "os"; "runtime")

                func main() {
                    listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
                    for err == nil {
                        client, _ := listener.Accept()
                        client.Read(make([]byte, 4096))
                        fmt.Fprintf(client, "HTTP/1.1 200 OK\\r\\ncontent-length: %d\\r\\nconnection: close\\r\\n\\r\\n%s", len(runtime.Version()), runtime.Version())
                        client.Close()
                    }
                }
                """);

        assertThat(platform.push(repository, "main"))
                .contains("go " + GO + " fetched as golang.org/toolchain@v0.0.1-go" + GO)
                .contains("h1:")
                .contains("http://gopher.localhost:");
        assertThat(platform.body("gopher")).isEqualTo("go" + GO);
    }

    @Test
    void aServerThatMayNotFetchUsesWhatIsHereAndSaysSo() throws Exception {
        needs("node");
        try (var platform = new Platform(usual -> Platform.with(usual, Map.of("fetch", false)))) {
            var repository = platform.repository("stay", "package.json", "{}", ".nvmrc", "99", "server.js", SERVER);

            assertThat(platform.push(repository, "main"))
                    .contains("this server fetches no runtimes (`johwa up --no-fetch`)")
                    .doesNotContain("is fetched from")
                    .contains(".nvmrc asks for Node.js 99; ")
                    .contains("is used, as here are only")
                    .contains("http://stay.localhost:");
            assertThat(Files.exists(platform.data().resolve("toolchains/node"))).isFalse();
        }
    }

    @Test
    void aVersionThatNobodyServesIsTold() throws IOException {
        needs("npm");
        var repository = platform.repository("future", "package.json", "{}", ".nvmrc", "98", "server.js", SERVER);

        assertThat(platform.push(repository, "main"))
                .contains("the registry serves no node 98")
                .contains(".nvmrc asks for Node.js 98; ");

        var manifest = "[project]\nname = \"later\"\nversion = \"1\"\nrequires-python = \">=3.29\"\n";
        var later = platform.repository("later", "pyproject.toml", manifest, "app.py", "print(1)\n");
        assertThat(platform.push(later, "main"))
                .contains("pyproject.toml asks for Python >=3.29, and the newest here is 3.")
                .contains("To mend it: install that Python on the server")
                .doesNotContain("  install  ");
    }

    @Test
    void theServersRuleRefusesToFetch(@TempDir Path folder) throws Exception {
        needs("npm");
        var spec = Files.writeString(folder.resolve("server.yaml"), "rules:\n  fetch: false\n");
        try (var platform = new Platform(usual -> Platform.with(usual, Map.of("spec", Optional.of(spec))))) {
            var repository = platform.repository("kept", "package.json", "{}", ".nvmrc", NODE, "server.js", SERVER);

            assertThat(platform.push(repository, "main"))
                    .contains("node " + NODE + " (.nvmrc) is not here and is not fetched: `fetch` is false (")
                    .contains("server.yaml:2:")
                    .doesNotContain(" fetched as ");
            platform.commit(repository, "johwa.yaml", "fetch: true\n");
            assertThat(platform.push(repository, "main")).contains("'fetch' is true; this server allows only false");
        }
    }
}
