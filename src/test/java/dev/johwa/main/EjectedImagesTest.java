package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.DockerDaemon;
import dev.johwa.Tools;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.docker.Credential;
import dev.johwa.lib.task.Cancel;
import dev.johwa.main.BaseOfTests.Stack;
import dev.johwa.serve.release.AppEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dockerfiles of `johwa eject`, built, tested and run by a real daemon, answer as the platform did without them. Their
/// bases are made of programs of this machine, since no hub is reachable.
class EjectedImagesTest {
    private static final String NODE = "johwa-eject-node:1";
    private static final String NGINX = "johwa-eject-nginx:1";
    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");

    private static DockerDaemon daemon;
    private static Platform platform;
    private static Terminal terminal;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        daemon = DockerDaemon.shared();
        platform = Platform.on(daemon);
        terminal = new Terminal(platform, folder);
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
        daemon.engine().images().remove(NODE);
        daemon.engine().images().remove(NGINX);
    }

    /// Pushes an example, ejects it, and pushes it again, now with a Dockerfile.
    private static void bothWays(String example, String base, String... paths) throws Exception {
        var repository = platform.repository(example);
        EjectTest.example(example, repository);
        platform.git(repository, "add", ".");
        platform.git(repository, "commit", "-qm", "all");
        assertThat(platform.push(repository, "main")).contains("http://" + example + ".localhost:");
        var before = answers(example, paths);

        assertThat(terminal.johwa("eject", repository.toString(), "--to", "dockerfile"))
                .as(terminal.err())
                .isZero();
        // The base is the one thing that no machine of tests has.
        Files.writeString(
                repository.resolve("johwa.yaml"), "target: docker\ndocker: {args: {BASE: \"" + base + "\"}}\n");
        platform.git(repository, "add", ".");
        platform.git(repository, "commit", "-qm", "Build by a Dockerfile");
        var pushed = platform.push(repository, "main");
        assertThat(pushed).contains("Step 1/").contains("http://" + example + ".localhost:");
        assertThat(platform.server().releases().list(new AppEnvironment(example, example, AppEnvironment.PRODUCTION)))
                .as(pushed)
                .anyMatch(release -> release.number() == 2 && release.current());
        assertThat(answers(example, paths)).isEqualTo(before);
        if (!example.equals("static-site")) {
            assertThat(pushed).contains("RUN npm test", "7 passed");
        }
    }

    private static List<String> answers(String app, String... paths) throws Exception {
        var answers = new ArrayList<String>();
        for (var path : paths) {
            var answer = platform.get(app + ".localhost", path);
            var type = answer.headers().firstValue("content-type").orElse("");
            answers.add(path + " " + answer.statusCode() + " " + type.replaceFirst(";.*", "") + " " + answer.body());
        }
        return answers;
    }

    @Test
    void aNodeAppIsTheSame() throws Exception {
        // From the registry, and of the app's own: so its layers are compressed once, and not by each push of an image.
        var at = URI.create(platform.server().url()).getAuthority();
        var pulled = at + "/node-hello:base";
        BaseOfTests.with(Stack.NODE)
                .push(platform.server().stores().registry(), new RepositoryName("node-hello"), "base");
        var images = daemon.engine().images();
        images.pull(pulled, Optional.of(new Credential(at, "any", platform.token())), line -> {}, new Cancel());
        images.tag(pulled, NODE);
        images.remove(pulled);
        bothWays("node-hello", NODE, "/", "/api/hello?name=Ada", "/healthz", "/none");
    }

    @Test
    void aSiteIsTheSame() throws Exception {
        var conf = Files.createTempFile("nginx", ".conf");
        Files.writeString(conf, """
                pid /tmp/nginx.pid;
                events {}
                http {
                    types { text/html html; text/css css; }
                    client_body_temp_path /tmp/1; proxy_temp_path /tmp/2; fastcgi_temp_path /tmp/3;
                    uwsgi_temp_path /tmp/4; scgi_temp_path /tmp/5;
                    access_log off;
                    include /etc/nginx/conf.d/*.conf;
                }
                """);
        var nginx = Files.exists(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : Tools.find("nginx");
        base(
                NGINX,
                Map.of("usr/sbin/nginx", Path.of(nginx), "etc/nginx/nginx.conf", conf),
                "CMD [\"/usr/sbin/nginx\", \"-e\", \"stderr\", \"-c\", \"/etc/nginx/nginx.conf\", \"-g\", \"daemon off;\"]");
        bothWays("static-site", NGINX, "/", "/style.css", "/index.html", "/none");
    }

    private static void base(String name, Map<String, Path> files, String... changes)
            throws IOException, InterruptedException {
        var all = new LinkedHashMap<>(files);
        for (var program : files.values()) {
            for (var library : libraries(program)) {
                all.put(library.substring(1), Path.of(library).toRealPath());
            }
        }
        all.put("bin/busybox", DockerDaemon.busyboxFile());
        daemon.engine().images().importTar(out -> write(out, all), name, List.of(changes), new Cancel());
    }

    private static List<String> libraries(Path program) throws IOException, InterruptedException {
        var process = new ProcessBuilder("ldd", program.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return LIBRARY.matcher(said).results().map(each -> each.group(1)).toList();
    }

    private static void write(OutputStream out, Map<String, Path> files) throws IOException {
        var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        var tmp = new TarArchiveEntry("tmp/");
        tmp.setMode(01777);
        tar.putArchiveEntry(tmp);
        tar.closeArchiveEntry();
        for (var applet : List.of("sh", "env", "mkdir", "cat", "ls")) {
            var entry = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
            entry.setLinkName("busybox");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        for (var file : files.entrySet()) {
            add(tar, file.getKey(), file.getValue());
        }
        tar.finish();
        tar.flush();
    }

    private static void add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(file));
        entry.setMode(0755);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }
}
