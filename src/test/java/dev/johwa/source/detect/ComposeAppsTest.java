package dev.johwa.source.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.Applications.Application;
import dev.johwa.source.detect.ContainerRun.Given;
import dev.johwa.source.detect.ContainerRun.Sharing;
import dev.johwa.source.detect.ContainerRun.Volume;
import dev.johwa.source.detect.Detection.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services of compose files as applications.
class ComposeAppsTest {
    @TempDir
    Path place;

    private ComposeApps.Composed read(List<String> secrets, String... files) {
        return new Sample(place, files).composed(Map.of("TAG", "17"), secrets);
    }

    private static ContainerRun run(ComposeApps.Composed composed, String app) {
        return detection(composed, app).container().orElseThrow().run();
    }

    private static Detection detection(ComposeApps.Composed composed, String app) {
        return composed.apps().stream()
                .filter(each -> each.name().equals(app))
                .findFirst()
                .orElseThrow()
                .detection();
    }

    @Test
    void theOneThatPeopleVisitHasTheNameOfTheProject() {
        var composed = read(
                List.of("PASSWORD"),
                "compose.yaml",
                """
                services:
                  frontend:
                    build: {context: ui, args: {MODE: production}}
                    ports: ["80:3000"]
                    depends_on: [api]
                  api:
                    build: api
                    ports: ["8000:8000"]
                    environment: {DATABASE_URL: "postgres://app:${PASSWORD}@db/app", TAG: "${TAG}"}
                    command: serve --key ${PASSWORD}
                    depends_on: {db: {condition: service_healthy}, migrate: {condition: service_completed_successfully}}
                  migrate: {build: api, command: [migrate], depends_on: [db]}
                  db:
                    image: postgres:${TAG}
                    ports: ["5432:5432"]
                    volumes: ["data:/var/lib/postgresql/data", "./init:/docker-entrypoint-initdb.d:ro"]
                    healthcheck: {test: pg_isready, interval: 5s, retries: 9}
                    stop_grace_period: 1m
                    secrets: [db-password]
                    deploy: {resources: {limits: {memory: 64M, cpus: "0.5"}}}
                volumes: {data: {}}
                secrets: {db-password: {file: ./password.txt}}
                """,
                "ui/Dockerfile",
                "ARG MODE\nFROM a:1 AS test\nRUN test\nFROM a:${MODE}\nCMD [\"x\"]\n",
                "api/Dockerfile",
                "FROM a:1 AS test\nFROM a:1\nCMD [\"x\"]\n",
                "init/first.sql",
                "select 1;\n");

        assertThat(composed.apps()).extracting(Application::name).containsExactly("db", "migrate", "api", "shop");
        assertThat(composed.apps())
                .extracting(each -> each.detection().service())
                .containsExactly(Service.WORKER, Service.JOB, Service.WEB, Service.WEB);
        assertThat(composed.apps().getLast().folder()).isEqualTo(Path.of("ui"));
        assertThat(detection(composed, "shop").port()).isEqualTo(OptionalInt.of(3000));
        assertThat(detection(composed, "api").port()).isEqualTo(OptionalInt.of(8000));
        assertThat(detection(composed, "migrate").release()).containsExactly(List.of());
        // Tests of a file that two services are built of run once.
        assertThat(detection(composed, "migrate").container().orElseThrow().tested())
                .isTrue();
        assertThat(detection(composed, "api").container().orElseThrow().tested())
                .isFalse();

        var api = run(composed, "api");
        assertThat(api.environment())
                .containsEntry("DATABASE_URL", "postgres://app:${PASSWORD}@db/app")
                .containsEntry("TAG", "17");
        assertThat(api.hidden().references()).containsExactly("PASSWORD");
        var revealed = api.revealed(Map.of("PASSWORD", "p4ss"));
        assertThat(revealed.environment()).containsEntry("DATABASE_URL", "postgres://app:p4ss@db/app");
        assertThat(revealed.command()).contains(List.of("serve", "--key", "p4ss"));
        assertThat(api.needs()).containsEntry("migrate", "service_completed_successfully");

        var db = run(composed, "db");
        assertThat(db.isData()).isTrue();
        assertThat(db.image()).isEqualTo("postgres:17");
        assertThat(db.volumes()).containsExactly(new Volume("db:data", "/var/lib/postgresql/data", false));
        assertThat(db.files()).isEqualTo(Map.of("/docker-entrypoint-initdb.d", new Given("init", "")));
        assertThat(db.hidden().files()).isEqualTo(Map.of("/run/secrets/db-password", "db_password"));
        assertThat(detection(composed, "db").needs().required()).containsExactly("db_password");
        assertThat(db.limits().memory()).isEqualTo(64 << 20);
        assertThat(db.program().grace()).contains(Duration.ofMinutes(1));
        assertThat(db.check().orElseThrow().test()).containsExactly("CMD-SHELL", "pg_isready");
        assertThat(db.check().orElseThrow().retries()).hasValue(9);
    }

