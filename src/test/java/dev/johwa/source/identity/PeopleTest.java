package dev.johwa.source.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// People come in once by a link, are known by name and password, and go at once.
@ParameterizedClass
@EnumSource(Kept.class)
class PeopleTest {
    @Parameter
    Kept kept;

    private static final String PASSWORD = "four words nobody knows";
    private static final String HERE = "203.0.113.9";

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Database database;
    private FactLog facts;
    private Tokens tokens;
    private People people;

    @BeforeEach
    void open() {
        database = kept.open(folder);
        facts = new FactLog(database, clock, List.of(PeopleChanged.class));
        tokens = new Tokens(database, clock);
        people = new People(database, clock, facts, tokens);
    }

    @AfterEach
    void close() {
        facts.close();
        database.close();
    }

    private Person join(String name, Role role, Optional<String> project) {
        return people.accept(people.invite(name, role, project, "owner").token(), name, PASSWORD);
    }

    private String tokenOf(Person person, Role most, Optional<String> project) {
        return tokens.create(new Tokens.Wanted("own", most, project, Optional.of(person.id()), Optional.empty()));
    }

    @Test
    void aLinkLetsOnePersonInOnce() {
        var invited = people.invite("kim", Role.MAINTAINER, Optional.empty(), "owner");

        assertThat(people.invitation(invited.token())).hasValue(invited.invitation());
        people.accept(invited.token(), "Kim", PASSWORD);

        assertThat(people.list()).extracting(Person::name).containsExactly("Kim");
        assertThat(people.invitations()).isEmpty();
        assertCode("invitation.unknown", () -> people.accept(invited.token(), "lee", PASSWORD));
        assertCode("invitation.unknown", () -> people.accept("jhi_forged", "lee", PASSWORD));
    }

    private static void assertCode(String code, Runnable act) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    @Test
    void aLinkThatIsOldWithdrawnOrReplacedLetsNobodyIn() {
        var old = people.invite("kim", Role.VIEWER, Optional.empty(), "owner");
        clock.advance(Duration.ofDays(8));
        assertCode("invitation.unknown", () -> people.accept(old.token(), "kim", PASSWORD));

        var first = people.invite("kim", Role.OWNER, Optional.empty(), "owner");
        var second = people.invite("KIM", Role.VIEWER, Optional.empty(), "owner");
        assertCode("invitation.unknown", () -> people.accept(first.token(), "kim", PASSWORD));

        people.remove("kim", "owner");
        assertCode("invitation.unknown", () -> people.accept(second.token(), "kim", PASSWORD));
        assertCode("people.unknown", () -> people.remove("kim", "owner"));
    }

