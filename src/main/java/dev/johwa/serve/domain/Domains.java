package dev.johwa.serve.domain;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.OwnAddresses;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Certificate;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Guard;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.RoutingTable.Tls;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Names that people point here, what is asked for through TLS, and by which certificates. Safe for use by many
/// threads.
public final class Domains {
    private static final Logger LOG = LoggerFactory.getLogger(Domains.class);
    private static final String CONTROL = "johwa";
    /// As long as a control plane may take to come back.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration WARN = Duration.ofHours(12);
    private static final int DEFAULT_PORT = 443;

    private final DomainSettings settings;
    private final Edge edge;
    private final Clock clock;
    private final Tasks tasks;
    private final Place place;
    private final DomainStore store;
    private final CertificateFiles files;
    private final OpenQuestions questions;
    private final Orders orders;
    private volatile Runnable reroute = () -> {};
    private volatile String control = "";
    private volatile boolean isWanted;
    private volatile Map<String, Domain> routed = Map.of();

    public Domains(DomainSettings settings, DomainPorts ports) {
        this.settings = settings;
        this.edge = ports.edge();
        this.clock = ports.clock();
        this.tasks = ports.tasks();
        this.place = new Place(ports.lookup(), settings.domain());
        this.store = new DomainStore(ports.database());
        this.files = new CertificateFiles(settings.folder(), clock);
        this.questions = new OpenQuestions(files, () -> reroute.run());
        var authority = settings.authority().map(directory -> new Authority(directory, settings));
        this.orders = new Orders(authority, store, files, questions, clock);
    }

    /// @param giveTable gives the edge its table anew, and returns when it goes by it
    void reroute(Runnable giveTable) {
        reroute = giveTable;
    }

    /// Looks after certificates from now on.
    ///
    /// @param giveTable gives the edge its table anew, and returns when it goes by it
    public void start(Runnable giveTable) {
        reroute(giveTable);
        tasks.every(LOOK, "certificates", this::look);
        tasks.every(WARN, "warnings of certificates", this::warn);
        var _ = tasks.run("certificates", this::look);
    }

    /// API and git are there from now on, `host:port`.
    public void controlAt(String address) {
        if (address.equals(control)) {
            return;
        }
        control = address;
        if (isWanted || !edge.tlsAddress().isEmpty() || !edge.isLoopback()) {
            reroute.run();
        }
    }

    /// The way to the platform's own pages; while it is not known, the table is given anew once it is.
    public Optional<Instances> control() {
        isWanted = true;
        return Optional.of(control)
                .filter(address -> !address.isEmpty())
                .map(address -> new Instances(List.of(new Endpoint(CONTROL, address)), "", PATIENCE));
    }

    /// Where people reach API and git through TLS; empty when they do not.
    public String controlUrl() {
        return edge.tlsAddress().isEmpty() ? "" : secureUrl(settings.name());
    }

    private String secureUrl(String host) {
        return "https://" + host + (port() == DEFAULT_PORT ? "" : ":" + port());
    }

    /// Where an app's name is found through TLS, when plain requests are sent there; empty when they are answered.
    public Optional<String> securedUrl(String host) {
        return edge.tlsAddress().isEmpty() || !isCovered(host, trusted())
                ? Optional.empty()
                : Optional.of(secureUrl(host));
    }

    /// Where people log in from elsewhere; empty when they cannot.
    public String peopleUrl() {
        if (!edge.tlsAddress().isEmpty()) {
            return controlUrl();
        }
        boolean isReached = !control.isEmpty() && !OwnAddresses.isLoopback(control);
        return isReached ? "http://" + settings.domain() + control.substring(control.lastIndexOf(':')) : "";
    }

