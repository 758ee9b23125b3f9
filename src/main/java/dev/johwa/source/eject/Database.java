package dev.johwa.source.eject;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The kinds of databases that the platform brings, as images that anybody runs.
enum Database {
    POSTGRES("postgres", "postgres:17-bookworm", 5432, "/var/lib/postgresql/data", "DATABASE_URL"),
    MARIADB("mariadb", "mariadb:11.4", 3306, "/var/lib/mysql", "DATABASE_URL"),
    REDIS("redis", "redis:7.4-bookworm", 6379, "/data", "REDIS_URL");

    final String word;
    final String image;
    final int port;
    final String folder;
    final String variable;

    Database(String word, String image, int port, String folder, String variable) {
        this.word = word;
        this.image = image;
        this.port = port;
        this.folder = folder;
        this.variable = variable;
    }

    static Optional<Database> of(String data) {
        return Arrays.stream(values())
                .filter(each -> data.replaceFirst("[:@].*", "").equals(each.word))
                .findFirst();
    }

    /// @param password as the file that holds the address writes it
    String address(String name, String password, String host) {
        return switch (this) {
            case POSTGRES -> "postgres://" + name + ":" + password + "@" + host + ":5432/" + name;
            case MARIADB -> "mysql://" + name + ":" + password + "@" + host + ":3306/" + name;
            case REDIS -> "redis://" + host + ":6379";
        };
    }

    /// Values of its image by name, without the password.
    List<String> names() {
        return switch (this) {
            case POSTGRES -> List.of("POSTGRES_USER", "POSTGRES_DB");
            case MARIADB -> List.of("MARIADB_USER", "MARIADB_DATABASE");
            case REDIS -> List.of();
        };
    }

    Optional<String> password() {
        return switch (this) {
            case POSTGRES -> Optional.of("POSTGRES_PASSWORD");
            case MARIADB -> Optional.of("MARIADB_PASSWORD");
            case REDIS -> Optional.empty();
        };
    }

    /// Whether it answers, asked inside its container.
    String check(String name) {
        return switch (this) {
            // Over TCP: while it is being made it answers on its socket already.
            case POSTGRES -> "pg_isready --host 127.0.0.1 --username " + name + " --dbname " + name;
            case MARIADB -> "healthcheck.sh --connect --innodb_initialized";
            case REDIS -> "redis-cli ping";
        };
    }
}
