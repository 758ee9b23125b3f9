package dev.johwa.source.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.host.Connection.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuesTest {
    private static final String PAGE = "https://host.example/acme/shop";

    private static String urls(Kind kind, String text) {
        return String.join(
                " ",
                new Issues(kind, PAGE)
                        .in(text).stream()
                                .map(issue -> issue.name() + "=" + issue.url().substring(PAGE.length()))
                                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB, 'Fill the basket (#12)', #12=/issues/12",
        "GITHUB, 'Fixes #1, #22 and GH-3.', #1=/issues/1 #22=/issues/22 GH-3=/issues/3",
        "GITHUB, '#7 twice: #7', #7=/issues/7",
        "GITHUB, 'fix:#7', #7=/issues/7",
        "GITHUB, 'mend !7', ''",
        "GITEA, 'Fixes #1 by !2, not GH-3', #1=/issues/1 !2=/pulls/2",
        "GITLAB, 'Fixes #1 by !2', #1=/-/issues/1 !2=/-/merge_requests/2",
        "GIT, 'Fixes #1', ''",
    })
    void whatIsNamedIsWhereTheHostKeepsIt(Kind kind, String text, String found) {
        assertThat(urls(kind, text)).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "C#7",
                "a/b#7",
                "&#39;",
                "##7",
                "#0",
                "#7th",
                "#1234567890",
                "# 7",
                "color: #123abc",
                "https://x.example/#7",
                "GITGH-7",
                "#-7"
            })
    void whatOnlyLooksSoIsNone(String text) {
        assertThat(urls(Kind.GITHUB, text)).isEmpty();
    }

    @Test
    void theFormOfANewOneIsFilledInAndNoLongerThanAnAddressMayBe() {
        var github = new Issues(Kind.GITHUB, PAGE);
        assertThat(github.all()).contains(PAGE + "/issues");
        assertThat(github.form("a & b+c", "한\n"))
                .contains(PAGE + "/issues/new?title=a%20%26%20b%2Bc&body=%ED%95%9C%0A");
        assertThat(github.form("x".repeat(9_000), "").orElseThrow()).hasSizeLessThan(1_000);
        assertThat(new Issues(Kind.GITLAB, PAGE).form("a", "b"))
                .contains(PAGE + "/-/issues/new?issue%5Btitle%5D=a&issue%5Bdescription%5D=b");
        assertThat(new Issues(Kind.GIT, PAGE).form("a", "b")).isEmpty();
    }

    @Test
    void aLongTextCostsNoMoreThanItsBeginning() {
        assertThat(new Issues(Kind.GITHUB, PAGE).in("#1 ".repeat(1_000_000) + "#2"))
                .hasSize(1);
        assertThat(new Issues(Kind.GITHUB, PAGE).page(4)).contains(PAGE + "/issues/4");
        assertThat(new Issues(Kind.GIT, PAGE).page(4)).isEmpty();
    }
}