    @Test
    void mountsOfSourcesAreForThoseWhoDevelopAndOtherFoldersAreKept() {
        var composed = read(List.of(), "compose.yaml", """
                services:
                  web:
                    build: .
                    ports: ["8080"]
                    volumes: [".:/app", "./uploads:/app/uploads", "/cache"]
                    tmpfs: /run
                    develop: {watch: [{action: rebuild, path: ./ui}]}
                """, "Dockerfile", "FROM a:1\n");

        assertThat(composed.decides(true)).isFalse();
        assertThat(composed.decides(false)).isTrue();
        assertThat(detection(composed, "shop").warnings())
                .extracting(problem -> problem.code())
                .contains("compose.development", "compose.watch");
        assertThat(run(composed, "shop").volumes())
                .containsExactly(new Volume(":uploads", "/app/uploads", false), new Volume("", "/cache", false));
        assertThat(run(composed, "shop").memory()).containsExactly("/run");
    }

    @Test
    void whatWouldGiveAwayTheMachineIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> read(
                        List.of(),
                        "compose.yaml",
                        "services:\n  web:\n    image: a:1\n    privileged: true\n    volumes: [\"/etc:/etc\"]\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .allMatch(problem -> problem.isError() && problem.where() != null));
    }

    @Test
    void aFileWithDatabasesAloneIsForThoseWhoDevelop() {
        var composed =
                read(List.of(), "compose.yaml", "services: {db: {image: 'postgres:17', ports: ['5432:5432']}}\n");

        assertThat(composed.decides(true)).isFalse();
        assertThat(composed.decides(false)).isTrue();
    }

    @Test
    void whatAnOperatorAllowsIsThere() {
        var sample = new Sample(place, "compose.yaml", """
                services:
                  web:
                    image: x
                    expose: ["80"]
                    privileged: true
                    network_mode: host
                    volumes: ["/srv/media:/media:ro"]
                """);

        assertThatThrownBy(() -> sample.composed(Map.of(), List.of(), "privileged", "host-network"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::code, Problem::hint)
                                .containsExactly(tuple(
                                        "compose.forbidden-host-path",
                                        "use a volume, or a file or folder of the repository; the operator may allow it in the"
                                                + " server spec: allow: {shop: [host-path]}")));
        var run = run(sample.composed(Map.of(), List.of(), "privileged", "host-network", "host-path"), "shop");
        assertThat(run.program().powers()).containsExactly("privileged", "host-network");
        assertThat(run.volumes()).containsExactly(new Volume("/srv/media", "/media", true));
    }

    @Test
    void aVolumeSaysWhoHasIt() {
        var composed = read(List.of(), "compose.yaml", """
                services:
                  web: {image: "a:1", ports: ["80"], volumes: ["uploads:/u"], depends_on: [perms, api]}
                  perms: {image: "a:1", volumes: ["uploads:/u"]}
                  api: {image: "a:1", volumes: ["./uploads:/u"]}
                volumes: {uploads: {}}
                """);

        var volume = run(composed, "shop").volumes().getFirst();
        assertThat(volume.name()).isEqualTo("perms:uploads");
        assertThat(volume.sharing()).contains(new Sharing(List.of("perms", ""), List.of("api")));
        assertThat(run(composed, "api").volumes().getFirst().sharing()).isEmpty();
        assertThat(Json.read(Json.write(volume), Volume.class).sharing()).isEqualTo(volume.sharing());
        var before = Json.read("{\"name\":\":uploads\",\"path\":\"/u\",\"isReadOnly\":false}", Volume.class);
        assertThat(before).isEqualTo(new Volume(":uploads", "/u", false));
    }

