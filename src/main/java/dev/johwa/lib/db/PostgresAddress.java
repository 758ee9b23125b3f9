package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Where a database of PostgreSQL is, as `postgresql://USER@HOST[:PORT][,HOST...]/NAME[?sslmode=...]`. Of several hosts
/// the one that may be written to counts. Shown without its password.
public record PostgresAddress(
        String user, Optional<String> password, String hosts, String database, Map<String, String> parameters) {
    private static final Pattern FORM = Pattern.compile("postgres(?:ql)?://([^:@/?\\s]+)(?::([^@/?\\s]*))?@"
            + "((?:[\\w.-]+|\\[[0-9a-fA-F:]+])(?::\\d{1,5})?(?:,(?:[\\w.-]+|\\[[0-9a-fA-F:]+])(?::\\d{1,5})?)*)"
            + "/([^/?\\s]+)(?:\\?(\\S*))?");
    private static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "schema");

    public PostgresAddress {
        parameters = Map.copyOf(parameters);
    }

    /// Whether a text means PostgreSQL at all.
    public static boolean isOne(String text) {
        return text.startsWith("postgres://") || text.startsWith("postgresql://");
    }

    /// @throws ProblemException when it is none; without what stands in the password's place
    public static PostgresAddress parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw unfit("'" + masked(text) + "' is no address of a PostgreSQL database");
        }
        var parameters = new TreeMap<String, String>();
        for (var pair : Optional.ofNullable(form.group(5)).orElse("").split("&")) {
            if (!pair.isEmpty()) {
                parameters.put(pair.replaceFirst("=.*", ""), decoded(pair.replaceFirst("[^=]*=?", "")));
            }
        }
        for (var name : parameters.keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw unfit("'" + name + "' is no parameter of the address " + masked(text));
            }
        }
        var schema = parameters.getOrDefault("schema", "public");
        if (!schema.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw unfit("the schema '" + schema + "' is not written in small letters, digits and _");
        }
        return new PostgresAddress(
                decoded(form.group(1)),
                Optional.ofNullable(form.group(2))
                        .map(PostgresAddress::decoded)
                        .filter(password -> !password.isEmpty()),
                form.group(3),
                decoded(form.group(4)),
                parameters);
    }

    private static ProblemException unfit(String what) {
        return Problem.user("state.address", what)
                .hint("write postgresql://USER@HOST:5432/NAME, and perhaps ?sslmode=verify-full&sslrootcert=FILE or"
                        + " &schema=NAME")
                .exception();
    }

    /// Without what may be a password, also where the rest is not as it should be; nor is a value of a parameter shown.
    private static String masked(String text) {
        var end = text.contains("@") ? "@" : "";
        return text.replaceFirst("(?s)^((?:\\w+://)?+[^:]*):.*" + end, "$1:***" + end)
                .replaceFirst("(?s)\\?.*", "");
    }

    private static String decoded(String text) {
        try {
            // A `+` stands for itself here.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Perhaps it is the password.
            throw unfit("'%' begins the code of a character, and one in the address does not: it is %25 there");
        }
    }

    public PostgresAddress withPassword(Optional<String> other) {
        return new PostgresAddress(user, other, hosts, database, parameters);
    }

    String schema() {
        return parameters.getOrDefault("schema", "public");
    }

    String url() {
        return "jdbc:postgresql://" + hosts + "/" + encoded(database);
    }

    /// What the driver is told beside the address.
    ///
    /// @param name by which administrators of the server know our connections
    Properties properties(String name) {
        var all = new Properties();
        all.setProperty("user", user);
        password.ifPresent(text -> all.setProperty("password", text));
        all.setProperty("ApplicationName", name);
        all.setProperty("currentSchema", schema());
        all.setProperty("targetServerType", "primary");
        all.setProperty("connectTimeout", "5");
        all.setProperty("loginTimeout", "10");
        // No statement takes so long; who does not answer by then is away.
        all.setProperty("socketTimeout", "60");
        all.setProperty("tcpKeepAlive", "true");
        all.setProperty("defaultRowFetchSize", "500");
        // The server must notice soon that we are gone, since our lock is in the way of others until then.
        all.setProperty(
                "options",
                "-c statement_timeout=50s -c lock_timeout=20s -c tcp_keepalives_idle=10"
                        + " -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3");
        parameters.forEach((parameter, value) -> {
            if (!parameter.equals("schema")) {
                all.setProperty(parameter, value);
            }
        });
        return all;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        var text = new StringBuilder("postgresql://" + encoded(user) + "@" + hosts + "/" + encoded(database));
        char mark = '?';
        for (var each : new TreeMap<>(parameters).entrySet()) {
            text.append(mark).append(each.getKey()).append('=').append(each.getValue());
            mark = '&';
        }
        return text.toString();
    }
}
