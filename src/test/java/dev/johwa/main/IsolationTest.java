package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.config.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project looks for all that another has (its files, its environment, its log, its data, its processes, its sockets)
/// and for what the platform has: from a step of its build, and from its app. What holds without root and without
/// bubblewrap is told in `docs/security.md`.
class IsolationTest {
    /// Prints `FOUND …` for what it should not see, and at the end how much it looked at.
    private static final String SPY = """
            import glob, os, signal, socket, stat, sys

            WORD = '-'.join(['treasure', 'of', 'the', 'vault']).encode()
            DATA = open('where').read().strip()
            looked = 0

            def found(what):
                print('FOUND', what, flush=True)

            def look(file):
                global looked
                try:
                    if not stat.S_ISREG(os.stat(file).st_mode):
                        return
                    with open(file, 'rb') as opened:
                        looked += 1
                        if WORD in opened.read(1 << 20):
                            found(file)
                except OSError:
                    pass

            def walk(top):
                for folder, names, files in os.walk(top):
                    names[:] = [n for n in names if os.path.join(folder, n) not in ('/proc', '/sys', '/usr', '/lib')]
                    for name in files:
                        if name in ('johwa.db', 'secrets.key', 'desk.json'):
                            found(os.path.join(folder, name))
                        look(os.path.join(folder, name))

            def processes():
                for place in glob.glob('/proc/[0-9]*'):
                    pid = int(place[6:])
                    for name in ('environ', 'cmdline', 'maps'):
                        look(os.path.join(place, name))
                    for name in ('root', 'cwd'):
                        try:
                            if any(each in os.listdir(os.path.join(place, name)) for each in ('johwa.db', 'treasure')):
                                found(place + '/' + name)
                        except OSError:
                            pass
                    for file in glob.glob(place + '/fd/*') + glob.glob(place + '/root/app/*'):
                        look(file)
                    try:
                        line = open(place + '/cmdline').read()
                        if 'vault.py' in line or 'johwa' in line.replace(DATA, ''):
                            os.kill(pid, 0)
                            found('signal to ' + line)
                    except OSError:
                        pass

            def state():
                for name in ('', '/johwa.db', '/secrets.key', '/git', '/blobs', '/apps', '/apps/vault', '/logs', '/edge',
                             '/run', '/data', '/tls', '/apps/vault/data', '/apps/vault/instances'):
                    for read in (lambda: os.listdir(DATA + name), lambda: open(DATA + name).read(1)):
                        try:
                            read()
                            found('state ' + name)
                        except OSError:
                            pass
                    try:
                        open(DATA + name + '/x', 'w').close()
                        found('a place to write below ' + name)
                    except OSError:
                        pass

            def sockets():
                for line in open('/proc/net/unix').read().splitlines()[1:]:
                    parts = line.split()
                    if len(parts) > 7 and 'johwa' in parts[7]:
                        try:
                            name = parts[7].replace('@', '\\0', 1) if parts[7].startswith('@') else parts[7]
                            with socket.socket(socket.AF_UNIX) as one:
                                one.connect(name)
                                found('socket ' + parts[7])
                        except OSError:
                            pass

            def platform(port):
                for path in ('/api/v1/apps', '/api/v1/projects/vault/secrets', '/api/v1/tokens', '/vault.git/info/refs?service=git-upload-pack'):
                    with socket.create_connection(('127.0.0.1', port), 10) as one:
                        one.sendall(f'GET {path} HTTP/1.0\\r\\nHost: x\\r\\nX-Forwarded-For: 127.0.0.1\\r\\n\\r\\n'.encode())
                        status = one.makefile('rb').readline().split()[1]
                        if status not in (b'401', b'403', b'404', b'302', b'303'):
                            found(f'{path} with {status}')

            def spy():
                inside = os.getcwd().startswith('/app')
                for root in ('/', '/tmp', '/var/tmp', '/dev/shm') if inside else (os.path.dirname(DATA),):
                    walk(root)
                processes()
                state()
                sockets()
                platform(int(open('port').read()))
                print('looked at', looked, 'files', flush=True)
            """;

    private static final String STEP = "test: [\"python3 -c 'import spy; spy.spy()'\"]\nlimits: {build: 60s}\n";

    private static final String[] VAULT = {
        "vault.py",
        """
        import http.server, os, sys
        print(os.environ['TREASURE'][:0] + 'log of the ' + 'treasure' + '-of-the-vault', flush=True)
        os.makedirs('keep', exist_ok=True)
        open('keep/treasure', 'w').write('treasure' + '-of-the-vault')
        http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), http.server.SimpleHTTPRequestHandler).serve_forever()
        """,
        "treasure",
        "treasure-of-the-vault in a file\n",
        "johwa.yaml",
        "start: python3 vault.py\nsecrets: [TREASURE]\ndata: [keep/]\n"
    };

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
        hide(platform);
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static void hide(Platform platform) throws IOException {
        var scope = new Values.Scope("vault", "vault", "production");
        platform.server().values().setSecrets(scope, Map.of("TREASURE", "treasure-of-the-vault"));
        assertThat(platform.push(platform.repository("vault", VAULT), "main")).contains("live");
    }

    private static Path thief(Platform platform, String name, String... more) throws IOException {
        var port = platform.server().url().replaceFirst(".*:", "");
        var repository = platform.repository(
                name, "spy.py", SPY, "where", platform.data() + "\n", "port", port, "index.html", "<h1>Hi</h1>");
        platform.commit(repository, more);
        return repository;
    }

    private static String log(Platform platform, String name) {
        try (Stream<String> lines = platform.server().pipelines().log(name, 1)) {
            return lines.collect(Collectors.joining("\n"));
        }
    }

    private static void sawNothing(String said) {
        assertThat(said).containsPattern("looked at \\d{2,} files").doesNotContain("FOUND");
    }

    @Test
    void aStepSeesNothingOfOthers() throws Exception {
        var output = platform.push(thief(platform, "step", "johwa.yaml", STEP), "main");

        assertThat(output).contains("live");
        sawNothing(log(platform, "step"));
    }

    @Test
    void anAppSeesNothingOfOthers() throws Exception {
        var output =
                platform.push(thief(platform, "app", "app.py", """
                        import contextlib, http.server, io, os, spy

                        class Handler(http.server.BaseHTTPRequestHandler):
                            def do_GET(self):
                                said = io.StringIO()
                                if self.path == '/spy':
                                    with contextlib.redirect_stdout(said):
                                        spy.spy()
                                self.send_response(200)
                                self.end_headers()
                                self.wfile.write(said.getvalue().encode())

                        http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
                        """, "johwa.yaml", "start: python3 app.py\n"), "main");

        assertThat(output).contains("live");
        sawNothing(platform.get("app.localhost", "/spy").body());
    }

    @Test
    void withoutASandboxAccountsStandBetweenThem(@TempDir Path programs) throws Exception {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            return;
        }
        for (var name : new String[] {"sh", "git", "python3"}) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/usr/bin/" + name));
        }
        try (var plain = new Platform(Platform.onlyWith(programs))) {
            hide(plain);
            var output = plain.push(thief(plain, "step", "johwa.yaml", STEP), "main");

            assertThat(output).contains("bubblewrap is not installed").contains("live");
            sawNothing(log(plain, "step"));
        }
    }
}
