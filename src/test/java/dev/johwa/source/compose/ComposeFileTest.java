package dev.johwa.source.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of compose files, and how it is told what is wrong with them.
class ComposeFileTest {
    @TempDir
    Path folder;

    @BeforeEach
    void realFolder() throws IOException {
        folder = folder.toRealPath();
    }

    private ComposeFile.Reading read(String text) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), text);
        return ComposeFile.read(ComposeFile.Request.ofRepository(folder));
    }

    private List<String> wrong(String text) {
        var thrown = catchThrowableOfType(ProblemException.class, () -> read(text));
        return thrown.problems().stream().map(Problem::text).toList();
    }

    @Test
    void allErrorsOfAFileAreToldAtOnceWithTheirPlaces() {
        assertThat(wrong("""
                services:
                  web:
                    imag: nginx
                    ports: 80
                    depends_on: {db: {condition: healthy}}
                  db:
                    image: postgres
                    enviroment: {A: 1}
                netwroks: {}
                """))
                .containsExactlyInAnyOrder(
                        "compose.yaml:3:5: unknown key 'imag' in 'services.web' — did you mean 'image'?",
                        "compose.yaml:4:12: 'services.web.ports' is 80 — write a list",
                        "compose.yaml:5:34: 'services.web.depends_on.db.condition' is 'healthy' — write one of"
                                + " service_started, service_healthy, service_completed_successfully",
                        "compose.yaml:8:5: unknown key 'enviroment' in 'services.db' — did you mean 'environment'?",
                        "compose.yaml:9:1: unknown key 'netwroks' in a compose file — did you mean 'networks'?");
    }

    @Test
    void whatDoesNotFitTogetherIsToldAtOnceToo() {
        assertThat(wrong("""
                services:
                  web:
                    image: nginx
                    networks: [front]
                    volumes: ["data:/data"]
                    depends_on: [db]
                  a: {image: x, depends_on: [b]}
                  b: {image: x, depends_on: [a]}
                """))
                .contains(
                        "compose.yaml:4:15: 'web' refers to the network 'front', which is not there — declare it below"
                                + " 'networks:'",
                        "compose.yaml:5:14: 'web' refers to the volume 'data', which is not there — declare it below"
                                + " 'volumes:'",
                        "compose.yaml:6:17: 'web' depends on 'db', which is not there — add the service",
                        "compose.yaml:7:29: services wait for each other: a → b → a — leave one 'depends_on' out");
    }

    @Test
    void aProblemOfAnotherFileNamesThatFile() throws IOException {
        Files.createDirectories(folder.resolve("base"));
        Files.writeString(folder.resolve("base/common.yaml"), "services:\n  app:\n    ports: [\"80:x\"]\n");
        assertThat(wrong("services: {web: {extends: {file: base/common.yaml, service: app}}}"))
                .singleElement()
                .asString()
                .startsWith("base/common.yaml:3:13: '80:x' is no port: 'x' is no port");
    }

    @Test
    void filesOutsideOfARepositoryAreNotRead() throws IOException {
        var outside = Files.writeString(Files.createTempFile("outside", ".env"), "A=secret\n");
        assertThat(wrong("services: {web: {image: x, env_file: " + outside + "}}"))
                .containsExactly(outside + " lies outside of the project — copy it into the repository");
        Files.createSymbolicLink(folder.resolve("link.env"), outside);
        assertThat(wrong("services: {web: {image: x, env_file: link.env}}"))
                .containsExactly("link.env lies outside of the project — copy it into the repository");
        Files.delete(outside);
    }

    @Test
    void aBombOfAliasesIsRefused() {
        var bomb = new StringBuilder("x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("x-%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, "*a" + (i - 1)))));
        }
        assertThat(wrong(bomb.toString())).singleElement().asString().contains("too many values");
        assertThat(wrong("x-a: &a {b: *a}")).singleElement().asString().contains("holds itself");
    }

    @Test
    void aServiceHasAllThatATargetNeeds() throws IOException {
        Files.writeString(folder.resolve("web.env"), "FROM_FILE='a $b'\n");
        var service = read("""
                services:
                  web:
                    build: {context: ./app, target: run, args: {V: 1}, secrets: [token]}
                    command: npm start
                    environment: [A=$$1]
                    env_file: web.env
                    ports: ["127.0.0.1:8080:80"]
                    volumes: ["data:/data:ro"]
                    depends_on: {db: {condition: service_healthy}}
                    healthcheck: {test: curl localhost, interval: 1m30s, retries: 2}
                    deploy:
                      replicas: 3
                      resources: {limits: {memory: 64m, cpus: "0.5", pids: 9}}
                      restart_policy: {condition: any}
                    stop_grace_period: 5s
                    user: app
                  db: {image: "postgres:16"}
                volumes: {data: }
                secrets: {token: {file: token.txt}}
                """).project().service("web").orElseThrow();
        assertThat(service.build().orElseThrow())
                .isEqualTo(new Service.Build(
                        folder.resolve("app").toString(), "Dockerfile", "", "run", Map.of("V", "1"), List.of("token")));
        assertThat(service.program().command()).contains(List.of("npm", "start"));
        assertThat(service.program().entrypoint()).isEmpty();
        assertThat(service.program().user()).isEqualTo("app");
        assertThat(service.program().grace()).contains(Duration.ofSeconds(5));
        assertThat(service.environment()).isEqualTo(Map.of("A", "$1", "FROM_FILE", "a $b"));
        assertThat(service.ports()).containsExactly(new Service.Port(80, "8080", "127.0.0.1", "tcp"));
        assertThat(service.mounts()).containsExactly(new Service.Mount("volume", "data", "/data", true));
        assertThat(service.dependsOn()).isEqualTo(Map.of("db", new Service.Dependency("service_healthy", true, false)));
        assertThat(service.health().orElseThrow().test()).containsExactly("CMD-SHELL", "curl localhost");
        assertThat(service.health().orElseThrow().interval()).contains(Duration.ofSeconds(90));
        assertThat(service.limits()).isEqualTo(new Service.Limits(64 << 20, 0.5, 9));
        assertThat(service.scale()).isEqualTo(3);
        assertThat(service.mayEnd()).isFalse();
    }

    @Test
    void servicesComeAfterThoseTheyDependOn() throws IOException {
        var project = read("""
                services:
                  a: {image: x, depends_on: [b, c]}
                  b: {image: x, depends_on: [c]}
                  c: {image: x}
                """).project();
        assertThat(project.inOrder().stream().map(Service::name)).containsExactly("c", "b", "a");
    }

    private Optional<String> web(String text) throws IOException {
        return WebService.of(read(text).project()).map(web -> web.service() + " " + web.port() + ": " + web.why());
    }

    @Test
    void theWebServiceIsTheOneThatPublishesAPortOfTheWeb() throws IOException {
        assertThat(web("""
                services:
                  db: {image: "postgres:16", ports: ["5432:5432"]}
                  mail: {image: axllent/mailpit, ports: ["8025:8025"]}
                  worker: {image: shop}
                  api: {image: shop, ports: ["3000:3000"]}
                  web: {image: shop, ports: ["8080:80"]}
                """)).contains("web 80: it publishes port 80 as 8080");
        assertThat(web("services: {db: {image: redis, ports: [\"6379:6379\"]}, app: {build: ., expose: [\"4000\"]}}"))
                .contains("app 4000: it exposes port 4000");
        assertThat(web("services: {a: {image: x, ports: [\"80:80\"]}, b: {image: x, labels: {dev.johwa.web: \"9\"}}}"))
                .contains("b 9: it has the label dev.johwa.web");
        assertThat(web("services: {db: {image: \"docker.io/library/mysql:8\", ports: [\"3306:3306\"]}}"))
                .isEmpty();
    }

    @Test
    void whatWouldGiveTheMachineAwayIsTold() throws IOException {
        var refused = read("""
                services:
                  web:
                    image: x
                    privileged: true
                    network_mode: host
                    pid: host
                    cap_add: [NET_BIND_SERVICE, CAP_NET_RAW, SYS_ADMIN]
                    devices: ["/dev/kvm:/dev/kvm"]
                    security_opt: ["seccomp=unconfined"]
                    volumes:
                      - ./inside:/a
                      - ../outside:/b
                      - /etc:/etc
                      - /var/run/docker.sock:/var/run/docker.sock
                      - named:/c
                volumes:
                  named: {driver: local, driver_opts: {type: none, o: bind, device: /srv}}
                """).refused();
        assertThat(refused.stream().map(problem -> problem.where().line() + " " + problem.code()))
                .containsExactlyInAnyOrder(
                        "4 compose.forbidden-privileged",
                        "5 compose.forbidden-host-network",
                        "6 compose.forbidden-host",
                        "7 compose.forbidden-capability",
                        "8 compose.forbidden-device",
                        "9 compose.forbidden-unprotected",
                        "12 compose.forbidden-host-path",
                        "13 compose.forbidden-host-path",
                        "14 compose.forbidden-socket",
                        "17 compose.forbidden-host-file");
    }

    @Test
    void filesOfTheHostAreNoSourceEither() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc"));
        Files.createDirectories(folder.resolve("inside"));
        var refused = read("""
                services:
                  web:
                    build: {context: ., additional_contexts: [etc=/etc], network: host}
                    volumes: ["./link:/a", "./link/ssl:/b", "./inside:/c", "./new/folder:/d"]
                    secrets: [shadow]
                    post_start: [{command: x, privileged: true}]
                secrets: {shadow: {file: /etc/shadow}}
                """).refused();
        assertThat(refused.stream().map(problem -> problem.where().line() + " " + problem.code()))
                .containsExactlyInAnyOrder(
                        "3 compose.forbidden-host-file",
                        "3 compose.forbidden-host",
                        "4 compose.forbidden-host-file",
                        "4 compose.forbidden-host-file",
                        "6 compose.forbidden-privileged",
                        "7 compose.forbidden-host-file");
    }

    @Test
    void theModelAsYamlIsAComposeFileOfTheSameModel() throws IOException {
        var text = """
                services:
                  web:
                    image: x
                    command: ["sh", "-c", "echo $$HOME: it's \\"a\\" # b", "yes", "0777", "1.0", "-", ""]
                    environment: {A: "line\\nbreak", B: "on", C: ~, D: "null", E: "*x", F: " a "}
                    ports: ["8080:80", {target: 1}]
                    healthcheck: {test: [CMD, a], interval: 1h}
                    models: [llm]
                models: {llm: {model: ai/small, context_size: 5}}
                """;
        var model = read(text).model();
        var again = read(model.yaml()).model();
        assertThat(again.json()).isEqualTo(model.json()).contains("$$HOME");
    }

    @Test
    void aHundredServicesAreReadInAMoment() throws IOException {
        var text = new StringBuilder("x-common: &common {restart: always, logging: {driver: json-file}}\nservices:\n");
        for (int i = 0; i < 100; i++) {
            text.append("""
                      s%1$d:
                        <<: *common
                        image: registry.example.com/shop/s%1$d:${TAG:-1}
                        ports: ["%2$d:80"]
                        environment: {A: 1, B: two, C: "${UNSET:-x}"}
                        depends_on: %3$s
                        volumes: ["data%1$d:/data", "./src:/src:ro"]
                        healthcheck: {test: curl localhost, interval: 30s}
                        deploy: {resources: {limits: {memory: 64m, cpus: "0.5"}}}
                    """.formatted(i, 8000 + i, i == 0 ? "[]" : "[s" + (i - 1) + "]"));
        }
        text.append("volumes:\n");
        for (int i = 0; i < 100; i++) {
            text.append("  data").append(i).append(":\n");
        }
        assertThat(read(text.toString()).project().services()).hasSize(100);
        var best = Duration.ofDays(1);
        for (int i = 0; i < 300 && best.toMillis() >= 50; i++) {
            long start = System.nanoTime();
            read(text.toString());
            var taken = Duration.ofNanos(System.nanoTime() - start);
            best = taken.compareTo(best) < 0 ? taken : best;
        }
        assertThat(best).as("once the process is warm").isLessThan(Duration.ofMillis(50));
    }

    @Test
    void whatWouldLoseItsIsolationIsRefusedWithItsLine() throws IOException {
        var refused = read("""
                services:
                  web: {image: x}
                  alone:
                    image: x
                    network_mode: none
                  beside:
                    image: x
                    network_mode: service:web
                    volumes_from: [web]
                """).refused();
        assertThat(refused.stream().map(problem -> problem.where().line() + " " + problem.code()))
                .containsExactly(
                        "5 compose.forbidden-network",
                        "8 compose.forbidden-network",
                        "9 compose.forbidden-volumes-from");
    }

    @Test
    void keysThatNothingActsOnAreToldOnceForEachFile() throws IOException {
        Files.writeString(folder.resolve("more.yaml"), "services: {more: {image: y, cap_drop: [ALL]}}\n");
        var idle = read("""
                include: [more.yaml]
                services:
                  web:
                    build: {context: ., additional_contexts: {a: ./a}}
                    init: true
                    links: [db, "db:database"]
                    shm_size: 64m
                    labels: {a: b}
                    logging: {driver: none}
                    networks: {default: {ipv4_address: 10.0.0.2}}
                  db: {image: x, links: [other], security_opt: ["no-new-privileges:true"], init: false}
                  other: {image: x}
                  off: {image: x, dns: [1.1.1.1], profiles: [off]}
                volumes: {data: {driver: local}}
                """).idle();
        assertThat(idle).extracting(Problem::code).containsOnly("compose.idle-keys");
        assertThat(idle.stream().map(Problem::message))
                .containsExactlyInAnyOrder(
                        "nothing here acts on: compose.yaml:4:25 services.web.build.additional_contexts,"
                                + " compose.yaml:6:5 services.web.links, compose.yaml:7:5 services.web.shm_size,"
                                + " compose.yaml:9:5 services.web.logging,"
                                + " compose.yaml:10:26 services.web.networks.default.ipv4_address",
                        "nothing here acts on: more.yaml:1:29 services.more.cap_drop");
    }
}
