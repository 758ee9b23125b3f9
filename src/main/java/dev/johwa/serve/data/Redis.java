package dev.johwa.serve.data;

import dev.johwa.build.pipeline.Fixtures;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Valkey or Redis from the packages of Debian. Its databases are numbers that anybody may choose, and its keys have no
/// owners, so each database is a small server of its own. Writes are on the disk within a second.
final class Redis implements Engine {
    private static final Path PROGRAMS = Path.of("/usr/bin");
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TO_DUMP = Duration.ofMinutes(30);
    private static final String US = "johwa";
    private static final int MEMORY = 256;
    private static final int CONNECTIONS = 500;

    private static final String SETTINGS = """
            # Written by Johwa before each start.
            bind 127.0.0.1
            port %d
            unixsocket %s
            unixsocketperm 700
            dir %s
            aclfile %s
            appendonly yes
            save ""
            maxmemory %dmb
            maxclients %d
            maxmemory-policy noeviction
            # A dump goes by replication, for which more might ask: nobody else does.
            repl-diskless-sync-delay 0
            """;

    private final Tools tools;
    private final Map<String, Optional<String>> versions = new ConcurrentHashMap<>();

    Redis(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Kind kind() {
        return Kind.REDIS;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public boolean restoresAtRest() {
        return true;
    }

    private static String family() {
        return Files.isExecutable(PROGRAMS.resolve("valkey-server")) ? "valkey" : "redis";
    }

    private static String program(String what) {
        return PROGRAMS.resolve(family() + "-" + what).toString();
    }

    @Override
    public Map<String, Path> installed() {
        var server = program("server");
        if (!Files.isExecutable(Path.of(server))) {
            return Map.of();
        }
        // A new package has a new time.
        var key = server + Trees.modifiedAt(Path.of(server));
        return versions.computeIfAbsent(key, each -> Programs.firstLine(List.of(server, "--version")))
                .map(VERSION::matcher)
                .filter(found -> found.find())
                .map(found -> Map.of(found.group(1), PROGRAMS))
                .orElse(Map.of());
    }

    /// Newer ones read what older ones wrote.
    @Override
    public Optional<Path> programs(String version) {
        return installed().values().stream().findFirst();
    }

    @Override
    public String packageName(Optional<String> version) {
        return family() + "-server";
    }

    @Override
    public boolean isMovable() {
        return false;
    }

    @Override
    public Movable movable() {
        throw Problem.user("data.version", "databases of Redis need no upgrade: a newer version reads what is there")
                .hint("install the newer package, then end the server once; it is started again by itself")
                .exception();
    }

    /// It begins with nothing.
    @Override
    public void initialise(Site site, Path folder) {}

    @Override
    public Optional<String> versionOf(Path files) {
        return Optional.empty();
    }

    @Override
    public List<String> command(Site site) {
        var who = site.settings().resolve("users.acl");
        if (!Files.exists(who)) {
            tools.tell(site, "users.acl", ours(site) + "user default off\n");
        }
        var settings = tools.tell(
                site,
                "redis.conf",
                SETTINGS.formatted(site.port(), socket(site), site.files(), who, MEMORY, CONNECTIONS));
        return List.of(program("server"), settings.toString());
    }

    private static Path socket(Site site) {
        return site.socket().resolve("s");
    }

    private String ours(Site site) {
        return "user " + US + " on #" + hash(tools.password(site)) + " ~* &* +@all\n";
    }

    private static String hash(String password) {
        var hash = Digest.sha256();
        hash.update(password.getBytes(StandardCharsets.UTF_8));
        return Digest.of(hash).hex();
    }

    @Override
    public boolean answers(Site site) {
        try {
            return ask(site, "PING").contains("PONG");
        } catch (ProblemException e) {
            return false;
        }
    }

    @Override
    public String endSignal() {
        return "TERM";
    }

    /// The application may do all but change the server itself.
    @Override
    public void create(Site site, String name, String password) {
        tools.tell(
                site,
                "users.acl",
                ours(site) + "user default on #" + hash(password)
                        + " ~* &* +@all -@admin +client +slowlog +latency +config|get\n");
        var answer = ask(site, "ACL LOAD");
        if (!answer.endsWith("OK")) {
            throw Problem.resource("data.failed", "the server of " + name + " does not take its users: " + answer)
                    .exception();
        }
    }

    @Override
    public void drop(Site site, String name) {
        throw new IllegalStateException("a server of its own goes as a whole");
    }

    /// Into a file first: what the server sends may have a mark at its end, which is cut off there.
    @Override
    public void dump(Site site, Role role, OutputStream out) {
        var file = site.folder().resolve("dump.rdb");
        var argv = List.of(program("cli"), "-s", socket(site).toString(), "--user", US, "--rdb", file.toString());
        try {
            tools.ask(tools.command(argv, Map.of("REDISCLI_AUTH", tools.password(site))), "", TO_DUMP);
            Files.copy(file, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Trees.delete(file);
        }
    }

    /// What is to be loaded is written as the beginning of a log of writes, as the server itself writes it.
    @Override
    public void restore(Site site, Role role, Path dump) {
        tools.read(site, List.of(program("check-rdb"), dump.toString()), dump, TO_DUMP);
        var fresh = fresh(site);
        Trees.delete(fresh);
        try {
            var log = Files.createDirectories(fresh.resolve("appendonlydir"));
            Files.copy(dump, log.resolve("appendonly.aof.1.base.rdb"));
            Files.writeString(log.resolve("appendonly.aof.manifest"), "file appendonly.aof.1.base.rdb seq 1 type b\n");
            tools.own(site, fresh);
            Files.move(site.files(), old(site), StandardCopyOption.ATOMIC_MOVE);
            Files.move(fresh, site.files(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path fresh(Site site) {
        return site.folder().resolve("files.new");
    }

    private static Path old(Site site) {
        return site.folder().resolve("files.old");
    }

    @Override
    public void tidy(Site site, Role role) {
        try {
            if (!Files.exists(site.files()) && Files.exists(old(site))) {
                Files.move(old(site), site.files(), StandardCopyOption.ATOMIC_MOVE);
            }
            Trees.delete(old(site));
            Trees.delete(fresh(site));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String address(int port, String name, String password) {
        return "redis://default:" + password + "@127.0.0.1:" + port + "/0";
    }

    @Override
    public Optional<String> addressForJava(int port, String name, String password) {
        return Optional.empty();
    }

    @Override
    public Optional<Fixtures.Client> client(Site site, String name, String password) {
        return Optional.empty();
    }

    @Override
    public DataStatus.Limits limits() {
        return new DataStatus.Limits(CONNECTIONS, (long) MEMORY << 20, Duration.ZERO);
    }

    /// Our own connection does not count.
    @Override
    public Map<String, Usage> usage(Site site) {
        var name = site.folder().getFileName().toString().split("-", 3)[2];
        var told = ask(site, "INFO");
        return Map.of(name, new Usage(number(told, "used_memory"), (int) number(told, "connected_clients") - 1));
    }

    private static long number(String told, String name) {
        return told.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> Long.valueOf(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElse(0L);
    }

    @Override
    public Command asking(Site site) {
        var argv = List.of(program("cli"), "-s", socket(site).toString(), "--user", US);
        return tools.command(argv, Map.of("REDISCLI_AUTH", tools.password(site)));
    }

    private String ask(Site site, String words) {
        return tools.ask(asking(site), words + "\n", PATIENCE).strip();
    }
}
