package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.build.pipeline.Headroom;
import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.pipeline.Rooms;
import dev.johwa.build.pipeline.RunStarted;
import dev.johwa.build.pipeline.TestDatabases;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RegistryPorts;
import dev.johwa.door.api.AppList;
import dev.johwa.door.api.Collected;
import dev.johwa.door.api.DiskUse;
import dev.johwa.door.api.Examination;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.backup.BackupPorts;
import dev.johwa.serve.backup.Backups;
import dev.johwa.serve.backup.Places;
import dev.johwa.serve.backup.Plan;
import dev.johwa.serve.data.Beside;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.DataPorts;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.schedule.SchedulePorts;
import dev.johwa.serve.schedule.Schedules;
import dev.johwa.serve.target.Accounts;
import dev.johwa.serve.target.Logs;
import dev.johwa.source.config.Values;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.PeopleChanged;
import dev.johwa.source.identity.Role;
import dev.johwa.source.identity.Sessions;
import dev.johwa.source.identity.Tokens;
import dev.johwa.watch.log.AppLogs;
import dev.johwa.watch.log.LogStore;
import dev.johwa.watch.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The server over real HTTP, with the rooms that need no machine; the whole is tested end to end in `main`.
class WebTest {
    @TempDir
    static Path shared;

    private static ReleaseRig rig;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Tasks tasks = new Tasks();
    private Database database;
    private Tokens tokens;
    private Web web;
    private String address;
    private Optional<Problem> away = Optional.empty();

    /// One release of an app that pretends to run.
    @BeforeAll
    static void release() throws IOException {
        rig = new ReleaseRig(shared);
        rig.releases().release(rig.passed(Map.of()), line -> {}, new Cancel());
    }

    @AfterAll
    static void endRelease() {
        rig.close();
    }

    @BeforeEach
    void open() {
        var clock = new SystemClock();
        database = Kept.ofTests().open(folder);
        tokens = new Tokens(database, clock);
        var repositories = new Repositories(folder.resolve("git"), Optional.empty());
        var releases = rig.releases();
        var rooms = new WebRooms(
                clock,
                tasks,
                tokens,
                new Sessions(database, clock, tokens),
                new People(database, clock, new FactLog(database, clock, List.of(PeopleChanged.class)), tokens),
                null,
                null,
                repositories,
                null,
                NoHosts.of(database, clock, tasks, repositories, folder),
                pipelines(clock, repositories),
                new Registry(new RegistryPorts(
                        database,
                        new Blobs(folder.resolve("blobs")),
                        folder.resolve("blobs/uploads"),
                        clock,
                        1 << 20,
                        () -> {})),
                releases,
                new Schedules(new SchedulePorts(rig.database, rig.facts, rig.clock, rig.tasks, releases)),
                null,
                data(clock),
                logs(clock),
                null,
                null,
                new Telemetry(folder.resolve("metrics"), clock),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                () -> new Collected(List.of(), 0, 0, 0, false),
                () -> new DiskUse(40, 100, "low", List.of(new DiskUse.Item("logs", 30, 20, "print less"))),
                new Backups(
                        new BackupPorts(
                                folder,
                                database,
                                clock,
                                List::of,
                                List.of(),
                                told -> {},
                                () -> () -> {},
                                "",
                                Plan.NONE),
                        new Places(Map.of(), new SystemClock())),
                progress -> new Examination(List.of(), List.of(), 0),
                () -> new AppList.Platform("1+2 ab", new AppList.Edge("1+2 ab", 7, List.of(), "")),
                () -> Optional.of(report()),
                Map.of("edge", () -> Optional.of("does not answer")),
                () -> away);
        web = new Web(rooms);
        address = "http://" + web.start(new InetSocketAddress("127.0.0.1", 0));
    }

    private AppLogs logs(Clock clock) {
        var printed = new Logs(folder.resolve("apps"), clock, Logs.BUDGET, (app, line) -> line);
        return new AppLogs(printed, new LogStore(folder.resolve("kept"), clock, 1 << 20, (app, line) -> line));
    }

    private Data data(Clock clock) {
        var values = new Values(database, clock, folder.resolve("key"));
        var accounts = new Accounts(folder.resolve("accounts"));
        var processes = new Processes(clock, List.of());
        return new Data(new DataPorts(
                database, values, processes, accounts, clock, tasks, folder.resolve("data"), Beside.NONE));
    }

    private Pipelines pipelines(Clock clock, Repositories repositories) {
        var rooms = new Rooms(
                database,
                new FactLog(database, clock, List.of(RunStarted.class)),
                clock,
                tasks,
                repositories,
                null,
                null,
                null,
                null,
                folder.resolve("logs"),
                project -> line -> line,
                null,
                TestDatabases.NONE,
                null,
                null,
                1,
                Headroom.PLENTY);
        return new Pipelines(rooms, null, null);
    }

