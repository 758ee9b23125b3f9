package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.DockerDaemon;
import dev.johwa.lib.file.Trees;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Release;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Repositories whose compose file says what runs, with a real engine.
class ComposeTest {
    private static final String[] SHOP = {
        "compose.yaml", """
        services:
          web:
            build: .
            ports: ["80:8080"]
            environment:
              GREETING: hello ${WHO:-world} ${TOKEN}
            volumes: ["./motd:/www/motd:ro"]
            secrets: [key]
            depends_on:
              db: {condition: service_healthy}
              seed: {condition: service_completed_successfully}
          db:
            image: johwa-test-base:1
            stop_signal: SIGKILL
            command:
              - sh
              - -c
              - |
                echo start >> /data/starts
                [ -e /data/id ] || cat /proc/sys/kernel/random/uuid > /data/id
                exec httpd -f -p 5432 -h /data
            volumes: ["db-data:/data"]
            healthcheck: {test: "wget -qO- http://127.0.0.1:5432/id", interval: 1s}
          seed:
            image: johwa-test-base:1
            command: ["sh", "-c", "echo seeding; wget -qO- http://db:5432/id"]
            depends_on: {db: {condition: service_healthy}}
          worker:
            image: johwa-test-base:1
            command: ["sh", "-c", "trap 'exit 0' TERM; while true; do echo working; sleep 1; done"]
            scale: 2
        volumes:
          db-data: {}
        secrets:
          key: {environment: KEY}
        """, "Dockerfile", """
        FROM johwa-test-base:1
        COPY www /www
        STOPSIGNAL SIGKILL
        CMD ["sh", "-c", "echo $GREETING $(cat /run/secrets/key) > /www/said; for f in id starts; do wget -qO /www/$f http://db:5432/$f; done; exec httpd -f -p 8080 -h /www"]
        """, "www/index.html", "1\n", "motd", "good day\n"
    };

    private static DockerDaemon daemon;
    private static Platform platform;
    private static Path place;

    @BeforeAll
    static void start() throws IOException {
        daemon = DockerDaemon.shared();
        daemon.base();
        place = Files.createTempDirectory("johwa-compose");
        Files.writeString(place.resolve("spec.yaml"), "allow: {powers: [host-path, privileged, host-network]}\n");
        platform = new Platform(usual -> Platform.with(
                usual, Map.of("engine", daemon.socket(), "spec", Optional.of(place.resolve("spec.yaml")))));
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
        Trees.delete(place);
    }

    private static AppEnvironment production(String app) {
        return new AppEnvironment("shop", app, AppEnvironment.PRODUCTION);
    }

    private static AppStatus status(String name) {
        return status("shop", name);
    }

