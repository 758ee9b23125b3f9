package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inviting, coming in, logging in and going, in browsers without script.
class PeoplePagesTest {
    private static final String PASSWORD = "four words nobody knows";
    private static final Pattern LINK = Pattern.compile("http://[^<\"]+/-/invitations/\\w+");

    @TempDir
    Path folder;

    private GitDoor door;
    private Visitor owner;
    private Visitor guest;

    @BeforeEach
    void open() throws Exception {
        door = new GitDoor(folder);
        owner = new Visitor(door);
        guest = new Visitor(door);
        assertThat(owner.raw("/login", "token=" + door.token).statusCode()).isEqualTo(303);
    }

    @AfterEach
    void close() {
        owner.close();
        guest.close();
        door.close();
    }

    private String invited(String name, String role) throws Exception {
        var made = owner.post("/-/people", "/-/people", Map.of("name", name, "role", role, "project", ""));
        var link = LINK.matcher(made.body());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private void joined(Visitor browser, String name, String role) throws Exception {
        var link = invited(name, role);
        assertThat(browser.post(link, link, Map.of("name", name, "password", PASSWORD))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void somebodyComesInByALinkOnce() throws Exception {
        var link = invited("kim", "maintainer");
        assertThat(owner.get("/-/people").body()).contains("kim").doesNotContain("/-/invitations/");
        assertThat(guest.get(link).body()).contains("owner invites you as maintainer", "value=\"kim\"");

        var entered = guest.post(link, link, Map.of("name", "Kim", "password", PASSWORD));
        assertThat(entered.headers().firstValue("Location")).hasValue("/");
        assertThat(guest.get("/-/people").body()).contains("Kim", "johwa tokens new laptop");

        assertThat(guest.get(link).statusCode()).isEqualTo(404);
        try (var other = new Visitor(door)) {
            assertThat(other.raw(link, "name=x&password=" + PASSWORD).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whatWasWrongIsToldAtTheFormAndTheLinkStillHolds() throws Exception {
        joined(guest, "kim", "viewer");
        var link = invited("lee", "viewer");
        try (var other = new Visitor(door)) {
            var taken = other.post(link, link, Map.of("name", "KIM", "password", PASSWORD));
            assertThat(taken.statusCode()).isEqualTo(409);
            assertThat(taken.body())
                    .contains("Somebody has this name already", "value=\"KIM\"")
                    .doesNotContain(PASSWORD);
            assertThat(other.post(link, link, Map.of("name", "<b>", "password", PASSWORD))
                            .body())
                    .contains("This is no name here", "value=\"&lt;b&gt;\"");
            assertThat(other.post(link, link, Map.of("name", "lee", "password", "short"))
                            .body())
                    .contains("too short");
            assertThat(other.post(link, link, Map.of("name", "lee", "password", PASSWORD))
                            .statusCode())
                    .isEqualTo(303);
        }
    }

    @Test
    void whoSavesARoleWithoutALookChangesNothing() throws Exception {
        joined(guest, "kim", "viewer");
        assertThat(owner.get("/-/people").body())
                .contains("<option value=\"viewer\" selected>", "<option value selected>");
    }

    @Test
    void nameAndPasswordLogInAndWrongOnesDoNot() throws Exception {
        assertThat(guest.get("/login").body()).doesNotContain("name=\"password\"");
        joined(guest, "kim", "viewer");
        try (var other = new Visitor(door)) {
            assertThat(other.get("/login").body()).contains("name=\"password\"", "name=\"token\"");
            for (int i = 0; i < 5; i++) {
                var wrong = other.post("/login", "/login", Map.of("name", "kim", "password", "wrong"));
                assertThat(wrong.statusCode()).isEqualTo(401);
                assertThat(wrong.body()).contains("do not fit", "value=\"kim\"").doesNotContain("value=\"wrong\"");
            }
            var often = other.post("/login", "/login", Map.of("name", "kim", "password", PASSWORD));
            assertThat(often.statusCode()).isEqualTo(429);
            assertThat(other.post("/login", "/login", Map.of("token", door.token))
                            .statusCode())
                    .as("a token is no guess")
                    .isEqualTo(303);
        }
        assertThat(guest.raw("/login", "name=kim&password=" + "x".repeat(1024 * 1024))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void whoIsRemovedIsLoggedOutAtOnce() throws Exception {
        joined(guest, "kim", "maintainer");
        assertThat(guest.get("/-/people").statusCode()).isEqualTo(200);

        assertThat(owner.post("/-/people", "/-/people/remove", Map.of("name", "kim"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(guest.get("/-/people").headers().firstValue("Location").orElseThrow())
                .startsWith("/login");
        assertThat(owner.get("/-/people").body()).doesNotContain("kim");
    }

    @Test
    void aNewPasswordEndsWhatTheOldOneOpenedAndALinkForItCanBeWithdrawn() throws Exception {
        joined(guest, "kim", "maintainer");
        var made = owner.post("/-/people", "/-/people/reset", Map.of("name", "kim"));
        var link = LINK.matcher(made.body());
        assertThat(link.find()).isTrue();
        assertThat(owner.post("/-/people", "/-/people/withdraw", Map.of("name", "kim"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(guest.get(link.group()).statusCode()).isEqualTo(404);
        assertThat(guest.get("/-/people").statusCode()).as("still here").isEqualTo(200);

        var again = LINK.matcher(owner.post("/-/people", "/-/people/reset", Map.of("name", "kim"))
                .body());
        assertThat(again.find()).isTrue();
        try (var other = new Visitor(door)) {
            assertThat(other.get(again.group()).body()).contains("Choose a new password, kim");
            assertThat(other.post(
                                    again.group(),
                                    again.group(),
                                    Map.of("name", "x", "password", "five other words are here"))
                            .statusCode())
                    .isEqualTo(303);
        }
        assertThat(guest.get("/-/people").statusCode()).isEqualTo(303);
    }

    @Test
    void onlyOwnersChangePeople() throws Exception {
        joined(guest, "kim", "maintainer");
        var page = guest.get("/-/people").body();
        assertThat(page).contains("kim").doesNotContain("/-/people/remove");
        for (var path : List.of("", "/role", "/reset", "/withdraw", "/remove")) {
            var fields = Map.of("name", "kim", "role", "owner", "project", "");
            assertThat(guest.post("/-/people", "/-/people" + path, fields).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(owner.post("/-/people", "/-/people/role", Map.of("name", "kim", "role", "viewer", "project", ""))
                        .statusCode())
                .isEqualTo(303);
        assertThat(owner.get("/-/people").body()).contains("viewer");
        var unknown = owner.post("/-/people", "/-/people/role", Map.of("name", "kim", "role", "chief", "project", ""));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("chief");
    }
}