    private static EdgeReport report() {
        var buckets = List.of(1L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
        var counts = new EdgeReport.Counts(
                "shop\"\\x", "production", 3, 4, Map.of(200, 3L, 502, 1L), buckets, 12.5, 10, 20, 0, 0, 0);
        return new EdgeReport(1_000, List.of(counts), List.of("shop.1"), 2);
    }

    @AfterEach
    void close() {
        web.close();
        tasks.close();
        database.close();
        client.close();
    }

    private HttpResponse<String> call(String method, String path, String token, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String example(Route route) {
        return route.path().replace("{number}", "1").replaceAll("\\{[^}]+}|<[^>]+>", "shop");
    }

    @Test
    void everyRouteThatIsNotOpenRefusesWhoShowsNoToken() throws Exception {
        assertThat(web.routes()).hasSizeGreaterThan(20);
        for (var route : web.routes()) {
            var status = call(route.method(), example(route), "", "").statusCode();
            // Of hosts by their signature, of instances by a token of their app.
            boolean isSigned =
                    route.path().startsWith("/api/v1/hooks/") || route.path().startsWith("/v1/");
            if (!isSigned && (route.access() == Access.OPEN || route.access() == Access.LOCAL_OR_READ)) {
                assertThat(status).as(route.path()).isIn(200, 400, 503);
            } else {
                assertThat(status).as(route.path()).isEqualTo(401);
            }
        }
    }

    @Test
    void onlyWhatTellsNothingIsOpen() {
        assertThat(web.routes().stream()
                        .filter(route -> route.access() == Access.OPEN)
                        .map(Route::path))
                .containsExactlyInAnyOrder(
                        "/healthz",
                        "/readyz",
                        "/api/openapi.json",
                        "/schema/johwa.json",
                        "/api/v1/login",
                        "/api/v1/hooks/{project}",
                        "/api/v1/people/accept",
                        "/v1/logs",
                        "/v1/metrics",
                        "/v1/traces");
    }

    @Test
    void everyRouteRefusesATokenOfAnotherProjectAndAnUnknownOne() throws Exception {
        var other = tokens.create("other", Role.MAINTAINER, Optional.of("another"));
        for (var route : web.routes()) {
            if (route.access().permission().isPresent() && route.access() != Access.LOCAL_OR_READ) {
                assertThat(call(route.method(), example(route), other, "").statusCode())
                        .as(route.path())
                        .isEqualTo(403);
                assertThat(call(route.method(), example(route), "jhw_wrong", "").statusCode())
                        .as(route.path())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void aReaderMayNotChangeAnything() throws Exception {
        var reader = tokens.create("reader", Role.VIEWER, Optional.empty());
        for (var route : web.routes()) {
            boolean changes = route.access().permission().isPresent()
                    && route.access() != Access.READ
                    && route.access() != Access.LOCAL_OR_READ;
            if (changes) {
                assertThat(call(route.method(), example(route), reader, "{}").statusCode())
                        .as(route.path())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void aProblemIsADocumentOfRfc9457WithOurFields() throws Exception {
        var answer = call("GET", "/api/v1/tokens", "", "");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        var problem = Json.tree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(401);
        assertThat(problem.get("type").asString()).isEqualTo("about:blank");
        assertThat(problem.get("detail").asString())
                .isEqualTo(problem.get("message").asString());
        assertThat(problem.get("code").asString()).isEqualTo("token.unauthenticated");
        assertThat(problem.get("kind").asString()).isEqualTo("user");
        assertThat(problem.get("hint").asString()).contains("Bearer");
        assertThat(problem.get("problems")).hasSize(1);
    }

    @Test
    void whatIsNotThereAndTheWrongMethodAreProblemsToo() throws Exception {
        var owner = tokens.create("owner", Role.OWNER, Optional.empty());
        assertThat(call("GET", "/api/v1/nothing", "", "").statusCode()).isEqualTo(404);
        assertThat(Json.tree(call("GET", "/v1/nothing", "", "").body())
                        .get("code")
                        .asString())
                .isEqualTo("path.unknown");
        assertThat(call("PUT", "/healthz", "", "").statusCode()).isEqualTo(405);
        assertThat(call("POST", "/api/v1/tokens", owner, "{\"name\": ").statusCode())
                .isEqualTo(400);
        assertThat(call("POST", "/api/v1/tokens", owner, "x".repeat(1024 * 1024 + 1))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void tokensAreMadeListedAndRevoked() throws Exception {
        var owner = tokens.create("owner", Role.OWNER, Optional.empty());
        var made =
                call("POST", "/api/v1/tokens", owner, "{\"name\":\"ci\",\"role\":\"developer\",\"project\":\"shop\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        var token = Json.tree(made.body()).get("token").asString();
        assertThat(tokens.identify(token).orElseThrow().roles()).isEqualTo(Map.of("shop", Role.MAINTAINER));
        var listed = call("GET", "/api/v1/tokens", owner, "").body();
        assertThat(listed).contains("\"ci\"").doesNotContain(token);
        var id = idOf(Json.tree(listed), "ci");
        assertThat(call("DELETE", "/api/v1/tokens/" + id, owner, "").statusCode())
                .isEqualTo(204);
        assertThat(tokens.identify(token)).isEmpty();
        assertThat(call("DELETE", "/api/v1/tokens/" + id, owner, "").statusCode())
                .isEqualTo(404);
    }

    private static String idOf(JsonNode list, String name) {
        for (var token : list.get("tokens")) {
            if (token.get("name").asString().equals(name)) {
                return token.get("id").asString();
            }
        }
        throw new AssertionError("no token " + name);
    }

    @Test
    void aliveIsAliveAndReadyTellsWhatItWaitsFor() throws Exception {
        assertThat(call("GET", "/healthz", "", "").statusCode()).isEqualTo(200);
        var ready = call("GET", "/readyz", "", "");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(Json.tree(ready.body()).get("waiting").get("edge").asString())
                .isEqualTo("does not answer");
    }

    @Test
    void whileTheDatabaseIsAwayEverybodyIsToldAtOnce() throws Exception {
        away = Optional.of(
                Problem.resource("db.away", "the database is away for 7 s").hint("try again then"));
        var token = tokens.create("me", Role.OWNER, Optional.empty());
        for (var path : List.of("/api/v1/apps", "/shop.git/info/refs?service=git-receive-pack", "/")) {
            var answer = call("GET", path, token, "");
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.body()).as(path).contains("database is away for 7 s");
        }
        assertThat(call("GET", "/healthz", "", "").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/readyz", "", "").body()).contains("waiting");
    }

    @Test
    void theDescriptionKnowsEveryRouteAndEverySchemaItNames() throws Exception {
        var text = call("GET", "/api/openapi.json", "", "").body();
        var document = Json.tree(text);
        assertThat(document.get("openapi").asString()).startsWith("3.1");
        for (var route : web.routes()) {
            if (!route.path().equals("/api/openapi.json")) {
                assertThat(document.get("paths")
                                .get(route.path().replace('<', '{').replace('>', '}'))
                                .get(route.method().toLowerCase(Locale.ROOT)))
                        .as(route.path())
                        .isNotNull();
            }
        }
        int described = 0;
        for (var path : document.get("paths")) {
            described += path.size();
        }
        assertThat(described)
                .as("described and not there")
                .isEqualTo(web.routes().size() - 1);
        var schemas = document.get("components").get("schemas");
        Pattern.compile("#/components/schemas/(\\w+)")
                .matcher(text)
                .results()
                .forEach(match -> assertThat(schemas.get(match.group(1)))
                        .as(match.group(1))
                        .isNotNull());
    }

    @Test
    void theSchemaOfTheSettingsIsPublishedForEverybody() throws Exception {
        var answer = call("GET", "/schema/johwa.json", "", "");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(Json.tree(answer.body())).isEqualTo(Json.tree(Files.readString(Path.of("docs/schema/johwa.json"))));
    }

    @Test
    void figuresAreInPrometheusFormatAndToldToThisMachineOnly() throws Exception {
        call("GET", "/healthz", "", "");
        var answer = call("GET", "/metrics", "", "");
        assertThat(answer.body())
                .contains("johwa_disk_free_bytes 40\n")
                .contains("johwa_disk_used_bytes{class=\"logs\"} 30\n")
                .contains("johwa_disk_budget_bytes{class=\"logs\"} 20\n");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body())
                .contains("johwa_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1")
                .contains(
                        "johwa_app_requests_total{app=\"shop\\\"\\\\x\",environment=\"production\",release=\"3\",status=\"502\"} 1")
                .contains("le=\"0.01\",release=\"3\"} 3")
                .contains("le=\"+Inf\",release=\"3\"} 4")
                .contains(
                        "johwa_app_serving_release{app=\"shop\",environment=\"production\",preview=\"false\",release=\"1\"} 1")
                .contains("johwa_process_restarts_total{app=\"shop\",environment=\"production\",process=\"web\"} 0")
                .containsPattern("johwa_instance_start_time_seconds\\{app=\"shop\",.*release=\"1\"} \\d");
        var proxied = HttpRequest.newBuilder(URI.create(address + "/metrics"))
                .header("X-Forwarded-For", "203.0.113.9")
                .build();
        assertThat(client.send(proxied, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void promtoolFindsNothingWrongWithTheFigures() throws Exception {
        var promtool = tool("promtool");
        Assumptions.assumeTrue(promtool.isPresent(), "promtool (Debian package prometheus) is not here");
        var file = folder.resolve("metrics.txt");
        Files.writeString(file, call("GET", "/metrics", "", "").body());
        var process = new ProcessBuilder(promtool.get(), "check", "metrics")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    private static Optional<String> tool(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
