package dev.johwa.main;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.http.AddressRange;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.backup.Plan;
import dev.johwa.serve.domain.DomainSettings.Binding;
import dev.johwa.serve.router.EdgeSettings.Opening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `johwa up`: the control plane in the foreground; edge and instances outlive it.
@Command(
        name = "up",
        description = {
            "Starts the platform: API and git on one address, your apps on another.",
            "Ends with Ctrl-C; the apps go on."
        },
        footer = {"", "Example:", "  johwa up --data /srv/johwa --listen 127.0.0.1:8321 --edge 0.0.0.0:80"})
final class UpCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of all state (default: ~/.johwa).")
    @Nullable
    Path data;

    @Option(
            names = "--state",
            paramLabel = "URL",
            description = {
                "PostgreSQL that keeps the database of a new folder, postgresql://USER@HOST/NAME (or JOHWA_STATE);",
                "the folder remembers it (default: a file in the folder; `johwa state move` moves it)."
            })
    @Nullable
    String state;

    @Option(
            names = "--state-password",
            paramLabel = "FILE",
            description = "File with its password, or set JOHWA_STATE_PASSWORD.")
    @Nullable
    Path statePassword;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "API and git (default: 127.0.0.1:8321).")
    String listen = "127.0.0.1:8321";

    @Option(
            names = "--edge",
            paramLabel = "HOST:PORT",
            description = "Where the apps answer (default: 127.0.0.1:8320).")
    String edge = "127.0.0.1:8320";

    @Option(names = "--spec", paramLabel = "FILE", description = "Server spec: defaults and rules for every project.")
    @Nullable
    Path spec;

    @Option(names = "--domain", paramLabel = "NAME", description = "Apps are called APP.NAME (default: localhost).")
    String domain = "localhost";

    @Option(
            names = "--tls",
            paramLabel = "HOST:PORT",
            description = "Where the apps, API and git answer through TLS (default: nowhere).")
    @Nullable
    String tls;

    @Option(
            names = "--name",
            paramLabel = "HOST",
            description = "Name of API and git at the address of --tls (default: johwa.DOMAIN).")
    @Nullable
    String name;

    @Option(
            names = "--hsts",
            paramLabel = "DAYS",
            description = "How long browsers should remember to come by TLS (default: not at all).")
    int hsts;

    @Option(
            names = "--acme",
            paramLabel = "URL",
            description = {
                "Authority for certificates of names that point here; its terms are agreed to;",
                "none for no certificates (default: Let's Encrypt)."
            })
    String acme = "acme://letsencrypt.org";

    @Option(
            names = "--acme-eab",
            paramLabel = "FILE",
            description = "Your account at that authority, where it wants one: a file with KEY_ID HMAC_KEY.")
    @Nullable
    Path acmeEab;

    @Option(names = "--mail", paramLabel = "ADDRESS", description = "Where that authority may write.")
    @Nullable
    String mail;

    @Option(
            names = "--budget",
            split = ",",
            paramLabel = "SIZE",
            description = {
                "What repositories, artifacts, caches, logs, history and metrics may take on the disk (default: 20Gi),",
                "or single ones: git=4Gi,blobs=7Gi,caches=5Gi,logs=2Gi,history=1Gi,metrics=1Gi; and, of the blobs, the",
                "images that each project may have in the registry: registry=4Gi. May be given again."
            })
    List<String> budget = List.of();

    @Option(
            names = "--backup",
            paramLabel = "WHERE",
            description = "Place of the server's backups: a folder, or s3://BUCKET/PREFIX.")
    @Nullable
    String backup;

    @Option(
            names = "--backup-every",
            paramLabel = "TIME",
            description = "How often one is made by itself, such as 12h or 1d; none for only when asked (default: 1d).")
    String backupEvery = "1d";

    @Option(names = "--backup-keep", paramLabel = "N", description = "How many of them stay (default: 14).")
    int backupKeep = Plan.NONE.keep();

    @Option(names = "--backup-keys", description = "Put the keys of the platform in, too.")
    boolean backupKeys;

    @Option(
            names = "--backup-encrypt",
            paramLabel = "FILE",
            description = "Encrypt backups by OpenPGP: to the public key in this file, or by the passphrase in it.")
    @Nullable
    Path backupEncrypt;

    @Option(
            names = "--trust-proxy",
            paramLabel = "CIDR",
            split = ",",
            description = {
                "Addresses of a proxy before the edge, such as 10.0.0.0/8: its X-Forwarded-For and X-Forwarded-Proto are"
                        + " believed.",
                "Of all others these fields are replaced. Several: with commas, or said again."
            })
    List<String> trustProxy = List.of();

    @Option(
            names = "--buildkit",
            paramLabel = "ADDRESS",
            description = "BuildKit that builds images: unix:///…, tcp://….")
    @Nullable
    String buildkit;

    @Mixin
    ForwardOptions forward = new ForwardOptions();

    @Option(names = "--no-fetch", description = "Use only the runtimes of this machine; fetch none from registries.")
    boolean noFetch;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        var succession = new Succession(session.data(data).resolve("run"), new SystemClock());
        var inherited = succession.begin();
        var server = new Server(settings());
        server.start();
        server.tend(inherited);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            var asked = succession.asked();
            Logging.end();
            server.close();
            succession.follow(asked);
            ended.countDown();
        }));
        remember(server);
        new UpTeller(session, server, json).tell(settings().data());
        Supervision.tellReady(session.surroundings());
        var lost = new CompletableFuture<Problem>();
        server.stores().database().onLost(problem -> {
            lost.complete(problem);
            ended.countDown();
        });
        ended.await();
        if (lost.isDone()) {
            throw lost.join().exception();
        }
        return 0;
    }

    Settings settings() {
        var around = session.surroundings();
        return new Settings(
                session.data(data),
                Environment.state(session, state, statePassword),
                address("--listen", listen),
                address("--edge", edge),
                Optional.ofNullable(spec).map(session.folder()::resolve),
                domain,
                Environment.edgeCommand(around),
                Environment.program(around),
                Environment.forTools(around),
                Environment.path(around),
                around.home(),
                Environment.tools(around),
                Duration.ofMinutes(5),
                Budgets.read(budget),
                !noFetch,
                Supervision.edgeSocket(around),
                tlsSettings(),
                plan(),
                Environment.places(around),
                proxies(),
                around.engine(),
                Optional.ofNullable(buildkit).or(around::buildkit),
                forward.opening(session.folder()));
    }

    private List<String> proxies() {
        AddressRange.all(trustProxy);
        return trustProxy;
    }

    private Plan plan() {
        if (backupKeep < 1) {
            throw Problem.user("usage.backup-keep", "--backup-keep is " + backupKeep)
                    .hint("keep at least one")
                    .exception();
        }
        var where = Optional.ofNullable(backup)
                .map(place -> place.contains("://")
                        ? place
                        : session.folder()
                                .resolve(place)
                                .toAbsolutePath()
                                .normalize()
                                .toString());
        return new Plan(where, every(), backupKeep, backupKeys, backupEncrypt());
    }

    private Optional<String> backupEncrypt() {
        try {
            return backupEncrypt == null
                    ? Optional.empty()
                    : Optional.of(Files.readString(session.folder().resolve(backupEncrypt)));
        } catch (IOException e) {
            throw Problem.user(
                            "usage.backup-encrypt",
                            "--backup-encrypt names a file that cannot be read: " + e.getMessage())
                    .hint("name a file with an OpenPGP public key, or with a passphrase")
                    .exception();
        }
    }

    private Duration every() {
        if (backupEvery.equals("none")) {
            return Duration.ZERO;
        }
        if (!backupEvery.matches("[1-9]\\d{0,3}[hd]")) {
            throw Problem.user("usage.backup-every", "--backup-every is '" + backupEvery + "'")
                    .hint("write hours or days, such as 12h or 1d, or none")
                    .exception();
        }
        int number = Integer.parseInt(backupEvery.substring(0, backupEvery.length() - 1));
        return backupEvery.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number);
    }

    private TlsSettings tlsSettings() {
        var given = Supervision.tlsSocket(session.surroundings());
        var place = Optional.ofNullable(tls)
                .map(text -> address("--tls", text))
                .or(() -> given.isPresent() ? Optional.of(new InetSocketAddress(0)) : Optional.empty());
        return new TlsSettings(
                place.map(listen -> new Opening(listen, given)),
                (name == null ? "johwa." + domain : name).toLowerCase(Locale.ROOT),
                Duration.ofDays(Math.max(0, hsts)),
                Optional.of(acme).filter(url -> !url.equals("none")).map(UpCommand::authority),
                Optional.ofNullable(mail),
                Optional.ofNullable(acmeEab).map(this::binding));
    }

    private Binding binding(Path file) {
        try {
            var words = Files.readString(session.folder().resolve(file)).strip().split("\\s+");
            if (words.length == 2 && words[1].matches("[A-Za-z0-9_-]{20,}=*")) {
                return new Binding(words[0], words[1].replace("=", ""));
            }
        } catch (IOException e) {
            throw Problem.user("usage.acme-eab", "--acme-eab: the file " + file + " cannot be read: " + e)
                    .exception();
        }
        throw Problem.user("usage.acme-eab", "--acme-eab: the file " + file + " has no id and key")
                .hint("write into it what the authority gave you: KEY_ID HMAC_KEY")
                .exception();
    }

    private static String authority(String url) {
        if (!url.matches("(https|acme)://[^/\\s]+\\S*")) {
            throw Problem.user("usage.acme", "--acme is '" + url + "'")
                    .hint("write the address of its directory, such as https://acme.example.com/directory, or none")
                    .exception();
        }
        return url;
    }

    static InetSocketAddress address(String option, String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0
                || !text.substring(colon + 1).matches("\\d{1,5}")
                || Integer.parseInt(text.substring(colon + 1)) > 65_535) {
            throw Problem.user("usage.address", option + " is '" + text + "'")
                    .hint("write HOST:PORT, such as 127.0.0.1:8321")
                    .exception();
        }
        return new InetSocketAddress(
                text.substring(0, colon).replaceAll("[\\[\\]]", ""), Integer.parseInt(text.substring(colon + 1)));
    }

    /// For `johwa down`, and for commands on this machine that look for a server.
    private void remember(Server server) {
        var state = new LinkedHashMap<String, Object>();
        state.put("pid", ProcessHandle.current().pid());
        state.put("url", server.url());
        state.put("edge", server.edgeUrl());
        state.put("tls", server.tlsUrl());
        state.put("program", settings().program());
        try {
            Whole.write(settings().control(), Json.bytes(state));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
