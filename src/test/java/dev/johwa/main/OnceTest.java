package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Wait;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Attach;
import dev.johwa.door.api.Client;
import dev.johwa.door.api.Orders;
import dev.johwa.door.api.TokenList;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Commands that run once with what is live, by the CLI against a real server.
class OnceTest extends AtATerminal {

    @BeforeAll
    static void start() throws Exception {
        var repository = platform.repository("shop", Apps.PYTHON);
        platform.commit(repository, "version", "7\n");
        platform.push(repository, "main");
    }

    @Test
    void aCommandHasFilesSettingsAndSecretsOfWhatIsLive() throws Exception {
        assertThat(johwa("secrets", "set", "shop", "PASSWORD=not for everybody"))
                .isZero();
        assertThat(johwa(
                        "once",
                        "shop",
                        "--",
                        "sh",
                        "-c",
                        "cat version; echo $JOHWA_RELEASE $PASSWORD \"$0\" '$1'",
                        "a  b"))
                .as(err())
                .isZero();
        // What goes to who ran it and nowhere else comes byte for byte.
        assertThat(out()).startsWith("7\n").endsWith(" not for everybody a  b $1\n");
        assertThat(johwa("once", "shop", "--json", "--", "sh", "-c", "echo $PASSWORD"))
                .isZero();
        assertThat(out()).contains("***").doesNotContain("not for everybody");
        assertThat(Files.exists(platform.data().resolve("apps/shop/instances"))).isTrue();
        assertThat(johwa("once", "shop", "--", "sh", "-c", "echo gone; exit 3")).isEqualTo(3);
        assertThat(out()).isEqualTo("gone\n");
        assertThat(err()).contains("exit 3");
        assertThat(johwa("once", "--json", "shop", "--", "false")).isEqualTo(1);
        var last = out().strip().lines().toList().getLast();
        assertThat(Json.tree(last).get("result").get("status").asInt()).isEqualTo(1);
        assertThat(ran()).anyMatch(fact -> fact.contains("exit 3") && fact.contains("echo gone"));
    }

    @Test
    void inputGoesInAndOutputAndErrorsComeApart() {
        terminal.input = "select 1;\nno end";
        assertThat(johwa("once", "shop", "--", "sh", "-c", "cat; echo apart >&2; exit 9"))
                .isEqualTo(9);
        assertThat(out()).isEqualTo("select 1;\nno end");
        assertThat(err()).startsWith("apart\n");
    }

    @Test
    void aCommandRunsWithinTheInstanceThatLives() throws Exception {
        var script = "cat version; echo $JOHWA_APP $PORT; echo kept > /tmp/made; cat /proc/1/comm | head -c 4";
        assertThat(johwa("exec", "shop", "--", "sh", "-c", script)).as(err()).isZero();
        assertThat(out()).startsWith("7\nshop ");
        assertThat(johwa("exec", "shop", "--process", "web", "--", "cat", "/tmp/made"))
                .as(err())
                .isZero();
        assertThat(out()).isEqualTo("kept\n");
        assertThat(johwa("exec", "shop", "--process", "wbe", "--", "true")).isEqualTo(1);
        assertThat(err()).contains("no instance of 'wbe' of shop runs", "did you mean 'web'?");
        assertThat(johwa("exec", "shop")).isEqualTo(2);
        assertThat(err()).contains("johwa exec shop -- COMMAND");
        assertThat(platform.body("shop")).isEqualTo("7");
        assertThat(ran()).anyMatch(fact -> fact.contains("cat version"));
    }