    @Test
    void aFolderThatIsCommittedOnlyToBeThereIsKept() {
        var composed = read(
                List.of(),
                "compose.yaml",
                """
                services:
                  web:
                    build: .
                    ports: ["8080"]
                    volumes:
                      - ./uploads:/app/uploads
                      - ./pages:/app/pages
                      - ./init:/app/init:ro
                """,
                "Dockerfile",
                "FROM a:1\n",
                "uploads/.gitkeep",
                "",
                "uploads/thumbs/.gitignore",
                "*\n",
                "pages/first.md",
                "x",
                "init/first.sql",
                "x");

        assertThat(run(composed, "shop").volumes()).containsExactly(new Volume(":uploads", "/app/uploads", false));
        assertThat(run(composed, "shop").files()).containsOnlyKeys("/app/pages", "/app/init");
        assertThat(detection(composed, "shop").warnings())
                .filteredOn(warning -> warning.code().equals("compose.given"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.text()).contains("compose.yaml:7:17").contains("'pages' at /app/pages");
                    assertThat(warning.isError()).isFalse();
                });
    }

    @Test
    void secretsAreOpenedInChecksAndConfigsToo() {
        var composed = read(List.of("PW", "OTHER"), "compose.yaml", """
                services:
                  cache:
                    image: redis:7
                    healthcheck: {test: [CMD, redis-cli, -a, "${PW}", ping], interval: 5s}
                    configs: [{source: c, target: /etc/c}, {source: whole, target: /etc/whole}, {source: open}]
                configs:
                  c: {content: "pw=${PW}"}
                  whole: {environment: OTHER}
                  open: {content: "x"}
                """);

        var cache = run(composed, "cache");
        assertThat(cache.check().orElseThrow().test()).contains("${PW}");
        assertThat(cache.files()).isEqualTo(Map.of("/open", new Given("", "x")));
        assertThat(Json.read(Json.write(cache), ContainerRun.class)).isEqualTo(cache);
        var revealed = cache.revealed(Map.of("PW", "p4ss", "OTHER", "all"));
        assertThat(revealed.check().orElseThrow().test()).containsExactly("CMD", "redis-cli", "-a", "p4ss", "ping");
        assertThat(revealed.check().orElseThrow().interval()).contains(Duration.ofSeconds(5));
        assertThat(revealed.hidden().files()).isEqualTo(Map.of("/etc/c", "pw=p4ss", "/etc/whole", "all"));
    }

    @Test
    void aSecretIsNoBuildArgument() {
        assertThatThrownBy(() -> read(List.of("PW"), "compose.yaml", """
                        services:
                          web:
                            build:
                              context: .
                              args:
                                TOKEN: "${PW}"
                            ports: ["80"]
                        """, "Dockerfile", "FROM a:1\n"))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo("compose.secret-argument");
                    assertThat(refused.problem().text())
                            .contains("compose.yaml:6:9")
                            .doesNotContain("${");
                });
    }

    @Test
    void aDockerfileOutsideOfItsContextGoesThereAsAText() {
        var composed = read(
                List.of(),
                "compose.yaml",
                "services: {web: {build: {context: ./api, dockerfile: ../docker/api.Dockerfile}, shm_size: 64m}}\n",
                "api/main.sh",
                "",
                "docker/api.Dockerfile",
                "FROM a:1\nEXPOSE 80\n");

        var container = detection(composed, "web").container().orElseThrow();
        assertThat(container.file()).isEqualTo("web.dockerfile_inline");
        assertThat(container.inline()).isEqualTo("FROM a:1\nEXPOSE 80\n");
        assertThat(composed.notes()).extracting(Problem::code).containsExactly("compose.idle-keys");
        assertThatThrownBy(() -> read(
                        List.of(),
                        "compose.yaml",
                        "services: {web: {build: {context: ./api, dockerfile: ../../other/Dockerfile}}}\n"))
                .hasMessageContaining("which is not in this commit");
    }
}
