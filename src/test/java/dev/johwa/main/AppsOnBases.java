package dev.johwa.main;

import dev.johwa.main.ship.CleanRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Small applications of which images are made, and packages for them that are compiled.
final class AppsOnBases {
    static final String[] GO = {
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
    static final String[] NODE = {
        "package.json", """
        {"name": "page", "version": "1.0.0", "private": true, "dependencies": {"fast": "file:fast-1.0.0.tgz"},
         "scripts": {"build": "node build.js", "start": "node server.js"}}
        """, "build.js", """
        const names = ['OF_BASE', 'CI'].map(name => process.env[name])
        require('fs').writeFileSync('built.txt', process.execPath + ' ' + names)
        """, "server.js", """
        const text = [require('fast'), require('fs').readFileSync('built.txt', 'utf8'), process.getuid()].join(' ')
        require('http').createServer((request, response) => response.end(text))
          .listen(process.env.PORT, process.env.HOST)
        """, "johwa.yaml", "image: {base: 'bases/node:1'}\n"
    };
    static final String[] JAVA = {"pom.xml", """
        <project><modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId><artifactId>plain</artifactId><version>1</version></project>
        """, "Plain.java", """
        import com.sun.net.httpserver.HttpServer;
        import java.net.InetSocketAddress;

        public class Plain {
            public static void main(String[] args) throws Exception {
                var at = new InetSocketAddress(System.getenv("HOST"), Integer.parseInt(System.getenv("PORT")));
                var server = HttpServer.create(at, 0);
                var text = ("1 " + System.getProperty("java.home")).getBytes();
                server.createContext("/", exchange -> {
                    exchange.sendResponseHeaders(200, text.length);
                    exchange.getResponseBody().write(text);
                    exchange.close();
                });
                server.start();
            }
        }
        """, "johwa.yaml", """
        image: {base: 'bases/java:1'}
        build: mkdir -p out && javac -d out Plain.java
        start: [java, -cp, out, Plain]
        """};

    static final String SERVER = """
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
    static Path wheel(Path scratch) throws Exception {
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
    /// A package that is compiled C, and whose script of installation notes where it ran.
    static Path nodeModule(Path scratch) throws Exception {
        var place = Files.createDirectories(scratch.resolve("node/package"));
        Files.writeString(place.resolve("package.json"), """
                {"name": "fast", "version": "1.0.0", "main": "index.js", "scripts": {"install": "node chosen.js"}}
                """);
        Files.writeString(place.resolve("chosen.js"), "require('fs').writeFileSync('chosen.txt', process.execPath)\n");
        Files.writeString(place.resolve("index.js"), """
                const chosen = require('fs').readFileSync(__dirname + '/chosen.txt', 'utf8')
                module.exports = require('./fast.node').answer() + ' on ' + chosen
                """);
        // Declared here, so that no headers of Node.js are needed.
        Files.writeString(scratch.resolve("node/fast.c"), """
                typedef void *env, *value;
                extern int napi_create_int32(env, int, value *);
                extern int napi_create_function(env, const char *, unsigned long, value (*)(env, void *), void *, value *);
                extern int napi_set_named_property(env, value, const char *, value);
                static value answer(env e, void *info) { value v; napi_create_int32(e, 42, &v); return v; }
                value napi_register_module_v1(env e, value exports) {
                    value f;
                    napi_create_function(e, "answer", 6, answer, 0, &f);
                    napi_set_named_property(e, exports, "answer", f);
                    return exports;
                }
                """);
        var folder = scratch.resolve("node").toString();
        var program = folder + "/package/fast.node";
        CleanRoot.run(List.of("gcc", "-shared", "-fPIC", "-o", program, folder + "/fast.c"), 60);
        var packed = folder + "/fast.tgz";
        CleanRoot.run(List.of("tar", "-C", folder, "-czf", packed, "package"), 20);
        return Path.of(packed);
    }

    private AppsOnBases() {}
}