    @Test
    void aTerminalOnTheServerHasTheSizeOfOursAndEndsWhenWeLeave() throws Exception {
        var server = URI.create(platform.server().url());
        var app = AppName.parse("shop");
        var calls = new HttpCalls(server);
        var attached = new Client(calls, server, Optional.of(platform.token())).attached();
        for (boolean within : List.of(false, true)) {
            var order = new Attach(
                    "production",
                    List.of("sh", "-c", "stty size; echo $TERM; read line; echo got $line; exit 3"),
                    within,
                    Optional.empty(),
                    Optional.of(new Attach.Terminal(100, 30, "xterm")),
                    0);
            var place = attached.start(app, order);
            var shown = new ByteArrayOutputStream();
            var ended =
                    platform.beside(() -> String.valueOf(attached.listen(place, shown, OutputStream.nullOutputStream())
                            .status()));
            Wait.eventually(() -> shown.toString(StandardCharsets.UTF_8).contains("30 100\r\nxterm\r\n"));
            assertThat(attached.tell(place, "hi\n".getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
            assertThat(ended.get()).isEqualTo("3");
            assertThat(shown.toString(StandardCharsets.UTF_8)).endsWith("hi\r\ngot hi\r\n");
        }
        var order = new Attach("production", List.of("sleep", "4326"), false, Optional.empty(), Optional.empty(), 0);
        var place = attached.start(app, order);
        var left = platform.beside(
                () -> attached.listen(place, OutputStream.nullOutputStream(), OutputStream.nullOutputStream())
                        .exit());
        Wait.eventually(() -> runs("sleep 4326"));
        attached.end(place);
        assertThat(left.get()).contains("connected");
        Wait.eventually(() -> !runs("sleep 4326"));
        assertThatThrownBy(() -> attached.tell(place, new byte[] {1})).hasMessageContaining("there is no such command");
        calls.close();
    }

    private static boolean runs(String command) {
        return ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").contains(command));
    }

    private static List<String> ran() throws SQLException {
        var found = new ArrayList<String>();
        try (var database = DriverManager.getConnection(
                        "jdbc:sqlite:" + platform.data().resolve("johwa.db"));
                var query = database.createStatement();
                var rows = query.executeQuery("select body from facts where type like '%CommandRan%'")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(johwa("once", "shop")).isEqualTo(2);
        assertThat(err()).contains("johwa once shop -- COMMAND");
        assertThat(johwa("once", "shop", "-e", "nowhere", "--", "true")).isEqualTo(1);
        assertThat(err()).contains("there is no app shop");
        assertThat(johwa("once", "shop", "--limit", "0", "--", "true")).isZero();
        assertThat(johwa("once", "shop", "--limit", "9999", "--", "true")).isEqualTo(2);
        assertThat(johwa("once", "shop", "--", "no-such-program")).isEqualTo(127);
    }

    @Test
    void itCanBeEndedAndLeavesNothing() throws Exception {
        var server = URI.create(platform.server().url());
        var client = new Client(new HttpCalls(server), server, Optional.of(platform.token()));
        var said = new CopyOnWriteArrayList<String>();
        var order = new Orders.Once("production", List.of("sh", "-c", "echo begun; sleep 4321 & sleep 4321"), 0);
        var work = client.attached().startOnce(AppName.parse("shop"), order);
        var status = platform.beside(() -> String.valueOf(client.attached()
                .followOnce(work, event -> event.text().ifPresent(said::add))
                .status()));
        Wait.eventually(() -> said.contains("begun"));
        var readers = client.createToken(new TokenList.Order(
                "looks", Optional.of("viewer"), Optional.of("shop"), Optional.empty(), Optional.empty()));
        var reader = new Client(new HttpCalls(server), server, Optional.of(readers));
        assertThatThrownBy(() -> reader.cancel(work))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("may not");
        client.cancel(work);
        assertThat(status.get()).isEqualTo("130");
        Wait.eventually(() -> ProcessHandle.allProcesses()
                .noneMatch(each -> each.info().commandLine().orElse("").contains("sleep 4321")));
        client.cancel(work);
        var gc = client.attached().startOnce(AppName.parse("shop"), new Orders.Once("production", List.of("true"), 0));
        assertThat(client.attached().followOnce(gc, event -> {}).status()).isZero();
        assertThatThrownBy(() ->
                        client.attached().startOnce(AppName.parse("shop"), new Orders.Once("production", List.of(), 0)))
                .isInstanceOf(ProblemException.class);
    }
}
