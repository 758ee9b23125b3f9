package dev.johwa.lib.db;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// How the usual client of a database is called for an address: `psql`, `mariadb`, `redis-cli`. Its password is among
/// the values of the environment, since others on the machine may read the words.
public record DatabaseClient(List<String> argv, Map<String, String> values) {
    private static final int MARIADB = 3306;
    private static final int REDIS = 6379;
    private static final String REDIS_CLIENT = "redis-cli";
    private static final String VALKEY_CLIENT = "valkey-cli";

    public DatabaseClient {
        argv = List.copyOf(argv);
        values = Map.copyOf(values);
    }

    /// @param arguments further words for the client: `-c`, `select 1`
    public static DatabaseClient of(URI address, List<String> arguments) {
        var user = address.getRawUserInfo() == null ? "" : address.getRawUserInfo();
        var name = decoded(user.replaceFirst(":.*", ""));
        var password = decoded(user.contains(":") ? user.substring(user.indexOf(':') + 1) : "");
        var scheme = address.getScheme();
        if (scheme.startsWith("redis")) {
            return new DatabaseClient(
                    with(redis(address, name, scheme.equals("rediss")), arguments), secret("REDISCLI_AUTH", password));
        }
        if (scheme.startsWith("postgres")) {
            var shown = address.toString().replaceFirst("://([^:/@]*):[^/@]*@", "://$1@");
            return new DatabaseClient(with(List.of("psql", shown), arguments), secret("PGPASSWORD", password));
        }
        return new DatabaseClient(with(mariadb(address, name), arguments), secret("MYSQL_PWD", password));
    }

    /// By a program that is there: Valkey's client takes the words of Redis'.
    ///
    /// @return empty when there is none
    public Optional<DatabaseClient> among(Predicate<String> isThere) {
        var usual = argv.getFirst();
        return Stream.of(usual, usual.equals(REDIS_CLIENT) ? VALKEY_CLIENT : usual)
                .filter(isThere)
                .findFirst()
                .map(program -> new DatabaseClient(with(List.of(program), argv.subList(1, argv.size())), values));
    }

    private static Map<String, String> secret(String name, String password) {
        return password.isEmpty() ? Map.of() : Map.of(name, password);
    }

    private static List<String> redis(URI address, String name, boolean isSecret) {
        var words = new ArrayList<>(List.of(REDIS_CLIENT, "-h", host(address), "-p", port(address, REDIS)));
        if (!name.isEmpty()) {
            words.addAll(List.of("--user", name));
        }
        var number = address.getPath().replaceFirst("^/", "");
        if (number.matches("\\d+")) {
            words.addAll(List.of("-n", number));
        }
        if (isSecret) {
            words.add("--tls");
        }
        return words;
    }

    private static List<String> mariadb(URI address, String name) {
        var words = new ArrayList<>(List.of("mariadb", "--host=" + host(address), "--port=" + port(address, MARIADB)));
        if (!name.isEmpty()) {
            words.add("--user=" + name);
        }
        Arrays.stream(address.getPath().split("/"))
                .filter(part -> !part.isEmpty())
                .findFirst()
                .ifPresent(database -> words.add("--database=" + database));
        return words;
    }

    private static List<String> with(List<String> words, List<String> arguments) {
        var all = new ArrayList<>(words);
        all.addAll(arguments);
        return all;
    }

    private static String host(URI address) {
        return address.getHost().replaceAll("[\\[\\]]", "");
    }

    private static String port(URI address, int usual) {
        return String.valueOf(address.getPort() < 0 ? usual : address.getPort());
    }

    /// A `+` stands for itself here.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
