package dev.johwa.watch.notice;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.http.InsideAddresses;
import dev.johwa.lib.mail.MailAddress;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// Who wants to be told, as it is written down. Addresses may hold secrets, so they lie among these.
final class Receivers {
    private static final int MOST = 100;
    private static final int LONGEST_ADDRESS = 2_000;
    private static final String ADDRESS = "ADDRESS";
    private static final String SECRET = "SECRET";
    private static final RowViewMapper<Receiver> RECEIVER = row -> new Receiver(
            row.getColumn("id", String.class),
            Way.valueOf(row.getColumn("way", String.class)),
            row.getColumn("shown", String.class),
            row.getColumn("project", String.class),
            kinds(row.getColumn("kinds", String.class)),
            Duration.ofMillis(row.getColumn("remind_millis", Long.class)),
            row.getColumn("anywhere", Boolean.class),
            row.getColumn("created_by", String.class),
            row.getColumn("created_at", Instant.class),
            new Receiver.State(
                    row.getColumn("attempts", Integer.class),
                    row.getColumn("next_at", Instant.class),
                    Optional.ofNullable(row.getColumn("failing_since", Instant.class)),
                    row.getColumn("stopped", String.class),
                    row.getColumn("answer", String.class),
                    Optional.ofNullable(row.getColumn("answered_at", Instant.class))));

    private final Database database;
    private final Values values;
    private final Clock clock;
    private final HostLookup lookup;
    private final SecureRandom random = new SecureRandom();

    Receivers(Database database, Values values, Clock clock, HostLookup lookup) {
        this.database = database;
        this.values = values;
        this.clock = clock;
        this.lookup = lookup;
    }

    private static Set<Kind> kinds(String text) {
        return text.isEmpty()
                ? Set.of()
                : Stream.of(text.split(",")).map(Kind::valueOf).collect(Collectors.toSet());
    }

    List<Receiver> list() {
        return database.read(Receivers::list);
    }

    static List<Receiver> list(Handle handle) {
        return handle.createQuery("select * from receivers order by created_at, id")
                .map(RECEIVER)
                .list();
    }

    static Optional<Receiver> find(Handle handle, String id) {
        return handle.createQuery("select * from receivers where id = :id")
                .bind("id", id)
                .map(RECEIVER)
                .findOne();
    }

    Optional<Receiver> find(String id) {
        return database.read(handle -> find(handle, id));
    }

    /// @return with the secret by which a webhook is signed; nobody sees it again
    /// @throws ProblemException `notify.address`, `notify.local`, `notify.exists` or `notify.many`
    Added add(Receiver.Order order) {
        var address = switch (order.way()) {
            case MAIL -> MailAddress.read(order.address(), "the receiver");
            case WEBHOOK, SLACK, HEARTBEAT -> web(order);
            case ISSUE -> order.address();
        };
        requireNew(order, address);
        var id = id();
        var secret = order.way() == Way.WEBHOOK ? secret() : "";
        // Secrets first: a receiver without its address could not be told.
        values.setSecrets(
                scope(id), secret.isEmpty() ? Map.of(ADDRESS, address) : Map.of(ADDRESS, address, SECRET, secret));
        var kinds = order.kinds().stream().sorted().map(Kind::name).collect(Collectors.joining(","));
        return database.write(handle -> {
            handle.createUpdate("insert into receivers"
                            + " (id, way, shown, project, kinds, remind_millis, anywhere, created_by, created_at)"
                            + " values (:id, :way, :shown, :project, :kinds, :remind, :anywhere, :by, :now)")
                    .bind("id", id)
                    .bind("way", order.way().name())
                    .bind("shown", shown(order.way(), address))
                    .bind("project", order.project())
                    .bind("kinds", kinds)
                    .bind("remind", order.remind().toMillis())
                    .bind("anywhere", order.anywhere())
                    .bind("by", order.by())
                    .bind("now", clock.now().toEpochMilli())
                    .execute();
            return new Added(find(handle, id).orElseThrow(), Optional.of(secret).filter(text -> !text.isEmpty()));
        });
    }

