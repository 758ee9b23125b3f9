package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.johwa.door.api.Client;
import dev.johwa.door.api.LogQuery;
import dev.johwa.door.api.PeopleList;
import dev.johwa.door.api.TokenList;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.GitClient;
import dev.johwa.source.identity.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What viewer, maintainer and owner may do: one table, walked over all routes, and what people do by themselves.
class RightsTest {
    private static final String PASSWORD = "four words nobody knows";
    /// Who is let in where only somebody known is; the others are refused.
    private static final Map<Access, Set<Role>> ALLOWED = Map.of(
            Access.OPEN, Set.of(Role.OWNER, Role.MAINTAINER, Role.VIEWER),
            Access.SIGNED_IN, Set.of(Role.OWNER, Role.MAINTAINER, Role.VIEWER),
            Access.LOCAL_OR_READ, Set.of(Role.OWNER, Role.MAINTAINER, Role.VIEWER),
            Access.READ, Set.of(Role.OWNER, Role.MAINTAINER, Role.VIEWER),
            Access.PUSH, Set.of(Role.OWNER, Role.MAINTAINER),
            Access.OPERATE, Set.of(Role.OWNER, Role.MAINTAINER),
            Access.ADMINISTER, Set.of(Role.OWNER));
    /// Changes that a route decides about by itself, each tested where it stands.
    private static final Set<String> DECIDED_INSIDE = Set.of(
            "POST /api/v1/admissions",
            "POST /api/v1/connections",
            "POST /api/v1/domains",
            "DELETE /api/v1/domains/{name}",
            "POST /api/v1/tokens",
            "POST /prometheus/api/v1/labels",
            "POST /prometheus/api/v1/query",
            "POST /prometheus/api/v1/query_range",
            "POST /prometheus/api/v1/series",
            "DELETE /api/v1/operations/{id}",
            "POST /api/v1/alerts",
            "POST /api/v1/incidents/{number}/acknowledgement",
            "POST /api/v1/incidents/{number}/silence",
            "POST /api/v1/incidents/{number}/resolution",
            "POST /api/v1/receivers",
            "DELETE /api/v1/receivers/{id}",
            "POST /api/v1/receivers/{id}/test",
            "DELETE /api/v1/tokens/{id}");

    private static final List<Logger> LOGS =
            List.of(Logger.getLogger(Web.class.getName()), Logger.getLogger("dev.johwa.door.web.LongWork"));

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<HttpCalls> open = new ArrayList<>();
    private GitDoor door;
    private Client owner;

    @BeforeEach
    void open() {
        door = new GitDoor(folder);
        owner = client(Optional.of(door.token));
    }

    @AfterEach
    void close() {
        open.forEach(HttpCalls::close);
        http.close();
        LOGS.forEach(log -> log.setFilter(null));
        door.close();
    }

    private Client client(Optional<String> token) {
        var server = URI.create(door.plainUrl(""));
        var calls = new HttpCalls(server);
        open.add(calls);
        return new Client(calls, server, token);
    }

    private String joined(String name, String role, Optional<String> project) {
        var link =
                owner.people().invite(new PeopleList.Order(name, role, project)).link();
        var token = link.substring(link.lastIndexOf('/') + 1);
        return client(Optional.empty())
                .people()
                .acceptInvitation(new PeopleList.Acceptance(token, Optional.empty(), PASSWORD));
    }