    private static AppStatus status(String project, String name) {
        return platform.server().releases().status(Optional.of(project)).stream()
                .filter(each -> each.where().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String page(String path) throws Exception {
        return platform.get("shop.localhost", path).body().strip();
    }

    @Test
    void itsServicesAreLiveAndTheDatabaseStaysAsItIs() throws Exception {
        var repository = platform.repository("shop", SHOP);

        assertThat(platform.push(repository, "main"))
                .contains("the variable TOKEN is not set")
                .contains("missing value KEY")
                .contains("johwa secrets set");
        var values = platform.server().values();
        values.set(new Values.Scope("shop", "shop", "production"), Map.of("WHO", "friend"));
        values.setSecrets(new Values.Scope("shop", "shop", "production"), Map.of("TOKEN", "t0k3n", "KEY", "k3y-value"));

        platform.commit(repository, "other", "1\n");
        var first = platform.push(repository, "main");

        assertThat(first).contains("compose.yaml: 4 services").contains("http://shop.localhost:");
        assertThat(page("/")).isEqualTo("1");
        assertThat(page("/said")).isEqualTo("hello friend t0k3n k3y-value");
        assertThat(status("shop/worker").instances()).hasSize(2);
        assertThat(status("shop").notes()).isEmpty();
        assertThat(status("shop/seed").state()).isEqualTo("done");
        // What is kept of a release names secrets only.
        assertThat(platform.server()
                        .releases()
                        .list(production("shop"))
                        .getFirst()
                        .detection()
                        .toString())
                .contains("${TOKEN}")
                .doesNotContain("t0k3n", "k3y-value");
        assertThat(page("/motd")).isEqualTo("good day");
        var id = page("/id");
        assertThat(id).hasSize(36);

        platform.commit(repository, "www/index.html", "2\n");
        assertThat(platform.push(repository, "main")).contains("as it is: release 1 keeps running");
        assertThat(page("/")).isEqualTo("2");
        assertThat(page("/id")).isEqualTo(id);
        assertThat(page("/starts")).isEqualTo("start");
        assertThat(platform.server().releases().list(production("db")))
                .extracting(Release::number)
                .containsExactly(1);

        var back = platform.server()
                .releases()
                .rollBack(production("shop"), OptionalInt.empty(), false, "test", line -> {});
        assertThat(back.live()).isTrue();
        assertThat(page("/")).isEqualTo("1");

        // A database whose definition changes is stopped before it starts again, on the same data.
        platform.commit(repository, "compose.yaml", SHOP[1].replace("echo start", "echo again"));
        platform.push(repository, "main");
        assertThat(page("/id")).isEqualTo(id);
        assertThat(page("/starts")).isEqualTo("start\nagain");
    }

    @Test
    void networksKeepServicesApartAndProfilesAreChosen() throws Exception {
        var repository = platform.repository(
                "apart", "johwa.yaml", "compose: {profiles: [debug]}\n", "compose.yaml", """
                services:
                  web:
                    build:
                      context: .
                      dockerfile_inline: |
                        FROM johwa-test-base:1
                        COPY www /www
                        STOPSIGNAL SIGKILL
                        CMD ["sh", "-c", "ask() { timeout $$2 wget -qO /www/$$1 http://$$1:8080/said || echo unknown >/www/$$1; }; ask api 30; ask db 2; exec httpd -f -p 8080 -h /www"]
                    ports: ["80:8080"]
                    networks: [front]
                    depends_on: [api]
                  api:
                    image: johwa-test-base:1
                    stop_signal: SIGKILL
                    command: [sh, -c, "mkdir /tmp/www; wget -qO /tmp/www/said http://store:8080/said; exec httpd -f -p 8080 -h /tmp/www"]
                    healthcheck: {test: "wget -qO- http://127.0.0.1:8080/said", interval: 1s}
                    networks: [front, back]
                    depends_on: [db]
                  db:
                    image: johwa-test-base:1
                    stop_signal: SIGKILL
                    command: [sh, -c, "mkdir /tmp/www; echo kept >/tmp/www/said; exec httpd -f -p 8080 -h /tmp/www"]
                    healthcheck: {test: "wget -qO- http://127.0.0.1:8080/said", interval: 1s}
                    networks: {back: {aliases: [store]}}
                  debug:
                    image: johwa-test-base:1
                    stop_signal: SIGKILL
                    command: [sleep, "1000"]
                    profiles: [debug]
                  once:
                    image: johwa-test-base:1
                    command: [echo, "it is done"]
                  unused: {image: none, profiles: [other]}
                networks:
                  front: {}
                  back: {internal: true}
                """, "www/index.html", "1\n");

        assertThat(platform.push(repository, "main"))
                .contains("compose.yaml: 5 services")
                .contains("1 of 1 ended well, as the compose file lets it")
                .contains("http://apart.localhost:");
        assertThat(platform.get("apart.localhost", "/api").body()).isEqualTo("kept\n");
        assertThat(platform.get("apart.localhost", "/db").body()).isEqualTo("unknown\n");
        assertThat(platform.server().releases().status(Optional.of("apart")))
                .extracting(each -> each.where().name())
                .containsExactlyInAnyOrder("apart", "apart/api", "apart/db", "apart/debug", "apart/once");
        assertThat(status("apart", "apart/once").state()).isEqualTo("done");
    }

    @Test
    void anOperatorAllowsWhatIsRefusedToOthers() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(place.resolve("index.html"), "of the host\n");
        var file = """
                services:
                  web:
                    image: johwa-test-base:1
                    stop_signal: SIGKILL
                    command: [httpd, -f, -p, "%1$d", -h, /www]
                    labels: {dev.johwa.web: "%1$d"}
                    network_mode: host
                    volumes: ["%2$s:/www:ro"]
                """.formatted(port, place);

        var refused = platform.push(platform.repository("others", "compose.yaml", file), "main");
        assertThat(refused)
                .contains("which lies outside of the project")
                .contains("shares network_mode with the host")
                .contains("allow: {others: [host-network]}");
        assertThat(platform.push(platform.repository("powers", "compose.yaml", file), "main"))
                .contains("http://powers.localhost:");
        assertThat(platform.body("powers")).isEqualTo("of the host");
    }
}