    /// A receiver with the secret that is shown once.
    record Added(Receiver receiver, Optional<String> secret) {}

    private void requireNew(Receiver.Order order, String address) {
        var all = list();
        if (all.size() >= MOST) {
            throw Problem.user("notify.many", "there are " + MOST + " receivers, which is as many as can be")
                    .hint("remove one: `johwa notify remove ID`")
                    .exception();
        }
        all.stream()
                .filter(each -> each.way() == order.way() && each.project().equals(order.project()))
                .filter(each -> address(each).equals(address))
                .findFirst()
                .ifPresent(each -> {
                    throw Problem.user("notify.exists", each.shown() + " is told already, as " + each.id())
                            .hint("to change what it is told of: `johwa notify remove " + each.id()
                                    + "`, and add it again")
                            .exception();
                });
    }

    private String web(Receiver.Order order) {
        var text = order.address().strip();
        try {
            var uri = new URI(text);
            boolean isWeb = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!isWeb || uri.getHost() == null || text.length() > LONGEST_ADDRESS) {
                throw wrong(text, "it has no form https://HOST/PATH");
            }
            if (uri.getRawUserInfo() != null) {
                throw wrong(text, "a name or password does not belong before the host");
            }
            var _ = addresses(uri.getHost(), order.anywhere());
            return text;
        } catch (URISyntaxException e) {
            throw wrong(text, e.getReason());
        }
    }

    private static ProblemException wrong(String text, String why) {
        int most = Math.min(text.length(), 40);
        return Problem.user("notify.address", "'" + text.substring(0, most) + "' is no address of a webhook: " + why)
                .hint("copy the whole address, such as https://hooks.example.com/services/…")
                .exception();
    }

    private List<String> addresses(String host, boolean anywhere) {
        var addresses = lookup.addresses(host);
        InsideAddresses.among(addresses).filter(_ -> !anywhere).ifPresent(inside -> {
            throw Problem.user(
                            "notify.local", host + " is " + inside + ", which leads into this machine or its networks")
                    .hint("an owner may add it")
                    .exception();
        });
        return addresses;
    }

    /// Where a receiver's host is now. What is sent goes there, and the name is not looked up again: it may lead
    /// elsewhere a moment later.
    ///
    /// @throws ProblemException `notify.local` when that is inside and may not be, `notify.host` when it is nowhere
    String place(Receiver receiver, String host) {
        return addresses(host, receiver.anywhere()).stream()
                .findFirst()
                .orElseThrow(
                        () -> Problem.external("notify.host", "there is no host " + host + ", as the server finds it")
                                .hint("look at the name servers of the server; it is tried again by itself")
                                .exception());
    }

    /// What comes after the host of a webhook lets in who knows it.
    private static String shown(Way way, String address) {
        if (way == Way.MAIL || way == Way.ISSUE) {
            return address;
        }
        var uri = URI.create(address);
        boolean hasMore = uri.getRawQuery() != null || uri.getRawPath().length() > 1;
        return uri.getScheme() + "://" + uri.getRawAuthority() + (hasMore ? "/…" : "");
    }

    private String id() {
        var bytes = new byte[3];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String secret() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Signature.PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    private static Values.Scope scope(String id) {
        return new Values.Scope("", "receiver-" + id, "notify");
    }

    private String revealed(Receiver receiver, String name) {
        return values.revealSecrets(scope(receiver.id()), Long.MAX_VALUE).getOrDefault(name, "");
    }

    String address(Receiver receiver) {
        return revealed(receiver, ADDRESS);
    }

    String secret(Receiver receiver) {
        return revealed(receiver, SECRET);
    }

    boolean remove(String id) {
        boolean wasThere = database.write(handle -> {
            handle.createUpdate("delete from deliveries where receiver = :id")
                    .bind("id", id)
                    .execute();
            return handle.createUpdate("delete from receivers where id = :id")
                            .bind("id", id)
                            .execute()
                    > 0;
        });
        values.forget("", scope(id).app());
        return wasThere;
    }
}