    @Test
    void aNameIsTakenInAnyCaseAndAlsoByAProgram() {
        join("Kim", Role.VIEWER, Optional.empty());
        tokens.create("ci", Role.MAINTAINER, Optional.empty());

        assertCode("people.taken", () -> people.invite("KIM", Role.VIEWER, Optional.empty(), "owner"));
        var other = people.invite("lee", Role.VIEWER, Optional.empty(), "owner");
        assertCode("people.taken", () -> people.accept(other.token(), "ｋｉｍ", PASSWORD));
        assertCode("people.taken", () -> people.accept(other.token(), "ci", PASSWORD));
        people.accept(other.token(), "lee", PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a", "a\u0000b", "kіm", "a/b", "a\u202eb", "owner", "Johwa", "\ud800"})
    void anOddNameIsRefused(String name) {
        assertCode("people.name", () -> people.invite(name, Role.VIEWER, Optional.empty(), "owner"));
    }

    @Test
    void namesOfAnyScriptAreNames() {
        assertThat(join("김철수", Role.VIEWER, Optional.empty()).name()).isEqualTo("김철수");
        assertThat(join("José", Role.VIEWER, Optional.empty()).name()).isEqualTo("José");
        assertCode("people.name", () -> people.invite("n".repeat(1_000_000), Role.VIEWER, Optional.empty(), "owner"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "aaaaaaaaaaaaaaa", "kim1234567", ""})
    void aPasswordThatIsEasilyGuessedIsRefusedAndTheLinkStillHolds(String password) {
        var invited = people.invite("kim", Role.VIEWER, Optional.empty(), "owner");

        assertCode("people.password", () -> people.accept(invited.token(), "kim", password));
        people.accept(invited.token(), "kim", PASSWORD);
    }

    @Test
    void aPasswordOfAMegabyteIsRefusedWithoutWork() {
        var invited = people.invite("kim", Role.VIEWER, Optional.empty(), "owner");
        var large = "x y".repeat(400_000);

        assertCode("people.password", () -> people.accept(invited.token(), "kim", large));
        people.accept(invited.token(), "kim", PASSWORD);
        assertCode("login.unauthenticated", () -> people.login("kim", large, HERE));
    }

    @Test
    void nameAndPasswordAreKeptAsArgonOnly() {
        var kim = join("kim", Role.VIEWER, Optional.empty());

        assertThat(people.login("KIM", PASSWORD, HERE)).isEqualTo(kim);
        assertCode("login.unauthenticated", () -> people.login("kim", PASSWORD + "x", HERE));
        assertCode("login.unauthenticated", () -> people.login("nobody", PASSWORD, HERE));
        assertThat(new PersonStore(database).password(kim.id()).orElseThrow()).startsWith("$argon2id$v=19$m=");
    }

    @Test
    void whoGuessesWaitsAndKeepsNobodyElseOut() {
        join("kim", Role.VIEWER, Optional.empty());
        for (int i = 0; i < 5; i++) {
            assertCode("login.unauthenticated", () -> people.login("kim", "wrong", HERE));
        }
        assertCode("login.too-often", () -> people.login("kim", PASSWORD, HERE));
        people.login("kim", PASSWORD, "198.51.100.7");

        clock.advance(Duration.ofSeconds(31));
        people.login("kim", PASSWORD, HERE);
        people.login("kim", PASSWORD, HERE);
    }

    @Test
    void whoGuessesManyNamesFromOneNetworkWaitsToo() {
        for (int i = 0; i < 30; i++) {
            var name = "name" + i;
            var address = "2001:db8:1:2::" + i;
            assertCode("login.unauthenticated", () -> people.login(name, "wrong", address));
        }
        assertCode("login.too-often", () -> people.login("another", "wrong", "2001:db8:1:2::ffff"));
        assertCode("login.unauthenticated", () -> people.login("another", "wrong", "2001:db8:1:3::1"));
    }

    @Test
    void aRoleHoldsWhereItWasGivenAndChangesAtOnce() {
        var kim = join("kim", Role.MAINTAINER, Optional.of("shop"));
        var token = tokenOf(kim, Role.OWNER, Optional.empty());

        assertThat(may(token, Permission.PUSH, "shop")).isTrue();
        assertThat(may(token, Permission.READ, "blog")).isFalse();
        people.setRole("kim", Optional.of(Role.VIEWER), Optional.empty(), "owner");
        assertThat(may(token, Permission.READ, "blog")).isTrue();
        assertThat(may(token, Permission.PUSH, "shop")).isTrue();
        people.setRole("kim", Optional.empty(), Optional.of("shop"), "owner");
        assertThat(may(token, Permission.PUSH, "shop")).isFalse();
        assertThat(may(token, Permission.READ, "shop")).isTrue();
    }

    private boolean may(String token, Permission permission, String project) {
        return tokens.identify(token).orElseThrow().may(permission, Optional.of(project));
    }

    @Test
    void aTokenDoesNoMoreThanItSaysAndNoMoreThanItsPerson() {
        var kim = join("kim", Role.MAINTAINER, Optional.empty());
        var looks = tokenOf(kim, Role.VIEWER, Optional.empty());
        var ofOne = tokenOf(kim, Role.OWNER, Optional.of("shop"));

        assertThat(may(looks, Permission.PUSH, "shop")).isFalse();
        assertThat(may(ofOne, Permission.PUSH, "shop")).isTrue();
        assertThat(may(ofOne, Permission.ADMINISTER, "shop")).isFalse();
        assertThat(may(ofOne, Permission.READ, "blog")).isFalse();
        assertThat(tokens.identify(ofOne).orElseThrow().person()).isEmpty();
        assertThat(tokens.identify(ofOne).orElseThrow().name()).isEqualTo("kim");
    }

    @Test
    void whoIsRemovedIsKnownNoMore() {
        var kim = join("kim", Role.MAINTAINER, Optional.empty());
        var token = tokenOf(kim, Role.OWNER, Optional.empty());
        var reset = people.reset("kim", "owner");

        people.remove("KIM", "owner");

        assertThat(tokens.identify(token)).isEmpty();
        assertThat(people.identity(kim.id())).isEmpty();
        assertCode("login.unauthenticated", () -> people.login("kim", PASSWORD, HERE));
        assertCode("invitation.unknown", () -> people.accept(reset.token(), "kim", PASSWORD));
    }

    @Test
    void whoMayInviteNoMoreHasNoLinkLeftToComeInAgain() {
        tokens.create("owner", Role.OWNER, Optional.empty());
        var byProgram = people.invite("one", Role.OWNER, Optional.empty(), "owner");
        join("ada", Role.OWNER, Optional.empty());
        join("bob", Role.OWNER, Optional.empty());
        var byAda = people.invite("two", Role.OWNER, Optional.empty(), "ada");
        var byBob = people.invite("three", Role.OWNER, Optional.empty(), "bob");
        join("eve", Role.OWNER, Optional.empty());

        people.remove("ada", "eve");
        people.setRole("bob", Optional.of(Role.MAINTAINER), Optional.empty(), "eve");
        tokens.revoke(tokens.list().getFirst().id());

        for (var link : List.of(byProgram, byAda, byBob)) {
            assertThat(people.invitation(link.token())).isEmpty();
        }
    }

    @Test
    void aNameOfAMegabyteIsNobodys() {
        assertCode("login.unauthenticated", () -> people.login("n".repeat(1_000_000), PASSWORD, HERE));
    }

    @Test
    void theLastOwnerStays() {
        join("ada", Role.OWNER, Optional.empty());
        var program = tokens.create("owner", Role.OWNER, Optional.empty());
        people.setRole("ada", Optional.of(Role.VIEWER), Optional.empty(), "owner");
        people.setRole("ada", Optional.of(Role.OWNER), Optional.empty(), "owner");

        assertThat(tokens.identify(program)).isPresent();
        tokens.revoke(tokens.list().getFirst().id());
        assertCode("people.last-owner", () -> people.remove("ada", "ada"));
        assertCode(
                "people.last-owner",
                () -> people.setRole("ada", Optional.of(Role.MAINTAINER), Optional.empty(), "ada"));

        join("bob", Role.OWNER, Optional.empty());
        people.remove("ada", "bob");
        assertCode("people.last-owner", () -> people.remove("bob", "bob"));
    }

    @Test
    void aNewPasswordTakesThePlaceOfTheOld() {
        var kim = join("kim", Role.MAINTAINER, Optional.empty());
        var reset = people.reset("kim", "owner");
        people.login("kim", PASSWORD, HERE);

        var renewed = people.accept(reset.token(), "another", "five other words are here");

        assertThat(renewed).isEqualTo(kim);
        assertCode("login.unauthenticated", () -> people.login("kim", PASSWORD, HERE));
        people.login("kim", "five other words are here", HERE);
    }

    @Test
    void aRoleThatIsNoneIsToldWithTheNearest() {
        assertThatThrownBy(() -> Role.of("maintaner"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().hint()).contains("did you mean 'maintainer'?"));
        assertThat(Role.of("developer")).isEqualTo(Role.MAINTAINER);
    }

    @Test
    void factsTellWhoLetWhomIn() {
        join("kim", Role.MAINTAINER, Optional.of("shop"));
        people.remove("kim", "ada");

        List<String> told = database.read(handle -> handle.createQuery("select body from facts order by position")
                .mapTo(String.class)
                .list());
        assertThat(told)
                .hasSize(3)
                .allMatch(body -> body.contains("kim"))
                .last()
                .asString()
                .contains("removed", "ada");
    }
}