    private int status(Route route, String token) throws Exception {
        var path = route.path()
                .replace("{number}", "1")
                .replaceAll("\\{[^}]+}", "shop")
                .replaceAll("<[^>]+>", "shop");
        var request = HttpRequest.newBuilder(URI.create(door.plainUrl(path)))
                .method(route.method(), HttpRequest.BodyPublishers.ofString(""))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void oneTableSaysWhatARoleMayDoOnEveryRoute() throws Exception {
        // Behind many of these doors there is no room here, and who is let in falls.
        LOGS.forEach(log -> log.setFilter(record -> false));
        assertThat(ALLOWED.keySet()).containsExactlyInAnyOrder(Access.values());
        for (var role : Role.values()) {
            var everywhere = joined("all" + role.word(), role.word(), Optional.empty());
            var here = joined("here" + role.word(), role.word(), Optional.of("shop"));
            var elsewhere = joined("other" + role.word(), role.word(), Optional.of("blog"));
            for (var route : door.routes()) {
                boolean isAllowed = ALLOWED.get(route.access()).contains(role);
                boolean isOfProject = route.path().contains("{project}");
                boolean needsRole = route.access().permission().isPresent() && route.access() != Access.LOCAL_OR_READ;
                var told = role + " " + route.method() + " " + route.path();
                if (needsRole) {
                    assertThat(status(route, everywhere) != 403).as(told).isEqualTo(isAllowed);
                    assertThat(status(route, here) != 403)
                            .as("of shop: " + told)
                            .isEqualTo(isAllowed && isOfProject);
                    assertThat(status(route, elsewhere)).as("of blog: " + told).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void whatThePlatformWarnsOfIsForOwners() {
        door.logs.platform().note(Instant.now(), "warn", "serve.release", "tending app=shop failed");
        var query = new LogQuery(
                "production",
                10,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("kind:platform level:warn"),
                Optional.empty());
        assertThat(owner.platformLogs(query).lines()).singleElement().satisfies(line -> {
            assertThat(line.text()).isEqualTo("tending app=shop failed");
            assertThat(line.stream()).isEqualTo("platform");
        });
        var maintainer = client(Optional.of(joined("mia", "maintainer", Optional.empty())));
        assertThatThrownBy(() -> maintainer.platformLogs(query)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> maintainer.followLogs(Optional.empty(), query, line -> {}))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void theTableHoldsForPagesToo() throws Exception {
        LOGS.forEach(log -> log.setFilter(record -> false));
        for (var role : Role.values()) {
            try (var browser = new Visitor(door)) {
                assertThat(browser.raw("/login", "token=" + joined("all" + role.word(), role.word(), Optional.empty()))
                                .statusCode())
                        .isEqualTo(303);
                for (var route : door.web().pages()) {
                    if (route.access().permission().isEmpty()) {
                        continue;
                    }
                    var path = WebTest.example(route);
                    var answer = route.method().equals("GET")
                            ? browser.get(path)
                            : browser.post("/-/people", path, Map.of("name", "nobody"));
                    boolean isAllowed = ALLOWED.get(route.access()).contains(role);
                    assertThat(answer.statusCode() != 403)
                            .as(role + " " + route.method() + " " + path)
                            .isEqualTo(isAllowed);
                }
            }
        }
    }

    @Test
    void nothingChangesWhereOnlySomebodyKnownIsAskedFor() {
        assertThat(door.routes().stream()
                        .filter(route -> route.access() == Access.SIGNED_IN || route.access() == Access.READ)
                        .filter(route -> !Set.of("GET", "HEAD").contains(route.method())
                                && !route.path().contains(".git/"))
                        .map(route -> route.method() + " " + route.path()))
                .containsExactlyInAnyOrderElementsOf(DECIDED_INSIDE);
    }

    @Test
    void aViewerFetchesAndDoesNotPush() throws Exception {
        var work = GitClient.init(folder.resolve("work"));
        work.commit("one", "1");
        work.run("push", door.url("shop"), "HEAD:main").ok();
        var viewer = door.url("shop", joined("vera", "viewer", Optional.of("shop")));
        var maintainer = door.url("shop", joined("max", "maintainer", Optional.of("shop")));

        work.run("fetch", viewer, "main").ok();
        work.commit("two", "2");
        assertThat(work.run("push", viewer, "HEAD:main").fails().text()).contains("'vera' may not push");
        work.run("push", maintainer, "HEAD:main").ok();
        assertThat(door.pushes.getLast().by()).isEqualTo("max");
        work.run(
                        "fetch",
                        door.url("blog", joined("zoe", "viewer", Optional.of("blog")))
                                .replace("blog.git", "shop.git"),
                        "main")
                .fails();
    }

    @Test
    void whoIsRemovedIsRefusedAtTheNextRequest() {
        var kim = client(Optional.of(joined("kim", "maintainer", Optional.empty())));
        var laptop = client(Optional.of(kim.createToken(order("laptop", Optional.empty(), Optional.empty()))));
        assertThat(laptop.people().list().people())
                .extracting(PeopleList.Item::name)
                .containsExactly("kim");

        owner.people().remove("kim");

        for (var client : List.of(kim, laptop)) {
            assertThatThrownBy(() -> client.people().list()).hasMessageContaining("not known here");
        }
    }

    private static TokenList.Order order(String name, Optional<String> role, Optional<String> project) {
        return new TokenList.Order(name, role, project, Optional.empty(), Optional.empty());
    }

    @Test
    void peopleHaveTokensOfTheirOwnAndSeeNoOthers() {
        var kim = client(Optional.of(joined("kim", "maintainer", Optional.empty())));
        kim.createToken(order("laptop", Optional.empty(), Optional.empty()));

        assertThat(kim.tokens().tokens())
                .extracting(TokenList.Item::name, TokenList.Item::role, TokenList.Item::person)
                .containsExactlyInAnyOrder(
                        tuple("johwa login", "maintainer", Optional.of("kim")),
                        tuple("laptop", "maintainer", Optional.of("kim")));
        var owners = owner.tokens().tokens().stream()
                .filter(token -> token.person().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> kim.revokeToken(owners.id())).hasMessageContaining("there is no token");
        assertThatThrownBy(() -> kim.createToken(order("more", Optional.of("owner"), Optional.empty())))
                .hasMessageContaining("'kim' is no owner");
        kim.tokens().tokens().stream()
                .filter(token -> token.name().equals("laptop"))
                .forEach(token -> kim.revokeToken(token.id()));
        assertThat(kim.tokens().tokens()).hasSize(1);
    }

    @Test
    void aTokenThatMayLessMakesNone() {
        var kim = client(Optional.of(joined("kim", "maintainer", Optional.empty())));
        var looks = client(Optional.of(kim.createToken(order("looks", Optional.of("viewer"), Optional.empty()))));
        var brief = client(Optional.of(kim.createToken(new TokenList.Order(
                "brief", Optional.empty(), Optional.empty(), Optional.of("1h"), Optional.empty()))));
        var program = client(Optional.of(door.tokens.create("ci", Role.MAINTAINER, Optional.empty())));

        for (var client : List.of(looks, brief, program)) {
            assertThatThrownBy(() -> client.createToken(order("more", Optional.empty(), Optional.empty())))
                    .hasMessageContaining("may not");
            assertThatThrownBy(client::tokens).hasMessageContaining("may not");
        }
    }

    @Test
    void ownersMakeTokensOfProgramsOrTheirOwn() {
        var ada = client(Optional.of(joined("ada", "owner", Optional.empty())));
        ada.createToken(order("ci", Optional.empty(), Optional.of("shop")));
        ada.createToken(
                new TokenList.Order("mine", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true)));

        assertThat(ada.tokens().tokens())
                .filteredOn(token -> List.of("ci", "mine").contains(token.name()))
                .extracting(TokenList.Item::person, TokenList.Item::role)
                .containsExactlyInAnyOrder(tuple(Optional.empty(), "maintainer"), tuple(Optional.of("ada"), "owner"));
    }

    @Test
    void nameAndPasswordGiveAToken() {
        joined("kim", "viewer", Optional.empty());
        var stranger = client(Optional.empty());

        var token = stranger.people().login(new PeopleList.Credentials("kim", PASSWORD));
        assertThat(client(Optional.of(token)).people().list().people())
                .extracting(PeopleList.Item::name)
                .containsExactly("kim");
        assertThatThrownBy(() -> stranger.people().login(new PeopleList.Credentials("kim", "wrong")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("do not fit");
    }

    @Test
    void onlyOwnersSeeOthersAndInvite() {
        joined("kim", "maintainer", Optional.empty());
        var lee = client(Optional.of(joined("lee", "viewer", Optional.empty())));
        owner.people().invite(new PeopleList.Order("moe", "viewer", Optional.of("shop")));

        assertThat(owner.people().list().people())
                .extracting(PeopleList.Item::name)
                .containsExactly("kim", "lee");
        assertThat(owner.people().list().invitations())
                .extracting(PeopleList.Invited::name)
                .containsExactly("moe");
        assertThat(lee.people().list().people())
                .extracting(PeopleList.Item::name)
                .containsExactly("lee");
        assertThat(lee.people().list().invitations()).isEmpty();
        assertThatThrownBy(() -> lee.people().invite(new PeopleList.Order("x", "viewer", Optional.empty())))
                .hasMessageContaining("'lee' may not administer");
        assertThatThrownBy(() -> owner.people().invite(new PeopleList.Order("x", "chief", Optional.empty())))
                .hasMessageContaining("'chief' is no role");
        assertThatThrownBy(() -> owner.people().invite(new PeopleList.Order("x", "viewer", Optional.of("Sh op"))))
                .hasMessageContaining("'Sh op' is no name for a project");
        var changed = owner.people().changeRole("lee", new PeopleList.Change("maintainer", Optional.of("shop")));
        assertThat(changed.roles()).hasSize(2);
    }
}
