package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How instances are kept: several, none, other processes beside the web, crashes, ports, data.
class InstancesTest {
    private static final Map<String, Object> NO_STATE = Map.of();
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static AppEnvironment production(String app) {
        return new AppEnvironment(app, app, AppEnvironment.PRODUCTION);
    }

    private static AppStatus status(Platform at, String app) {
        return at.server().releases().status(Optional.of(app)).getFirst();
    }

    private static int ask(Platform at, String app, String path) {
        try {
            return at.get(app + ".localhost", path).statusCode();
        } catch (IOException | InterruptedException e) {
            return 0;
        }
    }

    @Test
    void scaledToNoneItSaysSoAndComesBack() throws Exception {
        var repository = platform.repository("none", Apps.TRICKY);
        platform.push(repository, "main");
        platform.server().releases().scale(production("none"), Map.of("web", 0), line -> {});

        var answer = platform.get("none.localhost", "/");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("switched off for now").doesNotContain("johwa", "none");
        assertThat(status(platform, "none").notes()).contains("scaled to 0; `johwa scale none 1` starts it");
        assertThat(status(platform, "none").state()).isEqualTo("stopped");
        assertThat(status(platform, "none").instances()).isEmpty();
        platform.commit(repository, "version", "while it is none\n");
        assertThat(platform.push(repository, "main")).contains("nothing is verified");
        assertThat(platform.server()
                        .releases()
                        .current(production("none"))
                        .orElseThrow()
                        .number())
                .isEqualTo(2);

        platform.server().releases().scale(production("none"), Map.of("web", 2), line -> {});
        assertThat(platform.body("none")).isEqualTo("while it is none");
        assertThat(status(platform, "none").instances()).hasSize(2);
        assertThat(status(platform, "none").notes()).isEmpty();
        platform.commit(repository, "version", "2\n");
        assertThat(platform.push(repository, "main")).contains("2 instances are healthy");
    }

    @Test
    void otherProcessesRunBesideTheWeb() throws Exception {
        var repository = platform.repository("many", Apps.TRICKY);
        platform.commit(
                repository,
                "Procfile",
                "web: exec python3 app.py\nworker: echo working; exec sleep 600\nonce: echo done once\n");
        platform.push(repository, "main");

        assertThat(platform.body("many")).isEqualTo("1");
        assertThat(status(platform, "many").instances())
                .extracting(AppStatus.InstanceStatus::process)
                .contains("web", "worker");
        platform.server().releases().scale(production("many"), Map.of("worker", 3), line -> {});
        assertThat(status(platform, "many").instances())
                .filteredOn(each -> each.process().equals("worker"))
                .hasSize(3);
        assertThat(status(platform, "many").state()).isEqualTo("live");
        assertThat(status(platform, "many").notes()).isEmpty();
    }

    @Test
    void aRestartLosesNoRequestAndOneThatFailsLeavesTheOld() throws Exception {
        var repository = platform.repository("anew", Apps.TRICKY);
        var web = "web: test ! -e keep/broken || { echo the disk is gone; exit 7; }; exec python3 app.py\n";
        platform.commit(repository, "Procfile", web + "worker: exec sleep 600\n", "keep/first", "x");
        platform.commit(repository, "johwa.yaml", "instances: 2\ndata: [keep/]\n");
        platform.push(repository, "main");
        var before = ids("anew");
        var told = new ArrayList<String>();

        try (var askers = new Askers(() -> ask(platform, "anew", "/") + " ");
                var patient = new Askers(() -> ask(platform, "anew", "/slow") + " ")) {
            askers.mayFail(false);
            patient.mayFail(false);
            platform.server().releases().restarts().restart(production("anew"), Optional.empty(), "kim", told::add);

            assertThat(ids("anew")).hasSize(3).doesNotContainAnyElementsOf(before);
            assertThat(told).hasSize(3).allMatch(line -> line.contains("instead of anew-1-"));
            var after = ids("anew");
            Files.createFile(platform.data().resolve("apps/anew/data/production/keep/broken"));
            assertThatThrownBy(() -> restart("anew", Optional.of(one(after, "web"))))
                    .hasMessageContaining("exit 7")
                    .hasMessageContaining("what ran before runs on");
            assertThat(ids("anew")).containsExactlyInAnyOrderElementsOf(after);
            assertThatThrownBy(() -> restart("anew", Optional.of("nobody")))
                    .hasMessageContaining("no instance 'nobody'");
            restart("anew", Optional.of(one(after, "worker")));
            assertThat(ids("anew")).contains(one(after, "web")).doesNotContain(one(after, "worker"));
            assertThat(askers.lost()).isEmpty();
            assertThat(patient.lost()).isEmpty();
        }
        assertThat(platform.body("anew")).isEqualTo("1");
        assertThat(facts(platform.data(), "AppStarted"))
                .filteredOn(fact -> fact.contains("anew"))
                .hasSize(3)
                .anyMatch(fact -> fact.contains("\"by\":\"kim\"") && fact.contains("\"instances\":3"))
                .anyMatch(fact -> fact.contains("exit 7"));
    }

