package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedbackIssueTest {
    @Test
    void lettersThatMoveOrTurnTheTextAroundThemStayOutside() {
        var hostile = "a\u001b[2Jb\u0000c\u202Ed\u2066e\u009Bf";
        assertThat(FeedbackIssue.plain(hostile)).isEqualTo("a \\[2Jb c d e f");
        assertThat(FeedbackIssue.title(hostile)).isEqualTo("Feedback: a [2Jb c d e f");
    }

    @Test
    void aTitleIsCutThroughNoLetter() {
        var title = FeedbackIssue.title("x".repeat(79) + "\uD83D\uDE00 and more");
        assertThat(title).isEqualTo("Feedback: " + "x".repeat(79) + " …");
        assertThat(FeedbackIssue.plain("안녕 \uD83D\uDE00")).isEqualTo("안녕 \uD83D\uDE00");
    }
}
