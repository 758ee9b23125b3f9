package dev.johwa.source.detect.jvm;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The frameworks that servers on the JVM are written with: how one is known from the build file, and how it is told
/// its port. In this order, since what comes later is often a part of what comes before (Vert.x of Quarkus).
enum Framework {
    QUARKUS("Quarkus", "quarkus-maven-plugin|io\\.quarkus"),
    SPRING_BOOT("Spring Boot", "spring-boot-maven-plugin|org\\.springframework\\.boot\\b|spring-boot-starter"),
    MICRONAUT("Micronaut", "micronaut-parent|io\\.micronaut\\.(minimal\\.)?application|micronaut-http-server"),
    HELIDON("Helidon", "io\\.helidon\\."),
    DROPWIZARD("Dropwizard", "io\\.dropwizard(?!\\.metrics)"),
    KTOR("Ktor", "io\\.ktor|ktor-server"),
    JAVALIN("Javalin", "io\\.javalin"),
    FUNCTIONS("Functions Framework", "com\\.google\\.cloud\\.functions"),
    PLAY("Play", "org\\.playframework|com\\.typesafe\\.play|PlayScala|PlayJava"),
    VERTX("Vert.x", "io\\.vertx"),
    NONE("", "");

    private static final Pattern SPRING_WEB = Pattern.compile(
            "starter-web|starter-jersey|data-rest|gateway|vaadin|starter-graphql|starter-thymeleaf|actuator");

    private final String title;
    private final Pattern marks;

    Framework(String title, String marks) {
        this.title = title;
        this.marks = Pattern.compile(marks);
    }

    /// @param text of the build files that count for a module
    static Framework of(String text) {
        return Stream.of(values())
                .filter(each -> each != NONE && each.marks.matcher(text).find())
                .findFirst()
                .orElse(NONE);
    }

    String title() {
        return title;
    }

    /// Options of the JVM. These frameworks put values of the environment in by themselves, so no shell is needed.
    List<String> options() {
        return switch (this) {
            case SPRING_BOOT -> List.of("-Dserver.port=${PORT:8080}");
            case QUARKUS -> List.of("-Dquarkus.http.port=${PORT:8080}");
            case MICRONAUT -> List.of("-Dmicronaut.server.port=${PORT:8080}");
            case PLAY -> List.of("-Dplay.server.pidfile.path=/dev/null");
            case HELIDON, DROPWIZARD, KTOR, JAVALIN, FUNCTIONS, VERTX, NONE -> List.of();
        };
    }

    /// Options that a shell has to put the port into, exactly as a shell reads them.
    String shellOptions() {
        return switch (this) {
            case HELIDON -> "\"-Dserver.port=${PORT:-8080}\" -Dserver.host=0.0.0.0";
            case PLAY -> "\"-Dhttp.port=${PORT:-9000}\"";
            case SPRING_BOOT, QUARKUS, MICRONAUT, DROPWIZARD, KTOR, JAVALIN, FUNCTIONS, VERTX, NONE -> "";
        };
    }

    /// Whether such a program answers requests; empty where its sources tell.
    ///
    /// @param text of the build files
    Optional<Boolean> isWeb(String text) {
        return switch (this) {
            case SPRING_BOOT -> Optional.of(SPRING_WEB.matcher(text).find());
            case QUARKUS, HELIDON, DROPWIZARD, FUNCTIONS, PLAY -> Optional.of(true);
            case MICRONAUT -> Optional.of(!text.contains("micronaut-picocli"));
            case KTOR -> Optional.of(text.contains("ktor-server") || text.contains("io.ktor.plugin"));
            case JAVALIN, VERTX, NONE -> Optional.empty();
        };
    }

    /// The path that says whether it is well, where the build file brings what answers it.
    Optional<String> health(String text) {
        return switch (this) {
            case SPRING_BOOT -> when(text, "spring-boot-starter-actuator", "/actuator/health");
            case QUARKUS -> when(text, "quarkus-smallrye-health", "/q/health/ready");
            case MICRONAUT -> when(text, "micronaut-management", "/health");
            case HELIDON -> when(text, "helidon-webserver-observe-health", "/observe/health");
            case DROPWIZARD, KTOR, JAVALIN, FUNCTIONS, PLAY, VERTX, NONE -> Optional.empty();
        };
    }

    private static Optional<String> when(String text, String artifact, String path) {
        return text.contains(artifact) ? Optional.of(path) : Optional.empty();
    }
}
