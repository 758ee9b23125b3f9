package dev.johwa.serve.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Where databases answer, put together when it is asked: with the port of the server and the password of now.
final class Addresses {
    /// Names under which Java's libraries look, which do not read the usual form.
    private static final Pattern FOR_JAVA = Pattern.compile("JDBC_.*|.*_JDBC_URL|SPRING_DATASOURCE_URL");

    static final String LOOPBACK = "127.0.0.1";

    private final Servers servers;
    private final Passwords passwords;

    Addresses(Servers servers, Passwords passwords) {
        this.servers = servers;
        this.passwords = passwords;
    }

    /// Of those that are there for their app, by the names under which it finds them.
    ///
    /// @param machine the name by which the app finds this machine
    Map<String, String> of(List<AppDatabase> databases, String machine) {
        var addresses = new HashMap<String, String>();
        for (var database : databases) {
            if (database.isServing() && !database.isContained()) {
                addresses.put(database.variable(), at(database, machine));
            }
        }
        return addresses;
    }

    /// Neither names nor passwords of ours look like an address.
    private String at(AppDatabase database, String machine) {
        var address = asRead(database);
        return database.isElsewhere() || machine.equals(LOOPBACK)
                ? address
                : address.replace(LOOPBACK + ":", machine + ":");
    }

    private String asRead(AppDatabase database) {
        if (database.isElsewhere() || !FOR_JAVA.matcher(database.variable()).matches()) {
            return of(database);
        }
        var server = servers.of(database.server());
        return server.engine()
                .addressForJava(server.port(), database.name(), passwords.of(database))
                .orElseGet(() -> of(database));
    }

    List<Integer> ports(List<AppDatabase> databases) {
        return databases.stream()
                .filter(each -> each.isServed() && each.isServing())
                .map(each -> servers.of(each.server()).port())
                .distinct()
                .toList();
    }

    /// In the usual form.
    String of(AppDatabase database) {
        Contained.requireServed(database);
        var secret = passwords.of(database);
        if (database.isElsewhere()) {
            return secret;
        }
        var server = servers.of(database.server());
        return server.engine().address(server.port(), database.name(), secret);
    }
}
