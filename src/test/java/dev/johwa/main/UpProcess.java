package dev.johwa.main;

import static dev.johwa.Wait.eventually;

import dev.johwa.BuiltProgram;
import dev.johwa.door.api.Client;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `johwa up` as a process of its own, which can be killed at any moment and started again on the same folder and
/// addresses; real git, real HTTP, free ports, a folder that is gone at the end.
final class UpProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final Program program;
    private final Map<String, String> environment;
    private final HttpCalls calls;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;
    private Ready ready;
    private String token = "";
    private int starts;

    /// The line that says it is ready.
    record Ready(String url, String edge, long pid, long edgePid, Optional<String> token) {}

    /// How Java runs the program.
    ///
    /// @param options of Java, and what it runs
    /// @param words more ones after `johwa up`
    record Program(List<String> options, List<String> words) {
        Program(List<String> options, String classPath, String... words) {
            this(Stream.concat(options.stream(), of(classPath)).toList(), List.of(words));
        }

        private static Stream<String> of(String classPath) {
            return Stream.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, Main.class.getName());
        }
    }

    UpProcess() throws IOException {
        this(Map.of());
    }

    UpProcess(Path folder, Program program) throws IOException {
        this(folder, program, Map.of());
    }

    /// @param environment values beside those of this process
    UpProcess(Map<String, String> environment) throws IOException {
        this(Files.createTempDirectory("johwa-up"), new Program(BuiltProgram.words("server"), List.of()), environment);
    }

    private UpProcess(Path folder, Program program, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.program = program;
        this.environment = Map.copyOf(environment);
        // Apps run as users of their own, who must be able to walk in.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        ready = new Ready("http://127.0.0.1:0", "http://127.0.0.1:0", 0, 0, Optional.empty());
        start();
        token = ready.token().orElseThrow();
        calls = new HttpCalls(URI.create(ready.url()));
    }

    void start() throws IOException {
        if (!starts()) {
            throw new AssertionError("it did not start: " + words());
        }
    }

    /// @return false when it ended before it was ready
    boolean starts() throws IOException {
        var output = folder.resolve("up-" + ++starts + ".out").toFile();
        var argv = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        argv.add("-Djdk.httpclient.allowRestrictedHeaders=host");
        argv.addAll(program.options());
        argv.addAll(List.of("up", "--json"));
        argv.addAll(program.words());
        argv.addAll(List.of("--data", data().toString()));
        argv.addAll(List.of("--listen", URI.create(ready.url()).getAuthority()));
        argv.addAll(List.of("--edge", URI.create(ready.edge()).getAuthority()));
        var builder = new ProcessBuilder(argv)
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("up.err").toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        try {
            eventually(() -> !process.isAlive() || read(output.toPath()).contains("\n"));
        } catch (AssertionError e) {
            var where = whereItIs();
            // Nobody would end it: whoever starts it does not get an object to close.
            kill();
            throw new AssertionError("it did not start in time:\n" + where, e);
        }
        var said = read(output.toPath())
                .lines()
                .filter(line -> line.contains("\"edgePid\""))
                .findFirst();
        said.ifPresent(line -> ready = Json.read(line, Ready.class));
        return said.isPresent();
    }

    /// What its threads do.
    private String whereItIs() throws IOException {
        var print = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
        var asked = new ProcessBuilder(print, String.valueOf(process.pid()))
                .redirectErrorStream(true)
                .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /// As `kill -9` does.
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// The process that routes; there may be none for a moment. Java itself tells no words of a program that was
    /// started
    /// with very many.
    Stream<ProcessHandle> edge() {
        return ProcessHandle.allProcesses()
                .filter(each ->
                        read(Path.of("/proc/" + each.pid() + "/cmdline")).contains("\0edge\0" + data()));
    }

    /// As systemd does; edge and apps go on.
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("it did not end by itself:\n" + words());
        }
    }

    Ready ready() {
        return ready;
    }

    Path data() {
        return folder.resolve("data");
    }

    Client client() {
        return new Client(calls, URI.create(ready.url()), Optional.of(token));
    }

    /// A folder with these files and a first commit: name, text, name, text, …
    Path repository(String name, String... files) throws IOException {
        var place = Files.createDirectories(folder.resolve(name));
        git(place, "init", "-q", "-b", "main");
        git(place, "remote", "add", "johwa", ready.url().replace("//", "//johwa:" + token + "@") + "/" + name + ".git");
        commit(place, files);
        return place;
    }

    void commit(Path repository, String... files) throws IOException {
        for (int i = 0; i < files.length; i += 2) {
            var file = repository.resolve(files[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, files[i + 1]);
        }
        git(repository, "add", "-A");
        git(repository, "commit", "-q", "--allow-empty", "-m", "Change " + String.join(" ", files));
    }

    String git(Path repository, String... words) {
        var argv = new ArrayList<>(List.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.com"));
        argv.addAll(List.of(words));
        try {
            var output = Files.createTempFile(folder, "git", ".out");
            var run = new ProcessBuilder(argv)
                    .directory(repository.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                run.destroyForcibly();
                throw new AssertionError(argv + " did not end:\n" + Files.readString(output));
            }
            return Files.readString(output);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String push(Path repository, String... words) {
        var all = new ArrayList<>(List.of("push", "--no-progress", "johwa"));
        all.addAll(List.of(words));
        return git(repository, all.toArray(String[]::new));
    }

    /// What an app answers through the edge: `200 text`, or why there is no answer.
    String ask(String host, String path) {
        var request = HttpRequest.newBuilder(URI.create(ready.edge() + path))
                .timeout(PATIENCE)
                .header("Host", host + ".localhost")
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Wrappers of instances and steps, each with its folder as a word.
    Stream<ProcessHandle> wrappers() {
        return ProcessHandle.allProcesses()
                .filter(each -> Arrays.stream(each.info().arguments().orElse(new String[0]))
                        .anyMatch(word -> word.startsWith(data() + "/")));
    }

    /// What steps of runs started at this moment, and their wrappers.
    List<ProcessHandle> steps() {
        return ProcessHandle.allProcesses()
                .filter(each ->
                        read(Path.of("/proc/" + each.pid() + "/cmdline")).contains(data() + "/run/work/"))
                .filter(each -> each.pid() != process.pid())
                .flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
                .toList();
    }

    /// Folders of instances and steps for which some process lives: each is a word of its wrapper.
    Set<String> livingInstances() {
        var found = new TreeSet<String>();
        ProcessHandle.allProcesses()
                .flatMap(each -> each.info().arguments().stream())
                .flatMap(Arrays::stream)
                .filter(word -> word.startsWith(data() + "/apps/") && word.contains("/instances/"))
                .map(word -> word.replaceFirst(".*/instances/([^/]+).*", "$1"))
                .forEach(found::add);
        return found;
    }

    /// Processes of any kind that know of this folder or belong to one of its projects.
    List<String> leftOvers(String project) throws IOException {
        var marks = Map.of("cmdline", folder.toString(), "environ", "JOHWA_PROJECT=" + project + "\0");
        var left = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var each : all) {
                if (!each.endsWith(String.valueOf(ProcessHandle.current().pid()))
                        && marks.entrySet().stream()
                                .anyMatch(mark ->
                                        read(each.resolve(mark.getKey())).contains(mark.getValue()))) {
                    left.add(each.getFileName() + " "
                            + read(each.resolve("cmdline")).replace('\0', ' '));
                }
            }
        }
        return left;
    }

    /// Ends everything, as `johwa down --apps` does.
    void down() throws IOException {
        DownCommand.end(data(), true);
        process.destroyForcibly();
    }

    String words() {
        var last = read(folder.resolve("up-" + starts + ".out"));
        return read(folder.resolve("up.err")) + (last.contains("# ") ? last : "") + (process.isAlive() ? "" : ended());
    }

    private String ended() {
        return "the control plane pid=" + process.pid() + " ended: " + process.exitValue();
    }

    @Override
    public void close() throws IOException {
        down();
        calls.close();
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
