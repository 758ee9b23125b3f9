package dev.johwa.source.identity;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Access tokens: made once, shown once, kept as a hash. Safe for use by many threads.
public final class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final String PREFIX = "jhw_";
    private static final String TOKEN = "token.";
    private static final RowViewMapper<Listed> LISTED = row -> new Listed(
            row.getColumn("id", String.class),
            row.getColumn("name", String.class),
            Role.valueOf(row.getColumn("role", String.class)),
            some(row.getColumn("project", String.class)),
            some(row.getColumn("person", String.class)),
            Instant.ofEpochMilli(row.getColumn("created_at", Long.class)),
            moment(row.getColumn("last_used_at", Long.class)),
            moment(row.getColumn("expires_at", Long.class)));
    /// A use is noted at most so often.
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final PersonStore people;
    /// When a use was noted last, by token.
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();
    private volatile Runnable listener = () -> {};

    public Tokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.people = new PersonStore(database);
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    private static Optional<Instant> moment(long millis) {
        return Optional.of(millis).filter(each -> each > 0).map(Instant::ofEpochMilli);
    }

    /// Who may what changed: somebody wants to hear of it, after it is stored.
    public void onChange(Runnable told) {
        listener = told;
    }

    void changed() {
        listener.run();
    }

    /// Makes a token that holds until it is revoked, and returns its text, which is not kept.
    public String create(String name, Role role, Optional<String> project) {
        return create(new Wanted(name, role, project, Optional.empty(), Optional.empty()));
    }

    /// What a token is for.
    ///
    /// @param name what its holder calls it; of a token of nobody it is shown in history
    /// @param role the most that it may do
    /// @param project the only one that it is for
    /// @param person whose it is: it does no more than this person may at that time
    /// @param until when it expires
    public record Wanted(
            String name, Role role, Optional<String> project, Optional<String> person, Optional<Instant> until) {}

    /// Makes a token and returns its text, which is not kept.
    public String create(Wanted wanted) {
        var token = PREFIX + Unguessable.text();
        database.write(handle -> handle.createUpdate("insert into tokens (id, hash, name, role, project, person,"
                        + " created_at, expires_at) values (:id, :hash, :name, :role, :project, :person, :now, :until)")
                .bind("id", Unguessable.text(6))
                .bind("hash", hash(token))
                .bind("name", wanted.name())
                .bind("role", wanted.role().name())
                .bind("project", wanted.project().orElse(""))
                .bind("person", wanted.person().orElse(""))
                .bind("now", clock.now().toEpochMilli())
                .bind("until", wanted.until().map(Instant::toEpochMilli).orElse(0L))
                .execute());
        changed();
        return token;
    }

    /// Who shows this token; empty when there is no such token, it was revoked, or it has expired.
    ///
    /// The look-up is by the token's hash, so how long it takes tells nothing of the tokens that there are.
    public Optional<Identity> identify(String token) {
        return find(token).flatMap(this::used);
    }

    /// The token of this text, when it holds.
    Optional<Listed> find(String token) {
        return holding("hash", hash(token));
    }

    /// Whose token of this id it is, when it holds.
    Optional<Identity> holder(String id) {
        return holding("id", id).flatMap(this::used);
    }

    /// Everybody who has a token that holds.
    List<Identity> holders() {
        var now = clock.now();
        var persons = people.list().stream().collect(Collectors.toMap(Person::id, person -> person));
        return list().stream()
                .filter(token -> token.expiresAt().filter(now::isAfter).isEmpty())
                .flatMap(token -> identity(token, id -> Optional.ofNullable(persons.get(id))).stream())
                .toList();
    }

    private Optional<Listed> holding(String column, String value) {
        var now = clock.now();
        return database.read(handle -> handle.createQuery("select * from tokens where <column> = :value")
                        .define("column", column)
                        .bind("value", value)
                        .map(LISTED)
                        .findOne())
                .filter(listed -> listed.expiresAt().filter(now::isAfter).isEmpty());
    }

    private Optional<Identity> used(Listed token) {
        noteUse(token.id(), clock.now());
        return identity(token, people::find);
    }

    private static Optional<Identity> identity(Listed token, Function<String, Optional<Person>> persons) {
        if (token.person().isEmpty()) {
            return Optional.of(token.identity(Map.of(Identity.EVERYWHERE, Role.OWNER), token.name()));
        }
        return persons.apply(token.person().get())
                .map(person -> token.isWhole() ? person.identity() : token.identity(person.roles(), person.name()));
    }

    private void noteUse(String id, Instant now) {
        var before = noted.get(id);
        if (before != null && before.plus(NOTED_EVERY).isAfter(now)) {
            return;
        }
        noted.put(id, now);
        try {
            database.write(handle -> handle.createUpdate("update tokens set last_used_at = :now where id = :id")
                    .bind("now", now.toEpochMilli())
                    .bind("id", id)
                    .execute());
        } catch (ProblemException e) {
            // Whoever comes to make room on a full disk must be let in.
            LOG.warn("the use of token={} could not be noted: {}", id, e.getMessage());
        }
    }

    public boolean isEmpty() {
        return list().isEmpty();
    }

    public List<Listed> list() {
        return database.read(handle -> handle.createQuery("select * from tokens order by created_at")
                .map(LISTED)
                .list());
    }

    /// Of a person who goes.
    void revokeAllOf(Handle handle, String person) {
        handle.createUpdate("delete from tokens where person = :person")
                .bind("person", person)
                .execute();
    }

    /// @return whether there was one of that id
    public boolean revoke(String id) {
        boolean isRevoked = database.write(handle -> {
            ShareLinks.removeOf(handle, TOKEN + id);
            handle.createQuery("select name from tokens where id = :id and person = ''")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne()
                    .ifPresent(name -> Invitations.removeBy(handle, name));
            return handle.createUpdate("delete from tokens where id = :id")
                            .bind("id", id)
                            .execute()
                    > 0;
        });
        changed();
        return isRevoked;
    }

    private static String hash(String token) {
        return Digest.of(token).hex();
    }

    /// A token without its text.
    ///
    /// @param role the most that it may do
    /// @param project the only one that it is for
    /// @param person whose it is; empty for one of a program
    /// @param lastUsedAt to the minute; empty when it was never used
    /// @param expiresAt empty when it holds until it is revoked
    public record Listed(
            String id,
            String name,
            Role role,
            Optional<String> project,
            Optional<String> person,
            Instant createdAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> expiresAt) {

        /// Whether it holds for ever and does all that its person may.
        boolean isWhole() {
            return role == Role.OWNER && project.isEmpty() && expiresAt.isEmpty();
        }

        /// What it does in the hands of its person.
        public Role roleOf(Person holder) {
            var all = holder.roles().values().stream().min(Comparator.naturalOrder());
            return holder.identity()
                    .role(project)
                    .or(() -> all)
                    .map(role::atMost)
                    .orElse(Role.VIEWER);
        }

        private Identity identity(Map<String, Role> most, String shown) {
            return new Identity(TOKEN + id, shown, Optional.empty(), Identity.within(most, role, project));
        }
    }
}
