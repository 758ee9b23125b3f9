package dev.johwa.door.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.johwa.lib.html.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    private static String html(String words) {
        return Markdown.html("shop", words).text().replaceFirst("^<div class=\"prose\">(.*)</div>$", "$1");
    }

    private static String inside(String words) {
        var html = html(words);
        return html.substring("<div class=\"prose\">".length() * (html.startsWith("<div") ? 1 : 0));
    }

    @Test
    void whatPeopleWriteIsShownAsTheyMeantIt() {
        assertThat(html("# Big *and* **strong** `x<y`"))
                .isEqualTo("<h3>Big <em>and</em> <strong>strong</strong> <code>x&lt;y</code></h3>");
        assertThat(html("- a\n- b")).isEqualTo("<ul><li>a</li><li>b</li></ul>");
        assertThat(html("- a\n\n- b")).isEqualTo("<ul><li><p>a</p></li><li><p>b</p></li></ul>");
        assertThat(html("3. a")).isEqualTo("<ol start=\"3\"><li>a</li></ol>");
        assertThat(html("> a")).isEqualTo("<blockquote><p>a</p></blockquote>");
        assertThat(inside("```sh\nnpm ci\n```")).contains("<pre><code>npm ci\n</code></pre>");
    }

    @Test
    void issuesLeadToTheirPagesOutsideOfCodeAndLinks() {
        assertThat(html("see #12, not C#7")).isEqualTo("<p>see <a href=\"/shop/issues/12\">#12</a>, not C#7</p>");
        assertThat(html("`#12` [#13](https://a.example)"))
                .doesNotContain("issues")
                .contains("<a href=\"https://a.example\" rel=\"nofollow noopener noreferrer\">#13</a>");
    }

    @Test
    void anImageThatStandsAloneIsDrawnWhereItLeadsToAPictureOfOurs() {
        Markdown.Pictures ours =
                address -> address.equals("/shop/metrics") ? Optional.of(Tags.p(Tags.text("drawn"))) : Optional.empty();
        assertThat(Markdown.html("shop", "a\n\n![b](/shop/metrics)\n\n![c](/d) ![b](/shop/metrics)", ours)
                        .text())
                .contains("<p>drawn</p>")
                .containsOnlyOnce("drawn")
                .contains("<a href=\"/shop/metrics\"", "<a href=\"/d\"");
    }

    @Test
    void nothingOfItRunsStylesOrLoads() {
        for (var hostile : List.of(
                "<script>alert(1)</script>",
                "a <img src=x onerror=alert(1)> b",
                "[x](javascript:alert(1))",
                "[x](  JaVaScRiPt:alert(1) )",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "![x](https://evil.example/pixel.png)",
                "<a href=\"javascript:alert(1)\" style=\"position:fixed\">x</a>",
                "[x]: javascript:alert(1)\n\n[x]",
                "[\"onmouseover=alert(1)](https://a.example/\"onmouseover=alert(1))",
                "```\"><script>\nx\n```")) {
            assertThat(html(hostile))
                    .as(hostile)
                    .doesNotContainIgnoringCase(
                            "<script", "<img", "href=\"javascript", "href=\"data", "<a style", "\"onm");
        }
    }

    @Test
    void hostileNestingEndsSoonAndWhole() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (var piece :
                    List.of("> ", "- ", "*a **b ", "[", "![", "(", "`", "<", "1. ", "_", "~~~\n", "    ", "\\")) {
                var words = piece.repeat(60_000 / piece.length());
                assertThat(html(words)).as(piece).doesNotContain("<script");
            }
            assertThat(html("*".repeat(30_000) + "a" + "*".repeat(30_000))).contains("a");
            assertThat(html("[a](".repeat(10_000))).contains("[a](");
        });
    }

    @Test
    void randomTextIsNeverMoreThanOurElements() {
        var dice = new Random(7);
        var letters = "ab <>&\"'`*_[]()!#-\n>1.:/\\~";
        for (int i = 0; i < 2_000; i++) {
            var words = new StringBuilder();
            dice.ints(40, 0, letters.length()).forEach(at -> words.append(letters.charAt(at)));
            var bare = html(words.toString())
                    .replaceAll("</?(p|em|strong|code|pre|ul|ol|li|blockquote|h[3-6]|hr|br)>", "")
                    .replaceAll("</?(div|a)( (class|href|rel|start)=\"[^\"<>]*\")*>", "")
                    .replaceAll("<ol start=\"\\d+\">", "");
            assertThat(bare).as(words.toString()).doesNotContain("<", ">");
        }
    }
}
