package dev.johwa.source.eject;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A database as a public image gives it, for a compose file and for the services of a workflow.
enum Database {
    POSTGRES("postgres", "postgres:17", 5432, "DATABASE_URL"),
    MARIADB("mariadb", "mariadb:11", 3306, "DATABASE_URL"),
    REDIS("redis", "redis:7", 6379, "REDIS_URL");

    /// Stands for its password.
    static final String PASSWORD = "@";

    final String word;
    final String image;
    final int port;
    /// By which applications find its address.
    final String variable;

    Database(String word, String image, int port, String variable) {
        this.word = word;
        this.image = image;
        this.port = port;
        this.variable = variable;
    }

    /// What the image is told, as `NAME=VALUE`.
    List<String> environment() {
        return switch (this) {
            case POSTGRES -> List.of("POSTGRES_USER=app", "POSTGRES_DB=app", "POSTGRES_PASSWORD=" + PASSWORD);
            case MARIADB ->
                List.of(
                        "MARIADB_USER=app",
                        "MARIADB_DATABASE=app",
                        "MARIADB_PASSWORD=" + PASSWORD,
                        "MARIADB_RANDOM_ROOT_PASSWORD=1");
            case REDIS -> List.of();
        };
    }

    /// A line of a shell that fails until it can be used.
    String check() {
        return switch (this) {
            case POSTGRES -> "pg_isready -U app";
            case MARIADB -> "healthcheck.sh --connect --innodb_initialized";
            case REDIS -> "redis-cli ping";
        };
    }

    /// Where the image keeps its data.
    String folder() {
        return switch (this) {
            case POSTGRES -> "/var/lib/postgresql/data";
            case MARIADB -> "/var/lib/mysql";
            case REDIS -> "/data";
        };
    }

    /// The kind that an entry of `data` names.
    static Optional<Database> of(String entry) {
        return Arrays.stream(values()).filter(each -> each.word.equals(entry)).findFirst();
    }

    /// Where an application finds it.
    String address(String host, String password) {
        return switch (this) {
            case POSTGRES -> "postgres://app:" + password + "@" + host + ":" + port + "/app";
            case MARIADB -> "mysql://app:" + password + "@" + host + ":" + port + "/app";
            case REDIS -> "redis://" + host + ":" + port;
        };
    }
}
