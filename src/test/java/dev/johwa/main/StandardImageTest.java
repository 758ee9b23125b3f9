package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.DockerDaemon;
import dev.johwa.build.registry.Reference;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.docker.ContainerSpec;
import dev.johwa.lib.docker.ContainerSpec.Wiring;
import dev.johwa.lib.docker.Credential;
import dev.johwa.lib.task.Cancel;
import dev.johwa.main.BaseOfTests.Stack;
import dev.johwa.main.ship.CleanRoot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images of apps without a Dockerfile, written on a server without an engine, and run by a real one.
class StandardImageTest {
    private static final Map<String, String> OURS = Map.of("test", "standard-image");
    private static final String NETWORK = "standard-image-test";
    private static final String[] GO = {
        "go.mod", "module hello\n\ngo 1.22\n", "main.go", """
        package main

        import (
            "strconv"
            "syscall"
        )

        // Without the package net, which would be compiled anew first.
        func main() {
            listener, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
            if err != nil {
                panic(err)
            }
            text, _ := syscall.Getenv("PORT")
            port, _ := strconv.Atoi(text)
            syscall.SetsockoptInt(listener, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1)
            if err := syscall.Bind(listener, &syscall.SockaddrInet4{Port: port}); err != nil {
                panic(err)
            }
            if err := syscall.Listen(listener, 16); err != nil {
                panic(err)
            }
            for {
                asker, _, err := syscall.Accept(listener)
                if err != nil {
                    panic(err)
                }
                syscall.Read(asker, make([]byte, 4096))
                syscall.Write(asker, []byte("HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\none "+strconv.Itoa(syscall.Getuid())))
                syscall.Close(asker)
            }
        }
        """, "johwa.yaml", "image: {base: auto}\n"
    };
    private static final String[] NODE = {
        "package.json", """
        {"name": "page", "version": "1.0.0", "private": true,
         "scripts": {"build": "node build.js", "start": "node server.js"}}
        """, "build.js", """
        const names = ['OF_BASE', 'CI'].map(name => process.env[name])
        require('fs').writeFileSync('built.txt', process.execPath + ' ' + names)
        """, "server.js", """
        const built = require('fs').readFileSync('built.txt', 'utf8')
        require('http').createServer((request, response) => response.end('1 ' + built + ' ' + process.getuid()))
          .listen(process.env.PORT, process.env.HOST)
        """, "johwa.yaml", "image: {base: 'bases/node:1'}\n"
    };

    @TempDir
    static Path scratch;

    private static final List<String> PULLED = new ArrayList<>();

