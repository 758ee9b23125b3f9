package dev.johwa.source.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.source.host.Connection.Home;
import dev.johwa.source.host.Connection.Kind;
import dev.johwa.source.host.Connection.Login;
import dev.johwa.source.host.Connection.Standing;
import dev.johwa.source.host.Connection.State;
import dev.johwa.source.host.Connection.Times;
import dev.johwa.source.host.Connection.Wish;
import dev.johwa.source.host.Tracker.Told;
import dev.johwa.source.host.Tracker.Told.Done;
import dev.johwa.source.host.Tracker.Told.Failed;
import dev.johwa.source.host.Tracker.Word;
import dev.johwa.source.host.played.PlayedGitHub;
import dev.johwa.source.host.played.Seen;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Issues at a host that is held to GitHub's description.
@ParameterizedClass
@EnumSource(Kept.class)
class TrackerTest {
    @Parameter
    Kept kept;

    private static final String ABOUT = "7d0c";

    @TempDir
    Path folder;

    private PlayedGitHub hub;
    private Database database;
    private Tracker tracker;
    private String token;

    @BeforeEach
    void play() {
        hub = new PlayedGitHub(folder.resolve("hub"), "acme/shop");
        hub.push("main", Map.of("index.html", "one"));
        token = hub.token();
        database = kept.open(folder);
        var store = new ConnectionStore(database);
        var home = new Home(hub.url(), Kind.GITHUB, hub.api(), Login.TOKEN, "", "");
        store.put(new Connection(
                "shop",
                home,
                new Wish(true, false, "", ""),
                new Standing(State.CONNECTED, "", "", Instant.EPOCH, Optional.empty(), 0, ""),
                new Times(Optional.empty(), Optional.empty(), Optional.empty(), Instant.EPOCH),
                "kim"));
        var hosts = new Hosts(new SystemClock(), name -> List.of("127.0.0.1"));
        tracker = new HostTracker(store, new IssueStore(database), each -> hosts.api(home, token, true));
    }

    @AfterEach
    void stop() {
        database.close();
        hub.close();
    }

    private Told say(String id, boolean isOver) {
        return tracker.say("shop", new Word(ABOUT, id, "It failed", "said " + id, isOver));
    }

    private Seen.Issue issue(int number) {
        return hub.issues().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private static String page(Told told) {
        return ((Done) told).how();
    }

    @Test
    void aThingIsOneIssueHoweverOftenAWordIsSaid() {
        assertThat(page(say("w1", false))).isEqualTo("opened " + hub.url() + "/issues/1");
        say("w1", false);
        // Killed before it was written down.
        database.write(handle -> handle.execute("delete from host_issues"));
        say("w1", false);
        say("w2", false);
        say("w2", false);
        assertThat(hub.issues()).hasSize(1);
        assertThat(issue(1).body()).startsWith("said w1\n");
        assertThat(hub.comments(1)).singleElement().asString().startsWith("said w2\n");

        assertThat(page(say("w3", true))).startsWith("closed ");
        say("w3", true);
        assertThat(issue(1).isOpen()).isFalse();
        assertThat(hub.comments(1)).hasSize(2);
        // The same begins again.
        say("w4", false);
        assertThat(issue(1).isOpen()).isTrue();
        assertThat(hub.issues()).hasSize(1);
    }

    @Test
    void whatAPersonClosedOrDeletedIsTheirs() {
        hub.openIssue("Another", "of a person");
        say("w1", false);
        hub.closeIssue(2);
        say("w2", false);
        say("w3", true);
        say("w4", false);
        assertThat(issue(2).isOpen()).isFalse();
        assertThat(hub.comments(2)).hasSize(3);
        assertThat(issue(1).isOpen()).isTrue();

        hub.deleteIssue(2);
        assertThat(page(say("w5", true))).isEqualTo("no issue was open");
        assertThat(page(say("w6", false))).isEqualTo("opened " + hub.url() + "/issues/3");
    }

    @Test
    void aHostThatDoesNotTakeItIsToldWithWhatToDo() {
        var until = Instant.now().plusSeconds(600);
        hub.limitRate(until);
        assertThat(say("w1", false)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.why()).contains("it asks to wait");
            assertThat(failed.until().orElseThrow()).isBetween(until.minusSeconds(2), until);
        });
        hub.recover();
        hub.fail(502);
        assertThat(say("w1", false)).isInstanceOf(Failed.class);
        hub.recover();
        hub.forbid("issues/create");
        assertThat(tracker.require("shop")).isEqualTo(hub.url().replace("http://", ""));
        assertThat(((Failed) say("w1", false)).why())
                .contains("403 (Resource not accessible", "--with-token")
                .doesNotContain(hub.token());
        hub.forbid("issues/list-for-repo");
        assertThatThrownBy(() -> tracker.require("shop")).hasMessageContaining("shows no issues: it answers 403");
        hub.revoke();
        assertThat(((Failed) say("w1", false)).why()).contains("401", "--with-token");
        assertThat(tracker.say("mall", new Word("a", "b", "", "", false))).isInstanceOf(Told.Gone.class);
        assertThatThrownBy(() -> tracker.require("mall")).hasMessageContaining("'mall' is not connected");
    }
}