    private int port() {
        var address = edge.tlsAddress();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /// Names that were added here.
    public List<Domain> added() {
        return store.domains();
    }

    /// A table with these routes and guards, and with all that is said through TLS.
    public RoutingTable table(long version, List<Route> routes, Map<String, Guard> guards) {
        if (edge.tlsAddress().isEmpty()) {
            routed = Domain.routed(routes);
            return new RoutingTable(version, routes, Tls.NONE, guards);
        }
        // Where people log in, everybody is let in.
        var others = new HashMap<>(guards);
        others.remove(settings.name());
        var all = new ArrayList<Route>();
        control()
                .ifPresent(there -> all.add(
                        new Route(List.of(settings.name()), "/", CONTROL, "", 0, there, Terms.NONE, Part.WHOLE)));
        all.addAll(routes);
        routed = Domain.routed(all);
        var trusted = trusted();
        // Tokens travel to the control plane: never in clear from one machine to another.
        var secured = new LinkedHashSet<>(Set.of(settings.name()));
        routed.keySet().stream().filter(name -> isCovered(name, trusted)).forEach(secured::add);
        var certificates = new ArrayList<Certificate>();
        certificates.add(new SelfMade(settings, clock).certificate());
        trusted.forEach(held -> certificates.add(files.certificate(held)));
        var strict = settings.strict().toSeconds();
        var tls = new Tls(certificates, secured, port(), strict, questions.tokens(), questions.proofs());
        return new RoutingTable(version, all, tls, others);
    }

    private List<Held> trusted() {
        var now = clock.now();
        return store.held().stream().filter(held -> held.isUsable(now)).toList();
    }

    private static boolean isCovered(String name, List<Held> trusted) {
        return trusted.stream().anyMatch(held -> GivenCertificate.covers(held.name(), name));
    }

    /// Adds a name, or changes what was added.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it is no name, or is another's
    public DomainStatus add(Domain wanted, Optional<Given> given) {
        var domain = new Domain(
                HostName.read(wanted.name()), wanted.project(), wanted.app(), wanted.environment(), wanted.forced());
        requireFree(domain, given.isPresent());
        if (given.isPresent()) {
            keep(domain.name(), given.get());
        }
        store.add(domain, clock.now());
        reroute.run();
        var _ = tasks.run("certificates", this::look);
        return status(domain);
    }

    /// A certificate and its key as text in PEM.
    public record Given(String certificate, String key) {}

    private void requireFree(Domain domain, boolean hasCertificate) {
        var name = domain.name();
        boolean isOurs = name.equals(settings.name()) || GivenCertificate.covers("*." + settings.domain(), name);
        boolean needsApp = !isOurs && !name.startsWith("*.");
        if (needsApp != domain.hasApp()) {
            throw Problem.user(
                            "domain.app",
                            name + (needsApp ? " needs an app" : " belongs to the platform, not to an app"))
                    .hint(needsApp ? "name it with --app" : "leave --app out")
                    .exception();
        }
        if (!needsApp && !hasCertificate && (name.startsWith("*.") || !domain.forced())) {
            throw Problem.user("domain.certificate", name + " can only be added with a certificate")
                    .hint("add --cert FILE --key FILE")
                    .exception();
        }
        var other = store.domain(name).or(() -> Optional.ofNullable(routed.get(name)));
        other.filter(there -> domain.hasApp() && !there.isOf(domain.project(), domain.app(), domain.environment()))
                .ifPresent(there -> {
                    throw Problem.user("domain.taken", name + " belongs to " + there.place())
                            .hint("take it away there first: `johwa domains remove " + name + "`")
                            .exception();
                });
    }

    private void keep(String name, Given given) {
        var issued = GivenCertificate.read(name, given.certificate(), given.key(), clock.now());
        try {
            var before = store.held(name);
            store.keep(files.write(name, true, issued));
            files.delete(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return the one that was there
    public Optional<Domain> remove(String name) {
        var found = find(name);
        found.ifPresent(domain -> {
            var held = store.held(domain.name());
            store.remove(domain.name());
            reroute.run();
            files.delete(held);
        });
        return found;
    }

    /// Removes all names of an app.
    public void forget(String project, String app) {
        store.domains().stream()
                .filter(domain ->
                        domain.project().equals(project) && domain.app().equals(app))
                .forEach(domain -> remove(domain.name()));
    }

    /// The one that was added.
    public Optional<Domain> find(String name) {
        return store.domain(HostName.read(name));
    }

    /// All that were added, and others for which a certificate is there or wanted.
    public List<DomainStatus> list() {
        var all = new TreeMap<String, Domain>();
        routed.values().stream()
                .filter(each -> HostName.isPublic(each.name()))
                .forEach(each -> all.put(each.name(), each));
        store.domains().forEach(each -> all.put(each.name(), each));
        var asked = all.values().stream()
                .map(each -> tasks.call("look up", () -> status(each)))
                .toList();
        return asked.stream().map(Tasks::answer).toList();
    }

    /// What should be said of the names of apps.
    public Map<Domain, String> notes() {
        var now = clock.now();
        var notes = new LinkedHashMap<Domain, String>();
        for (var held : store.held()) {
            var domain = Optional.ofNullable(routed.get(held.name()));
            var told = held.told(now).map(text -> held.name() + ": " + text);
            domain.ifPresent(there -> told.ifPresent(text -> notes.put(there, text)));
        }
        return notes;
    }

    /// A name of an app with its certificate.
    ///
    /// @param certificate `acme`, `file`, `self-made`, `none`
    public record Named(String name, String certificate, Optional<Instant> until, Optional<String> problem) {}

    /// The names of an app beside its own here. Nothing is looked up.
    public List<Named> of(String project, String app, String environment) {
        var trusted = trusted();
        return routed.values().stream()
                .filter(each -> each.isOf(project, app, environment))
                .filter(each -> !each.name().endsWith("." + settings.domain())
                        || store.domain(each.name()).isPresent())
                .sorted(Comparator.comparing(Domain::name))
                .map(each -> new Named(
                        each.name(),
                        certificate(each, trusted),
                        until(each, trusted),
                        store.held(each.name()).told(clock.now())))
                .toList();
    }

    private String certificate(Domain domain, List<Held> trusted) {
        if (edge.tlsAddress().isEmpty()) {
            return "none";
        }
        var held = store.held(domain.name());
        return !isCovered(domain.name(), trusted)
                ? "self-made"
                : held.isUsable(clock.now()) && !held.given() ? "acme" : "file";
    }

    private static Optional<Instant> until(Domain domain, List<Held> trusted) {
        return trusted.stream()
                .filter(each -> GivenCertificate.covers(each.name(), domain.name()))
                .map(Held::until)
                .findFirst();
    }

    private DomainStatus status(Domain domain) {
        var now = clock.now();
        var held = store.held(domain.name());
        var pointsTo = place.of(domain.name());
        boolean isHere = place.isHere(pointsTo);
        var trusted = trusted();
        var problem = held.told(now)
                .or(() -> isHere || !domain.hasApp() || domain.forced()
                        ? Optional.empty()
                        : Optional.of(place.elsewhere(domain.name(), pointsTo)));
        return new DomainStatus(
                domain, isHere, pointsTo, certificate(domain, trusted), until(domain, trusted), problem);
    }

    /// Gets what is due, and gives it to the edge.
    public void look() {
        if (edge.tlsAddress().isEmpty()) {
            return;
        }
        orders.seekAdvice(store.held());
        var trusted = trusted();
        var due = routed.values().stream()
                .filter(each -> HostName.isPublic(each.name()) && isLasting(each))
                .filter(each -> trusted.stream()
                        .noneMatch(held -> held.given() && GivenCertificate.covers(held.name(), each.name())))
                .filter(each -> orders.isDue(each.name()))
                .map(this::wish)
                .toList();
        try {
            if (!due.isEmpty() && orders.place(due)) {
                reroute.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Previews come and go: an authority gives only so many certificates a week.
    private boolean isLasting(Domain domain) {
        return !domain.hasApp()
                || domain.environment().equals("production")
                || !GivenCertificate.covers("*." + settings.domain(), domain.name());
    }

    private Orders.Wish wish(Domain domain) {
        var addresses = place.of(domain.name());
        boolean isRight = store.domain(domain.name()).filter(Domain::forced).isPresent() || place.isHere(addresses);
        return new Orders.Wish(
                domain.name(), isRight ? Optional.empty() : Optional.of(place.elsewhere(domain.name(), addresses)));
    }

    private void warn() {
        urgent().forEach(each -> LOG.warn("name={} {}", each.name(), each.problem()));
    }

    /// A certificate that ends soon and is not renewed by itself.
    ///
    /// @param project whose name it is; empty: the platform's
    public record Urgent(String name, String project, Instant until, String problem) {}

    /// Whether there is a certificate for a name.
    public boolean isHeld(String name) {
        return store.held().stream().anyMatch(held -> held.name().equals(name));
    }

    public List<Urgent> urgent() {
        var now = clock.now();
        return store.held().stream()
                .filter(held -> held.isUrgent(now))
                .map(held -> new Urgent(
                        held.name(),
                        find(held.name())
                                .or(() -> Optional.ofNullable(routed.get(held.name())))
                                .map(Domain::project)
                                .orElse(""),
                        held.until(),
                        held.told(now).orElse("")))
                .toList();
    }
}