    private static void restart(String app, Optional<String> instance) {
        var _ = platform.server().releases().restarts().restart(production(app), instance, "me", line -> {});
    }

    private static List<String> ids(String app) {
        return status(platform, app).instances().stream()
                .map(AppStatus.InstanceStatus::id)
                .toList();
    }

    private static String one(List<String> ids, String process) {
        return ids.stream()
                .filter(id -> id.contains("-" + process + "-"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCrashLoopIsShownWithItsLastWords() throws Exception {
        var repository = platform.repository("loop", Apps.TRICKY);
        platform.push(repository, "main");

        for (int crash = 1; crash <= 4; crash++) {
            eventually(() -> ask(platform, "loop", "/") == 200);
            ask(platform, "loop", "/exit");
            eventually(() -> ask(platform, "loop", "/") != 200
                    || status(platform, "loop").instances().size() == 1);
        }

        eventually(() -> !status(platform, "loop").notes().isEmpty());
        assertThat(String.join("\n", status(platform, "loop").notes()))
                .contains("web crashed 4 times in a row: exit 7")
                .contains("last words of 1");
        assertThat(status(platform, "loop").state()).isEqualTo("failed");
        var ended = status(platform, "loop").ends().get("web");
        assertThat(ended.times()).isGreaterThanOrEqualTo(4);
        assertThat(ended.exit()).startsWith("exit 7");
        restart("loop", Optional.empty());
        assertThat(ask(platform, "loop", "/")).as("after a restart by hand").isEqualTo(200);
        assertThat(status(platform, "loop").state()).isEqualTo("live");
        assertThat(status(platform, "loop").ends().get("web").times())
                .as("none that people ask for")
                .isEqualTo(ended.times());
        eventually(() -> status(platform, "loop")
                        .instances()
                        .getFirst()
                        .used()
                        .memoryBytes()
                        .orElse(0)
                > 1 << 20);
    }

    @Test
    void dataOutlivesReleasesAndWaysBack() throws Exception {
        var repository = platform.repository("lasting", Apps.TRICKY);
        platform.commit(repository, "johwa.yaml", "data: [keep/]\n", "keep/log", "shipped ");
        platform.push(repository, "main");
        assertThat(platform.get("lasting.localhost", "/keep").body()).isEqualTo("shipped 1 ");
        platform.commit(repository, "version", "2\n");
        platform.push(repository, "main");
        assertThat(platform.get("lasting.localhost", "/keep").body()).isEqualTo("shipped 1 2 ");
        platform.server().releases().rollBack(production("lasting"), OptionalInt.empty(), false, "me", line -> {});
        assertThat(platform.get("lasting.localhost", "/keep").body()).isEqualTo("shipped 1 2 1 ");
    }

    @Test
    void widerListenersAndLateOnesAreServedAndTold() throws Exception {
        var repository = platform.repository("wide", Apps.TRICKY);
        platform.commit(repository, "johwa.yaml", "env: {ON: 0.0.0.0, AFTER: '1'}\n");

        assertThat(platform.push(repository, "main")).contains("it listens on all addresses");
        assertThat(platform.body("wide")).isEqualTo("1");
    }

    @Test
    void aPortThatSomebodyTakesMeanwhileIsGivenUp() throws Exception {
        var repository = platform.repository("thief", Apps.TRICKY);
        platform.commit(repository, "johwa.yaml", "env: {AFTER: '1.5'}\n");
        var push = platform.beside(() -> platform.push(repository, "main"));
        var instances = platform.data().resolve("apps/thief/instances");
        eventually(() -> states(instances).size() == 1);
        int port = (int) states(instances).getFirst().get("wantedPort");

        try (var thief = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(push.join()).contains("another program took its port").contains("live");
        }
        assertThat(platform.body("thief")).isEqualTo("1");
    }

    private static List<Map<?, ?>> states(Path instances) {
        if (!Files.isDirectory(instances)) {
            return List.of();
        }
        try (var folders = Files.list(instances)) {
            return folders.map(folder -> folder.resolve("state"))
                    .filter(Files::exists)
                    .<Map<?, ?>>map(InstancesTest::state)
                    .filter(state -> !state.isEmpty())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Map<?, ?> state(Path file) {
        try {
            return Json.read(Files.readAllBytes(file), Map.class);
        } catch (IOException e) {
            return NO_STATE;
        }
    }

    @Test
    void anAppThatInsistsOnItsPortRunsBesideItsOldOne() throws Exception {
        var repository = platform.repository("fixed", Apps.TRICKY);
        platform.commit(repository, "johwa.yaml", "env: {FIXED: '" + freePort() + "'}\n");
        assertThat(platform.push(repository, "main")).contains("it ignores PORT");
        for (int version = 2; version <= 3; version++) {
            platform.commit(repository, "version", version + "\n");
            assertThat(platform.push(repository, "main")).contains("live");
            assertThat(platform.body("fixed")).isEqualTo(String.valueOf(version));
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void howItEndedWhileNobodyWatchedIsKnown() throws Exception {
        try (var own = new Platform()) {
            var repository = own.repository("alone", Apps.TRICKY);
            own.push(repository, "main");
            own.stopControlPlane();
            ask(own, "alone", "/exit");
            own.startControlPlane();

            eventually(() -> ask(own, "alone", "/") == 200);
            // The edge may have asked a second time, on the connection that had died.
            assertThat(facts(own.data(), "InstanceCrashed")).isNotEmpty().allMatch(crash -> crash.contains("exit 7"));
        }
    }

    private static List<String> facts(Path data, String kind) throws SQLException {
        var found = new ArrayList<String>();
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("johwa.db"));
                var query = database.createStatement();
                var rows = query.executeQuery("select body from facts where type like '%" + kind + "%'")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Test
    void withoutNetworksOfItsOwnTheOldStopsFirstAndRequestsWait() throws Exception {
        try (var own = new Platform(InstancesTest::withoutSandbox)) {
            var repository = own.repository("single", Apps.TRICKY);
            own.commit(repository, "johwa.yaml", "env: {FIXED: '" + freePort() + "'}\n");
            assertThat(own.push(repository, "main")).contains("http://single.localhost");
            assertThat(own.body("single")).isEqualTo("1");
            var told = new ArrayList<String>();
            var single = new AppEnvironment("single", "single", AppEnvironment.PRODUCTION);
            var again = own.beside(() -> own.server()
                    .releases()
                    .restarts()
                    .restart(single, Optional.empty(), "me", told::add)
                    .commit());
            while (!again.isDone()) {
                assertThat(own.body("single")).isEqualTo("1");
            }
            again.join();
            assertThat(told).anyMatch(line -> line.contains("the old stops first, requests wait"));
            own.commit(repository, "version", "2\n");
            var push = own.beside(() -> own.push(repository, "main"));
            while (!push.isDone()) {
                assertThat(own.body("single")).isIn("1", "2");
            }
            assertThat(push.join()).contains("the old stops first, requests wait");
            assertThat(own.body("single")).isEqualTo("2");

            own.commit(repository, "version", "edge\n");
            assertThat(own.push(repository, "main")).contains("Release 2 keeps serving");
            assertThat(own.body("single")).isEqualTo("2");
        }
    }

    /// A machine without bubblewrap, and so without networks for programs.
    private static Settings withoutSandbox(Settings usual) {
        try {
            var programs = Files.createDirectories(usual.data().resolveSibling("programs"));
            var python = programs.resolve("python3");
            if (!Files.exists(python)) {
                Files.createSymbolicLink(python, Path.of("/usr/bin/python3"));
            }
            return Platform.with(
                    usual,
                    Map.of("path", List.of(programs), "tools", usual.data().resolveSibling("tools")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