    private static DockerDaemon daemon;
    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        daemon = DockerDaemon.shared();
        daemon.engine().networks().require(NETWORK, OURS, false);
        // It knows no engine.
        platform = new Platform();
        var registry = platform.server().stores().registry();
        BaseOfTests.with(Stack.NODE).push(registry, new RepositoryName("bases/node"), "1");
        BaseOfTests.with(Stack.PYTHON).push(registry, new RepositoryName("bases/python"), "1");
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
        PULLED.forEach(daemon.engine().images()::remove);
        daemon.engine().networks().remove(NETWORK);
    }

    /// What the image answers, in a container of the real engine, which pulled it.
    private static String answer(String name) throws Exception {
        var engine = daemon.engine();
        var at = URI.create(platform.server().url()).getAuthority();
        var reference = at + "/" + name;
        var credential = new Credential(at, "johwa", platform.token());
        engine.images().pull(reference, Optional.of(credential), line -> {}, new Cancel());
        // Kept to the end, so that what they stand on is pulled once.
        PULLED.add(reference);
        var id = engine.containers().create("standard-" + name.replaceAll("[:/]", "-"), spec(reference));
        try {
            engine.containers().start(id);
            int port = engine.containers().inspect(id).orElseThrow().published().get(8080);
            var client = HttpClient.newHttpClient();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .build();
            var answer = new String[] {""};
            eventually(() -> {
                try {
                    answer[0] = client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body();
                    return true;
                } catch (IOException e) {
                    return false;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            return answer[0];
        } finally {
            engine.containers().remove(id);
        }
    }

    private static ContainerSpec spec(String image) {
        var usual = ContainerSpec.of(image).withLabels(OURS);
        return new ContainerSpec(
                usual.image(),
                usual.entrypoint(),
                usual.command(),
                usual.environment(),
                usual.folder(),
                usual.user(),
                usual.labels(),
                usual.limits(),
                usual.rights(),
                new Wiring(Optional.of(NETWORK), List.of(), Map.of(8080, 0)),
                usual.mounts(),
                usual.input(),
                usual.init(),
                usual.more());
    }

    private static String image(String repository, String tag) {
        return platform.server()
                .stores()
                .registry()
                .resolve(new RepositoryName(repository), new Reference.Tag(tag))
                .orElseThrow()
                .text();
    }

    private static void released(String repository, String tag) {
        eventually(() -> platform.server()
                .stores()
                .registry()
                .resolve(new RepositoryName(repository), new Reference.Tag(tag))
                .isPresent());
    }

    @Test
    void aGoProgramBecomesAnImageOfNothingElse() throws Exception {
        var repository = platform.repository("hello", GO);

        var said = platform.push(repository, "main");

        assertThat(said).contains("on scratch").contains("http://hello.localhost:");
        released("hello", "1");
        assertThat(answer("hello:1")).isEqualTo("one 10001");

        // The same files again, of another commit, are the same release's image.
        platform.git(repository, "commit", "-q", "--allow-empty", "-m", "Nothing");
        assertThat(platform.push(repository, "main")).contains("these files passed in run 1");
    }

    @Test
    void aNodeAppIsBuiltOnItsBase() throws Exception {
        var repository = platform.repository("page", NODE);

        var said = platform.push(repository, "main");

        assertThat(said).contains("on bases/node:1").contains("http://page.localhost:");
        // As a process it has what was built on the machine.
        assertThat(platform.body("page")).doesNotContain("/usr/local/bin/node yes");
        released("page", "1");
        assertThat(answer("page:1")).isEqualTo("1 /usr/local/bin/node yes,true 10001");
    }

    @Test
    void aNativeModuleOfPythonFitsTheBase() throws Exception {
        var repository = platform.repository(
                "fast",
                "Procfile",
                "web: .venv/bin/python server.py\n",
                "server.py",
                SERVER,
                "johwa.yaml",
                "image: {base: 'bases/python:1'}\n");
        var wheel = wheel();
        Files.copy(wheel, repository.resolve(wheel.getFileName()));
        platform.commit(repository, "requirements.txt", "./" + wheel.getFileName() + "\n");

        var said = platform.push(repository, "main");

        assertThat(said).contains("on bases/python:1").contains("http://fast.localhost:");
        released("fast", "1");
        assertThat(answer("fast:1")).isEqualTo("42 /app/.venv 10001");

        platform.commit(repository, "server.py", SERVER.replace("answer()", "answer() + 1"));
        var second = platform.push(repository, "main");
        assertThat(second).contains("on bases/python:1");
        released("fast", "2");
        assertThat(answer("fast:2")).isEqualTo("43 /app/.venv 10001");
        assertThat(image("fast", "2")).isNotEqualTo(image("fast", "1"));
    }

    private static final String SERVER = """
            import fast, http.server, os, sys

            class Page(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    text = '%d %s %d' % (fast.answer(), sys.prefix, os.getuid())
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(text.encode())

            http.server.HTTPServer((os.environ.get('HOST', ''), int(os.environ['PORT'])), Page).serve_forever()
            """;

    /// A package that is compiled C.
    private static Path wheel() throws Exception {
        var place = Files.createDirectories(scratch.resolve("wheel"));
        Files.writeString(place.resolve("fast.c"), """
                #include <Python.h>
                static PyObject *answer(PyObject *self, PyObject *none) { return PyLong_FromLong(42); }
                static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {0}};
                static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "fast", "", -1, methods};
                PyMODINIT_FUNC PyInit_fast(void) { return PyModule_Create(&module); }
                """);
        var script = """
                import subprocess, sys, sysconfig, zipfile
                folder = sys.argv[1]
                tag = 'cp%d%d-cp%d%d-linux_x86_64' % (sys.version_info[:2] * 2)
                module = 'fast' + sysconfig.get_config_var('EXT_SUFFIX')
                subprocess.check_call(['gcc', '-shared', '-fPIC', '-I', sysconfig.get_path('include'), '-o',
                    folder + '/' + module, folder + '/fast.c'])
                info = 'fast-1.0.dist-info/'
                with zipfile.ZipFile(folder + '/fast.whl', 'w') as wheel:
                    wheel.write(folder + '/' + module, module)
                    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: fast\\nVersion: 1.0\\n')
                    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: ' + tag + '\\n')
                    wheel.writestr(info + 'RECORD', ''.join(name + ',,\\n' for name in
                        [module, info + 'METADATA', info + 'WHEEL', info + 'RECORD']))
                print(tag)
                """;
        var tag = CleanRoot.run(List.of("python3", "-c", script, place.toString()), 60)
                .strip();
        return Files.move(place.resolve("fast.whl"), place.resolve("fast-1.0-" + tag + ".whl"));
    }
}
