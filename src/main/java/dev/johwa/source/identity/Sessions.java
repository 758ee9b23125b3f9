package dev.johwa.source.identity;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Browsers that are logged in. What a browser keeps is random and stored as a hash only; it holds for [#LASTS], and
/// no longer than the access token that opened it, or the person whose password did. Safe for use by many threads.
public final class Sessions {
    public static final Duration LASTS = Duration.ofDays(30);
    /// How long a word holds that somebody was given for their browser.
    public static final Duration SOON = Duration.ofMinutes(1);

    private static final String FORM = "form ";

    private final Database database;
    private final Clock clock;
    private final Tokens tokens;
    private final PersonStore people;
    /// By the hash of the word.
    private final Map<String, Open> admitted = new ConcurrentHashMap<>();

    public Sessions(Database database, Clock clock, Tokens tokens) {
        this.database = database;
        this.clock = clock;
        this.tokens = tokens;
        this.people = new PersonStore(database);
    }

    /// Logs in whoever shows an access token.
    ///
    /// @return what the browser keeps; empty when the token is not known
    public Optional<String> open(String token) {
        return tokens.find(token).map(known -> open(known.id(), ""));
    }

    /// Logs in a person.
    ///
    /// @return what the browser keeps
    public String open(Person person) {
        return open("", person.id());
    }

    private String open(String token, String person) {
        var session = Unguessable.text();
        var now = clock.now();
        database.write(handle -> {
            handle.createUpdate("delete from sessions where expires_at <= :now"
                            + " or person = '' and token not in (select id from tokens)")
                    .bind("now", now.toEpochMilli())
                    .execute();
            return handle.createUpdate("insert into sessions (hash, token, person, created_at, expires_at)"
                            + " values (:hash, :token, :person, :now, :until)")
                    .bind("hash", hash(session))
                    .bind("token", token)
                    .bind("person", person)
                    .bind("now", now.toEpochMilli())
                    .bind("until", now.plus(LASTS).toEpochMilli())
                    .execute();
        });
        return session;
    }

    /// Who is logged in with this; empty when it is not known, has expired, or its token has, or the person is gone.
    public Optional<Identity> identify(String session) {
        var found = database.read(handle -> handle.createQuery(
                        "select token, person, expires_at from sessions where hash = :hash")
                .bind("hash", hash(session))
                .map(row -> new Open(
                        row.getColumn("token", String.class),
                        row.getColumn("person", String.class),
                        row.getColumn("expires_at", Instant.class)))
                .findOne());
        return found.filter(open -> open.until().isAfter(clock.now())).flatMap(this::holder);
    }

    private record Open(String token, String person, Instant until) {}

    private Optional<Identity> holder(Open open) {
        return open.person().isEmpty()
                ? tokens.holder(open.token())
                : people.find(open.person()).map(Person::identity);
    }

    /// Logs out; nothing happens when it is not known.
    public void close(String session) {
        database.write(handle -> handle.createUpdate("delete from sessions where hash = :hash")
                .bind("hash", hash(session))
                .execute());
    }

    /// A word with which one browser is logged in, once and within [#SOON]; for who has shown the token already.
    ///
    /// @return empty when the token is not known
    public Optional<String> admit(String token) {
        return tokens.find(token).map(known -> {
            var word = Unguessable.text();
            var now = clock.now();
            admitted.values().removeIf(each -> each.until().isBefore(now));
            admitted.put(hash(word), new Open(known.id(), "", now.plus(SOON)));
            return word;
        });
    }

    /// Logs in whoever shows such a word.
    ///
    /// @return what the browser keeps; empty when the word is not known, was used, or is too old
    public Optional<String> enter(String word) {
        return Optional.ofNullable(admitted.remove(hash(word)))
                .filter(open ->
                        open.until().isAfter(clock.now()) && holder(open).isPresent())
                .map(open -> open(open.token(), open.person()));
    }

    /// What a form of this session carries, so that no other site can send it.
    public static String formToken(String session) {
        return hash(FORM + session);
    }

    private static String hash(String session) {
        return Digest.of(session).hex();
    }
}
