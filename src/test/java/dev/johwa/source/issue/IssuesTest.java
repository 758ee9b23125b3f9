package dev.johwa.source.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import dev.johwa.source.issue.Issue.State;
import dev.johwa.source.issue.Issues.Referring;
import dev.johwa.source.issue.Issues.Wanted;
import dev.johwa.source.issue.Issues.Word;
import dev.johwa.source.issue.Story.Entry;
import dev.johwa.source.issue.Story.InRelease;
import dev.johwa.source.issue.Story.Kind;
import dev.johwa.source.issue.Story.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kept.class)
class IssuesTest {
    private static final String COMMIT = "a".repeat(40);

    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-26T03:48:00Z"));
    private Database database;
    private Issues issues;

    @BeforeEach
    void open() {
        database = kept.open(folder);
        issues = new Issues(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Issue opened(String title, String... labels) {
        return issues.open("shop", new Draft(title, "Since 41.", List.of(labels), "", "kim"));
    }

    private List<Integer> found(Wanted wanted) {
        return issues.list("shop", wanted).stream().map(Issue::number).toList();
    }

    private static Wanted of(Optional<State> state, String label, String text) {
        return new Wanted(
                state,
                Optional.of(label).filter(each -> !each.isEmpty()),
                Optional.empty(),
                Optional.of(text).filter(each -> !each.isEmpty()),
                0,
                10);
    }

    @Test
    void theyAreNumberedByProjectAndFound() {
        opened("Basket\n is  empty", "bug", "ui");
        opened("100% of orders_fail", "bug");
        issues.open("blog", new Draft("Other", "", List.of(), "lee", "kim"));
        issues.change("shop", 1, Change.to(State.CLOSED), "lee");

        assertThat(issues.require("shop", 1).title()).isEqualTo("Basket is empty");
        assertThat(issues.require("shop", 1).labels()).containsExactly("bug", "ui");
        assertThat(issues.require("blog", 1).assignee()).isEqualTo("lee");
        assertThat(found(of(Optional.empty(), "bug", ""))).containsExactly(2, 1);
        assertThat(found(of(Optional.of(State.OPEN), "bug", ""))).containsExactly(2);
        assertThat(found(of(Optional.empty(), "ui", ""))).containsExactly(1);
        assertThat(found(of(Optional.empty(), "", "0% OF"))).containsExactly(2);
        assertThat(found(of(Optional.empty(), "", "s_f"))).containsExactly(2);
        assertThat(found(of(Optional.empty(), "", "t_e"))).isEmpty();
        assertThat(found(new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 2, 10)))
                .containsExactly(1);
        assertThat(issues.open("shop")).isEqualTo(1);
        assertThatThrownBy(() -> issues.require("shop", 9)).hasMessageContaining("there is no issue #9 of shop");
    }

    @Test
    void whatHappensIsToldInOrderAndWhatIsSoAlreadyIsNot() {
        opened("Basket", "bug");
        issues.comment("shop", 1, "lee", "Seen again");
        clock.advance(Duration.ofMinutes(1));
        var change = new Change(
                Optional.of("Basket is empty"),
                Optional.of("Since 41."),
                Optional.of(State.CLOSED),
                Optional.of("lee"),
                List.of("bug", "urgent"),
                List.of("bug", "gone"));
        var changed = issues.change("shop", 1, change, "kim");
        issues.change("shop", 1, Change.to(State.CLOSED), "moe");

        assertThat(changed.labels()).containsExactly("urgent");
        assertThat(changed.closedAt()).hasValue(clock.now());
        assertThat(changed.updatedAt()).isEqualTo(clock.now());
        assertThat(issues.story("shop", 1).entries())
                .extracting(Entry::kind)
                .containsExactly(
                        Kind.COMMENTED, Kind.RENAMED, Kind.ASSIGNED, Kind.LABELLED, Kind.UNLABELLED, Kind.CLOSED);
        assertThat(issues.require("shop", 1).comments()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        opened("Basket");
        assertThatThrownBy(() -> opened(" \n ")).hasMessageContaining("needs a title");
        assertThatThrownBy(() -> opened("a".repeat(251))).hasMessageContaining("251 letters, which is more than 250");
        assertThatThrownBy(() -> issues.comment("shop", 1, "kim", "a".repeat(65_537)))
                .hasMessageContaining("65537");
        assertThatThrownBy(() -> issues.comment("shop", 1, "kim", " ")).hasMessageContaining("nothing in this comment");
        assertThatThrownBy(() -> issues.comment("shop", 2, "kim", "x")).hasMessageContaining("no issue #2");
        assertThatThrownBy(() -> opened("x", "a,b")).hasMessageContaining("'a,b' is no label");
        var many = IntStream.range(0, 21).mapToObj(i -> "l" + i).toArray(String[]::new);
        assertThatThrownBy(() -> opened("x", many)).hasMessageContaining("21 labels are more than 20");
    }

    private void say(String about, String text) {
        var word = new Word("shop", about, "shop: release to production", text, List.of("releases"));
        database.write(handle -> {
            issues.say(handle, word);
            return 0;
        });
    }

    private void over(String about) {
        database.write(handle -> {
            issues.over(handle, new Word("shop", about, "", "It is well", List.of()));
            return 0;
        });
    }

    @Test
    void aConditionHasOneIssueThatIsClosedWithItUnlessAPersonDid() {
        say("c1", "Run 12 failed");
        say("c1", "Run 13 failed");
        assertThat(found(Wanted.open(10))).containsExactly(1);
        over("c1");
        over("c1");
        assertThat(issues.require("shop", 1).isOpen()).isFalse();
        assertThat(issues.story("shop", 1).entries())
                .extracting(Entry::kind)
                .containsExactly(Kind.COMMENTED, Kind.COMMENTED, Kind.CLOSED);
        say("c1", "Run 15 failed");
        assertThat(issues.require("shop", 1).isOpen()).isTrue();
        issues.change("shop", 1, Change.to(State.CLOSED), "kim");
        say("c1", "Run 16 failed");
        assertThat(issues.require("shop", 1).isOpen()).isFalse();
        assertThat(issues.require("shop", 1).comments()).isEqualTo(4);
        say("c2", "x".repeat(70_000));
        assertThat(issues.require("shop", 2).body()).hasSize(65_536).endsWith("…");
        over("c3");
        assertThat(issues.find("shop", 3)).isEmpty();
    }

    private Referring refer(int number, boolean closes, Instant at) {
        var commit = new Reference(COMMIT, "Fill it", "Kim", at, "main", closes, Optional.empty());
        var referring = new Referring("shop", number, commit);
        issues.refer("shop", List.of(referring));
        return referring;
    }

    @Test
    void aCommitSettlesAnIssueWhenItIsLiveAndNoMoreWhenItIsNot() {
        opened("Basket");
        opened("Other");
        refer(9, true, clock.now());
        refer(2, true, clock.now().minus(Duration.ofDays(1)));
        refer(1, true, clock.now());
        assertThat(issues.waiting("shop")).hasSize(1);
        var waiting = issues.waiting("shop").getFirst();
        issues.live(waiting, new InRelease("shop", 7), "Live with release 7");
        issues.live(waiting, new InRelease("shop", 8), "Live with release 8");
        assertThat(issues.require("shop", 1).isOpen()).isFalse();
        assertThat(issues.waiting("shop")).isEmpty();
        assertThat(issues.story("shop", 1).commits().getFirst().live()).hasValue(new InRelease("shop", 7));
        assertThat(issues.story("shop", 1).entries()).extracting(Entry::text).containsExactly("Live with release 7");
        issues.notLive(waiting, "Rolled back");
        assertThat(issues.require("shop", 1).isOpen()).isTrue();
        issues.live(waiting, new InRelease("shop", 9), "Live with release 9");
        issues.change("shop", 1, Change.to(State.OPEN), "kim");
        issues.change("shop", 1, Change.to(State.CLOSED), "kim");
        issues.notLive(waiting, "Rolled back");
        assertThat(issues.require("shop", 1).isOpen()).isFalse();
    }

    @Test
    void thoseOfAProjectThatIsNoMoreAreForgotten() {
        opened("Basket", "bug");
        issues.keepOnly(Set.of("shop"));
        assertThat(issues.areThere("shop")).isTrue();
        issues.keepOnly(Set.of("blog"));
        assertThat(issues.areThere("shop")).isFalse();
        assertThat(opened("Again").number()).isEqualTo(1);
    }
}
