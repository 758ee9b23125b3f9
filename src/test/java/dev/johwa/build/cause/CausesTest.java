package dev.johwa.build.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.johwa.build.cause.Said.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The files were printed by the tools themselves, once; the lines are words that tools print which are not here.
class CausesTest {
    /// An application prints what it likes, and a deployment or the supervisor waits for the answer.
    @ParameterizedTest
    @ValueSource(strings = {"@", "/", "spawn /", "sh: /", "a@b ", "A", "gcc: ", "^"})
    void hostileWordsTakeNoTime(String word) {
        var line = word.repeat(2_000 / word.length());
        var said = new Said(Collections.nCopies(200, line), "shop", Place.APPLICATION);

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Causes.of(said)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm-out-of-sync.txt | lock.out-of-sync | package-lock.json does not fit package.json | npm install &&",
                "npm-no-lock.txt | lock.missing | there is no package-lock.json | npm install &&",
                "npm-eresolve.txt | peer.conflict | react-dom@17.0.2 wants react@\"17.0.2\" beside it | npm install react@\"17.0.2\" && git commit",
                "npm-e404.txt | package.unknown | no registry that is asked has @johwa-acme-nowhere/ui@1.0.0 | token",
                "npm-engine.txt | version.node | it asks for another version of Node: >=99 | engines",
                "npm-json.txt | manifest.syntax | package.json is no valid JSON | npm",
                "module-node.txt | module.missing | the package express is not installed | npm install express",
                "module-node-esm.txt | module.missing | the package left-pad-not-here is not installed | npm install",
                "file-node.txt | file.missing | the file ./lib/Pay is not in this commit | capital letters",
                "module-python.txt | module.missing | the Python package flask_not_here is not installed | requirements",
                "module-ruby.txt | module.missing | the Ruby file or gem sinatra_not_here is not there | Gemfile",
                "go-module.txt | module.missing | go.mod does not have rsc.io/quote | go get rsc.io/quote",
                "go-sum.txt | lock.out-of-sync | go.mod, go.sum and vendor do not fit the imports | go mod tidy",
                "cargo-lock.txt | lock.out-of-sync | Cargo.lock is not there, or does not fit | cargo generate-lockfile",
                "pip-unknown.txt | package.unknown | no registry that is asked has nothing-like-this-johwa==9 | version",
                "program.txt | program.missing | there is no program vite | dependencies",
                "port-node.txt | port.taken | port 3999 is fixed in the code | PORT",
                "port-python.txt | port.taken | the port on which it insists is taken | PORT",
                "postgres-node.txt | service.postgres | PostgreSQL does not answer | data add shop postgres",
                "value-python.txt | value.missing | the environment value STRIPE_KEY is not set | secrets set shop STRIPE_KEY",
                "value-node.txt | value.missing | the environment value DATABASE_URL is not set | secrets set shop",
                "value-ruby.txt | value.missing | the environment value API_KEY is not set | secrets set shop API_KEY",
                "crlf-env.txt | script.crlf | a script has the line ends of Windows (CRLF) | renormalize",
                "crlf-bash.txt | script.interpreter | the first line of ./crlf.sh names a program that is not there | CRLF",
                "not-executable.txt | script.not-executable | ./start.sh is not executable | --chmod=+x ./start.sh",
                "not-executable-bash.txt | script.not-executable | ./start.sh is not executable | --chmod=+x ./start.sh",
                "header.txt | library.missing | the header libpq-fe.h is not on this machine | apt-get install libpq-dev",
                "memory-node.txt | memory.node | Node's heap is too small | max-old-space-size",
                "memory-java.txt | memory.java | the JVM ran out of memory: Java heap space | limits",
                "network-git.txt | network.none | a name on the network cannot be found | proxy",
                "network-node.txt | network.none | a name on the network cannot be found | proxy",
                "version-go.txt | version.go | it asks for Go 1.99 | go.mod",
                "version-java.txt | version.java | it is written for a newer Java (99) than the one used | maven.compiler",
                "version-rust.txt | version.rust | it asks for a newer Rust: 1.999 | rustup"
            })
    void knowsTheWordsOfTheTools(String file, String code, String what, String mend) throws IOException {
        var cause = Causes.of(said(lines(file)));

        assertThat(cause).isPresent();
        assertThat(cause.get().code()).isEqualTo(code);
        assertThat(cause.get().what()).contains(what).doesNotContain("{");
        assertThat(cause.get().mend()).contains(mend);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error: pg_config executable not found. | library.missing | libpq-dev",
                "ERROR: Ignored the following versions that require a different python version: 6.0 Requires-Python >=3.12; 6.1 Requires-Python >=3.12 | version.python | echo 3.12 > .python-version",
                "sqlite3.OperationalError: no such table: post | database.tables | Procfile",
                "psycopg2.errors.UndefinedTable: relation \"users\" does not exist | database.tables | release:",
                "PermissionError: [Errno 13] Permission denied: '/var/lib/radicale' | folder.foreign | HOME",
                "Error: EACCES: permission denied, mkdir '/data/uploads' | folder.foreign | HOME",
                "ERROR: Specified config '/etc/isso.cfg' does not exist! Exiting. | file.foreign | commit",
                "FileNotFoundError: [Errno 2] No such file or directory: '/etc/app/config.yml' | file.foreign | option",
                "__main__.py: error: argument cmd: invalid choice: '8' (choose from 'run', 'update') | start.words | Procfile",
                "app.py: error: the following arguments are required: database | start.words | Procfile",
                "If nothing else helps, add SKIP_PREFLIGHT_CHECK=true to an .env file | version.preflight | SKIP_PREFLIGHT_CHECK",
                "Usage: python -m pinnwand [OPTIONS] COMMAND [ARGS]... | start.words | Procfile",
                "Error: Missing argument 'CONFIG'. | start.words | Procfile",
                "Error: required flag(s) \"config\" not set | start.words | Procfile",
                "ImproperlyConfigured: The SECRET_KEY setting must not be empty. | value.django | secrets set shop SECRET_KEY",
                "src/_imaging.c:1:10: fatal error: jpeglib.h: No such file or directory | library.missing | libjpeg-dev",
                "fatal error: 'openssl/ssl.h' file not found | library.missing | libssl-dev",
                "fatal error: ffi.h: No such file or directory | library.missing | libffi-dev",
                "fatal error: Python.h: No such file or directory | library.missing | python3-dev",
                "ImportError: libGL.so.1: cannot open shared object file: No such file | library.missing | libgl1",
                "./app: error while loading shared libraries: libpq.so.5: cannot open shared object file | library.missing | libpq5",
                "Error: Please make sure the libxml2 and libxslt development packages are installed. | library.missing | libxml2-dev",
                "Package 'cairo', required by 'virtual:world', not found | library.missing | libcairo2-dev",
                "/usr/bin/ld: cannot find -lpq: No such file or directory | library.missing | libpq",
                "error: command 'gcc' failed: No such file or directory | compiler.missing | build-essential",
                "error: linker `cc` not found | compiler.missing | build-essential",
                "gyp ERR! stack Error: not found: make | compiler.missing | build-essential",
                "cgo: C compiler \"gcc\" not found: exec: \"gcc\": executable file not found in $PATH | compiler.missing | build-essential",
                "npm error code E401 | registry.refused | token",
                "ERROR: 403 Client Error: Forbidden for url: https://pypi.acme.test/simple/x/ | registry.refused | token",
                "fatal: could not read Username for 'https://github.com': terminal prompts disabled | registry.private-git | vendor",
                "ERROR: Package 'a' requires a different Python: 3.11.7 not in '>=3.99' | version.python | .python-version",
                "error The engine \"node\" is incompatible with this module. Expected version \">=99\". Got \"20\" | version.node | engines",
                "Your Ruby version is 3.1.2, but your Gemfile specified 3.3.0 | version.ruby | Gemfile",
                "a.B has been compiled by class file version 69.0, this version of the Java Runtime only recognizes up to 61.0 | version.java | JDK",
                "ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with frozen-lockfile | lock.out-of-sync | pnpm install",
                "error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`. | lock.out-of-sync | yarn install",
                "pyproject.toml changed significantly since poetry.lock was last generated. | lock.out-of-sync | poetry lock",
                "error: The lockfile at `uv.lock` needs to be updated, but `--locked` was provided | lock.out-of-sync | uv lock",
                "decouple.UndefinedValueError: SECRET_KEY not found. Declare it as envvar or define a default value. | value.missing | SECRET_KEY",
                "django.core.exceptions.ImproperlyConfigured: Set the SECRET_KEY environment variable | value.missing | SECRET_KEY",
                "error: Environment variable not found: DATABASE_URL. | value.missing | DATABASE_URL",
                "Could not resolve placeholder 'STRIPE_KEY' in value \"${STRIPE_KEY}\" | value.missing | STRIPE_KEY",
                "panic: JWT_SECRET must be set | value.missing | JWT_SECRET",
                "(RuntimeError) environment variable DATABASE_URL is missing. | value.missing | DATABASE_URL",
                "connection to server at \"localhost\" (127.0.0.1), port 5432 failed: Connection refused | service.postgres | johwa data add shop postgres",
                "dial tcp 127.0.0.1:3306: connect: connection refused | service.mysql | DATABASE_URL",
                "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused. | service.redis | johwa data add shop redis",
                "MongoServerSelectionError: connect ECONNREFUSED 127.0.0.1:27017 | service.mongodb | DATABASE_URL",
                "Web server failed to start. Port 8080 was already in use. | port.taken | PORT",
                "listen tcp :8080: bind: address already in use | port.taken | PORT",
                "No `sails.config.sockets.onlyAllowOrigins` or `sails.config.sockets.beforeConnect` | host.sails | production.js",
                "Invalid HTTP_HOST header: 'shop.localhost'. You may need to add 'shop.localhost' to ALLOWED_HOSTS. | host.django | ALLOWED_HOSTS",
                "/bin/sh^M: bad interpreter: No such file or directory | script.crlf | renormalize",
                "npm error path /app/node_modules/sharp | package.script | npm uninstall",
                "npm error ENOSPC: no space left on device, write | disk.full | johwa doctor",
                "error: could not compile `syn` (lib)  (signal: 9, SIGKILL: kill) | memory.killed | memory",
                "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/lib/Client' imported from /app/lib/Client.test.js | import.ending | ./name.js",
                "error: Source option 7 is no longer supported. Use 8 or later. | version.java-old | to 8",
                "Error: ENOENT: no such file or directory, scandir '/app/migrations' | folder.empty | migrations/.gitkeep",
                "error TS7016: Could not find a declaration file for module 'formidable' | version.types | @types/formidable",
                "tsconfig.json(7,5): error TS5101: Option 'baseUrl' is deprecated and will stop | version.typescript | ^5",
                "[ERROR] java.lang.IllegalArgumentException: 25.0.3 | version.java-new | kotlin.version",
                "Failed to establish a new connection: [Errno -2] Name or service not known')': /simple/setuptools/ | network.none | proxy",
                "Error: Pear requires a 'dev' or 'nightly' version of rustc. | version.rust-nightly | rust-toolchain.toml",
                "npm error notarget No matching version found for left-pad@^9.0.0. | package.unknown | its name and version",
                "➤ YN0082: │ @verdaccio/e2e-cli@npm:3.2.0: No candidates found | package.unknown | its name and version",
                "error Couldn't find any versions for \"left-pad\" that matches \"^9.0.0\" | package.unknown | its name and version",
                "error: failed to select a version for the requirement `serde = \"^99\"` | package.unknown | its name and version",
                "Failed to fetch `Geist` from Google Fonts. | fonts.google | next/font/local",
                "Failed to fetch Inter from Google Fonts. | fonts.google | HTTPS_PROXY",
                "ERROR: No matching distribution found for pywin32==306 | requirement.system | sys_platform == 'win32'",
                "ERROR: No matching distribution found for pkg-resources==0.0.0 | requirement.no-package | take its line",
                "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: '/opt/conda/conda-bld/attrs_1/work' | requirement.elsewhere | NAME==VERSION",
                "ERROR: /home/me/ours is not a valid editable requirement. It should either be a path | requirement.elsewhere | ./FOLDER",
                "error: Distribution not found at: file:///home/me/ours | requirement.elsewhere | ./FOLDER",
                "Treating warnings as errors because process.env.CI = true. | build.warnings | env: {CI: \"false\"} in johwa.yaml",
                "  code: 'ERR_OSSL_EVP_UNSUPPORTED' | version.openssl | --openssl-legacy-provider",
                "Vite manifest not found at: /app/public/build/manifest.json | pages.not-built | npm run build",
                "Illuminate\\Foundation\\ViteManifestNotFoundException | pages.not-built | `build:` in johwa.yaml",
                "RuntimeError: You need to use the eventlet server. See the Deployment section | server.sockets | socketio.run",
                "ModuleNotFoundError: No module named 'pkg_resources' | version.setuptools | setuptools<81",
                "error: externally-managed-environment | python.managed | .venv/bin/pip",
                "Error: Cannot find module 'node:fs' | version.node-old | .node-version",
                "Error [ERR_UNKNOWN_BUILTIN_MODULE]: No such built-in module: node:test | version.node-old | .node-version",
                "npm ERR! code ERESOLVE | peer.conflict | fit each other",
                "npm ERR! code E401 | registry.refused | token",
                "npm ERR! code EJSONPARSE | manifest.syntax | npm pkg fix",
                "npm ERR! notsup Required: {\"node\":\">=99\"} | version.node | engines",
                "npm ERR! path /app/node_modules/sharp | package.script | npm uninstall",
                "npm ERR! 404  '@ours/ui@1.0.0' is not in this registry. | package.unknown | token",
                "Error: Cannot find module '/app/dist/main.js' | file.missing | build"
            })
    void knowsWordsOfOtherTools(String line, String code, String mend) {
        var cause = Causes.of(said(List.of("before", "\u001B[31m" + line + "\u001B[0m\r", "after")));

        assertThat(cause.map(Cause::code)).contains(code);
        assertThat(cause.orElseThrow().mend()).contains(mend);
        assertThat(cause.orElseThrow().what()).doesNotContain("{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12 tests passed",
                "AssertionError: 404 != 200",
                "KeyError: 'USER_ID'",
                "fatal error: shop/cart.h: No such file or directory",
                "GET /items 403",
                "npm warn EBADENGINE Unsupported engine",
                "the value NAME is not nice",
                "panic: runtime error: index out of range",
                "connect to port 54321",
                "Cannot find module 'node:fs' from 'src/shop.js'",
                ""
            })
    void saysNothingWithoutTheWords(String line) {
        assertThat(Causes.of(said(List.of(line)))).isEmpty();
    }

    @Test
    void endlessLinesCostNothing() {
        for (var line :
                List.of("x".repeat(5_000_000), "a:".repeat(500_000), "'".repeat(500_000), " ".repeat(900_000))) {
            assertThat(Causes.of(said(List.of(line)))).isEmpty();
        }
    }

    @Test
    void testsWithoutTheirDatabaseAreToldAsThat() {
        var said = new Said(List.of("Error: connect ECONNREFUSED 127.0.0.1:5432"), "shop", Place.TEST);

        assertThat(Causes.ofTests(said).map(Cause::lines))
                .hasValueSatisfying(lines -> assertThat(lines.getFirst())
                        .isEqualTo("Cause: PostgreSQL does not answer where it is looked for; tests have none here."));
        assertThat(Causes.ofTests(new Said(
                                List.of("Caused by: IllegalStateException: Could not find a valid Docker environment."),
                                "shop",
                                Place.TEST))
                        .map(Cause::code))
                .contains("service.docker");
        assertThat(Causes.ofTests(new Said(
                                List.of("AttributeError: module 'paramiko' has no attribute 'DSSKey'"),
                                "shop",
                                Place.TEST))
                        .map(Cause::mend))
                .hasValueSatisfying(mend -> assertThat(mend).contains("paramiko==VERSION"));
        assertThat(Causes.of(new Said(
                                List.of(
                                        "ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (/app/.venv/x.py)"),
                                "shop",
                                Place.APPLICATION))
                        .map(Cause::mend))
                .hasValueSatisfying(mend -> assertThat(mend).contains("werkzeug.urls==VERSION"));
        assertThat(Causes.of(new Said(
                                List.of("Error: module 'inspect' has no attribute 'getargspec'"),
                                "shop",
                                Place.APPLICATION))
                        .map(Cause::code))
                .contains("version.python-old");
        assertThat(Causes.of(new Said(
                                List.of(
                                        "[ERROR] \tat org.jetbrains.org.objectweb.asm.ClassReader.readModule(ClassReader.java:761)"),
                                "shop",
                                Place.APPLICATION))
                        .map(Cause::code))
                .contains("version.kotlin-old");
        assertThat(Causes.of(new Said(
                                List.of(
                                        "java.lang.SecurityException: Invalid signature file digest for Manifest main attributes"),
                                "shop",
                                Place.APPLICATION))
                        .map(Cause::code))
                .contains("version.jar-signed");
        assertThat(Causes.of(new Said(
                                List.of("SyntaxError: Missing parentheses in call to 'print'. Did you mean print(1)?"),
                                "shop",
                                Place.APPLICATION))
                        .map(Cause::code))
                .contains("version.python-two");
        assertThat(Causes.ofTests(new Said(List.of("AssertionError: 1 != 2"), "shop", Place.TEST)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Configuration is currently invalid ; ; ? SERVER_URL*;    - Value is required but is currently empty | SERVER_URL",
                "Invalid environment variables: [; {; path: [ 'DATABASE_URL' ],; message: 'Required' | DATABASE_URL",
                "Missing environment variables:;    API_TOKEN: eg. abc | API_TOKEN"
            })
    void knowsAValueThatIsListedBelowAHeadline(String lines, String name) {
        var said = new Said(List.of(lines.split(";")), "shop", Place.STEP);

        assertThat(Causes.of(said).map(Cause::mend)).contains("env: {" + name + ": …} in johwa.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "fixture 'create_app' not found, tests.fixture, conftest.py",
        "*** Please tell me who you are., tests.committer, GIT_COMMITTER_EMAIL"
    })
    void knowsWhatTestsFindAtTheirAuthors(String line, String code, String mend) {
        assertThat(Causes.ofTests(new Said(List.of(line), "shop", Place.TEST))).hasValueSatisfying(cause -> {
            assertThat(cause.code()).isEqualTo(code);
            assertThat(cause.mend()).contains(mend);
        });
    }

    @Test
    void knowsAnswersThatRefuseTheHost() {
        assertThat(Causes.ofAnswer("<html><body><h1>Bad Request (400)</h1><p></p></body></html>")
                        .map(Cause::code))
                .contains("host.django");
        assertThat(Causes.ofAnswer("Blocked request. This host (\"shop.localhost\") is not allowed.")
                        .map(Cause::what))
                .contains("Vite's development server refuses the host shop.localhost");
        assertThat(Causes.ofAnswer("Invalid Host header").map(Cause::code)).contains("host.webpack");
        assertThat(Causes.ofAnswer("{\"error\":\"not found\"}")).isEqualTo(Optional.empty());
    }

    @Test
    void namesWhatTheCodeReadsAndNothingSets(@TempDir Path folder) throws IOException {
        write(folder, "src/pay.js", "const a = process.env.STRIPE_KEY;\nconst b = process.env.MODE || 'test';\n");
        write(folder, "app.py", "import os\nA = os.environ['SECRET_KEY']\nB = os.getenv('LEVEL', 'info')\n");
        write(folder, "main.go", "url := os.Getenv(\"DATABASE_URL\")\nport := os.Getenv(\"PORT\")\n");
        write(folder, "node_modules/x/index.js", "process.env.FOREIGN");
        write(folder, "application.yml", "key: ${API_KEY}\nother: ${WITH_DEFAULT:x}\n");

        assertThat(EnvironmentReads.of(folder))
                .containsOnlyKeys("STRIPE_KEY", "SECRET_KEY", "DATABASE_URL", "API_KEY")
                .containsEntry("STRIPE_KEY", "src/pay.js:1");
        assertThat(EnvironmentReads.unset(folder, Set.of("SECRET_KEY", "API_KEY")))
                .containsExactly("The code reads, without a default, and nothing sets: DATABASE_URL (main.go:1),"
                        + " STRIPE_KEY (src/pay.js:1)");
        assertThat(EnvironmentReads.unset(folder, Set.of("SECRET_KEY", "API_KEY", "DATABASE_URL", "STRIPE_KEY")))
                .isEmpty();
    }

    private static Said said(List<String> lines) {
        return new Said(lines, "shop", Place.APPLICATION);
    }

    private static void write(Path folder, String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, text);
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream input = Objects.requireNonNull(CausesTest.class.getResourceAsStream(file), file)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
