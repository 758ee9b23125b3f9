package dev.johwa.serve.data;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// What kinds of databases there are.
public enum Kind {
    POSTGRES("postgres", "DATABASE_URL", "postgres(ql)?://.*", 5432),
    MARIADB("mariadb", "DATABASE_URL", "(mysql|mariadb)://.*", 3306),
    REDIS("redis", "REDIS_URL", "rediss?://.*", 6379);

    private final String word;
    private final String variable;
    private final String address;
    private final int port;

    Kind(String word, String variable, String address, int port) {
        this.word = word;
        this.variable = variable;
        this.address = address;
        this.port = port;
    }

    /// Where an address of this kind leads.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it is none
    InetSocketAddress place(String text) {
        try {
            var uri = new URI(text);
            if (text.matches(address) && uri.getHost() != null) {
                return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? port : uri.getPort());
            }
        } catch (URISyntaxException e) {
            // Told below; the text itself may have a password.
        }
        throw Problem.user("data.address", "what was given is no address of a " + word + " database")
                .hint("write it as " + (this == MARIADB ? "mysql" : word) + "://USER:PASSWORD@HOST:" + port
                        + "/NAME; what is special in a password" + " is written as %XX")
                .exception();
    }

    /// As people write it: `postgres`.
    public String word() {
        return word;
    }

    /// The name under which applications usually read its address.
    public String variable() {
        return variable;
    }

    /// The package that brings its client.
    String clientPackage() {
        return switch (this) {
            case POSTGRES -> "postgresql-client";
            case MARIADB -> "mariadb-client";
            case REDIS -> "redis-tools";
        };
    }

    /// The kind of that word; `mysql` is what many call MariaDB.
    public static Optional<Kind> of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word.equals("mysql") ? MARIADB.word : word))
                .findFirst();
    }

    /// The kind of that word.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is none
    public static Kind require(String word) {
        var words = Stream.concat(Arrays.stream(values()).map(Kind::word), Stream.of("folder"))
                .toList();
        return of(word).orElseThrow(() -> Problem.user("data.kind", "'" + word + "' is no kind of data")
                .hint(Near.question(word, words).map(near -> near + " ").orElse("") + "there is "
                        + String.join(", ", words))
                .exception());
    }
}
