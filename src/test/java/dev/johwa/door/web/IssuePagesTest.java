package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.door.api.Client;
import dev.johwa.door.api.IssueCalls.Wanted;
import dev.johwa.door.api.IssueList;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.source.identity.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Issues by the API, and in a browser without script.
class IssuePagesTest {
    private static final Wanted OPEN = wanted("open", Optional.empty(), 50);

    @TempDir
    Path folder;

    @TempDir
    static Path shared;

    private static ReleaseRig rig;

    private GitDoor door;
    private Visitor owner;
    private HttpCalls calls;
    private Client client;

    @BeforeAll
    static void prepare() throws Exception {
        rig = new ReleaseRig(shared);
    }

    @AfterAll
    static void end() {
        rig.close();
    }

    @BeforeEach
    void open() throws Exception {
        door = new GitDoor(folder, GitDoor.Engine.OWN, (push, progress) -> Optional.empty(), rig.releases());
        door.repositories.create("shop");
        owner = new Visitor(door);
        assertThat(owner.raw("/login", "token=" + door.token).statusCode()).isEqualTo(303);
        var server = URI.create(door.plainUrl(""));
        calls = new HttpCalls(server);
        client = new Client(calls, server, Optional.of(door.token));
    }

    @AfterEach
    void close() {
        calls.close();
        owner.close();
        door.close();
    }

    private static Wanted wanted(String state, Optional<String> label, int limit) {
        return new Wanted(state, label, Optional.empty(), Optional.empty(), 0, limit);
    }

    private IssueList.Item opened(String title, String... labels) {
        return client.issues()
                .open(
                        "shop",
                        new IssueList.Order(
                                title, Optional.of("Since *41*."), Optional.empty(), Optional.of(List.of(labels))));
    }

    @Test
    void aProgramOpensDiscussesAndClosesThem() {
        assertThat(client.issues().list("shop", OPEN).issues()).isEmpty();
        opened("Basket is empty", "bug");
        opened("Slow");
        client.issues().comment("shop", 1, "Seen again");
        var change = new IssueList.Change(
                Optional.empty(),
                Optional.empty(),
                Optional.of("closed"),
                Optional.of("kim"),
                Optional.of(List.of("urgent")),
                Optional.empty());
        var changed = client.issues().change("shop", 1, change);

        assertThat(changed.labels()).containsExactly("bug", "urgent");
        assertThat(changed.assignee()).hasValue("kim");
        var whole = client.issues().show("shop", 1);
        assertThat(whole.entries())
                .extracting(IssueList.Entry::kind)
                .containsExactly("commented", "assigned", "labelled", "closed");
        assertThat(client.issues().list("shop", OPEN).issues())
                .extracting(IssueList.Item::number)
                .containsExactly(2);
        var first = client.issues().list("shop", wanted("all", Optional.empty(), 1));
        assertThat(first.next()).hasValue(2);
        assertThat(client.issues()
                        .list("shop", wanted("all", Optional.of("bug"), 50))
                        .issues())
                .hasSize(1);
    }

    @Test
    void whatIsWrongIsToldWithWhatFits() {
        opened("Basket");
        assertThatThrownBy(() -> opened("")).hasMessageContaining("needs a title");
        assertThatThrownBy(() -> client.issues().list("shop", wanted("opened", Optional.empty(), 1)))
                .hasMessageContaining("'opened' is no state");
        assertThatThrownBy(() -> client.issues().show("shop", 7)).hasMessageContaining("no issue #7 of shop");
        assertThatThrownBy(() -> client.issues().list("shoq", OPEN)).hasMessageContaining("no project 'shoq'");
    }

    @Test
    void aPersonDoesAllOfItInABrowser() throws Exception {
        assertThat(owner.get("/shop/issues").body()).contains("johwa issues new shop");
        var empty = owner.post("/shop/new-issue", "/shop/new-issue", Map.of("title", " ", "body", "kept <words>"));
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("needs a title", "kept &lt;words&gt;", "role=\"alert\"");
        var made = owner.post(
                "/shop/new-issue",
                "/shop/new-issue",
                Map.of("title", "Basket <is> empty", "body", "- one\r\n- two <script>", "labels", "bug, ui"));
        assertThat(made.headers().firstValue("Location")).hasValue("/shop/issues/1");

        var page = owner.get("/shop/issues/1").body();
        assertThat(page)
                .contains("Basket &lt;is&gt; empty", "<li>one</li>", "&lt;script&gt;", ">bug<", ">open<")
                .doesNotContain("<script>");
        owner.post("/shop/issues/1", "/shop/issues/1/comment", Map.of("text", "See #1", "state", "closed"));
        assertThat(owner.get("/shop/issues/1").body())
                .contains("<a href=\"/shop/issues/1\">#1</a>", "closed it", "Open it again");
        assertThat(owner.get("/shop/issues").body()).doesNotContain("Basket &lt;is");
        assertThat(owner.get("/shop/issues?state=all").body()).contains("Basket &lt;is&gt; empty");
        var blank = owner.post("/shop/issues/1", "/shop/issues/1/comment", Map.of("text", ""));
        assertThat(blank.statusCode()).isEqualTo(422);
        owner.post(
                "/shop/issues/1",
                "/shop/issues/1/change",
                Map.of("title", "Basket", "body", "", "labels", "ui", "assignee", "lee"));
        var changed = client.issues().show("shop", 1);
        assertThat(changed.issue().title()).isEqualTo("Basket");
        assertThat(changed.issue().labels()).containsExactly("ui");
        assertThat(owner.get("/shop/issues/9").statusCode()).isEqualTo(404);
        assertThat(owner.get("/shop/issues/x").statusCode()).isEqualTo(400);
    }

    @Test
    void whoMayOnlyLookSeesNoForms() throws Exception {
        opened("Basket");
        try (var looker = new Visitor(door)) {
            looker.raw("/login", "token=" + door.tokens.create("vera", Role.VIEWER, Optional.of("shop")));
            assertThat(looker.get("/shop/issues").body()).contains("Basket").doesNotContain("/shop/new-issue");
            assertThat(looker.get("/shop/issues/1").body()).contains("Basket").doesNotContain("<textarea");
        }
    }
}
