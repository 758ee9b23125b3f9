package dev.johwa.door.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnsiTest {
    private static String html(String line) {
        return Ansi.html(line).text();
    }

    @Test
    void coloursBecomeClassesAndTextStaysText() {
        assertThat(html("plain <b>")).isEqualTo("plain &lt;b&gt;");
        assertThat(html("\u001B[31mred\u001B[0m plain")).isEqualTo("<span class=\"a-f1\">red</span> plain");
        assertThat(html("\u001B[1;92mok\u001B[22m<\u001B[39m>"))
                .isEqualTo("<span class=\"a-bold a-f10\">ok</span><span class=\"a-f10\">&lt;</span>&gt;");
        assertThat(html("\u001B[mx\u001B[41;37my")).isEqualTo("x<span class=\"a-b1 a-f7\">y</span>");
        assertThat(html("\u001B[7mx\u001B[27my")).isEqualTo("<span class=\"a-turned\">x</span>y");
    }

    @Test
    void coloursOf256AndOf24BitsBecomeTheNearestOfSixteen() {
        assertThat(html("\u001B[38;5;9mx")).isEqualTo("<span class=\"a-f9\">x</span>");
        assertThat(html("\u001B[38;5;196mx")).isEqualTo("<span class=\"a-f1\">x</span>");
        assertThat(html("\u001B[38;5;34mx")).isEqualTo("<span class=\"a-f2\">x</span>");
        assertThat(html("\u001B[38;2;30;110;210mx")).isEqualTo("<span class=\"a-f4\">x</span>");
        assertThat(html("\u001B[48;5;255;1mx")).isEqualTo("<span class=\"a-b7 a-bold\">x</span>");
    }

    @Test
    void whatMovesATerminalIsLeftOut() {
        assertThat(html("\u001B[2K\u001B[1Gdone\u001B[?25h")).isEqualTo("done");
        assertThat(html("\u001B]8;;https://x.example\u0007link\u001B]8;;\u0007"))
                .isEqualTo("link");
        assertThat(html("\u001B]0;title\u001B\\x")).isEqualTo("x");
    }

    @Test
    void nonsenseIsNoTrouble() {
        for (var line : new String[] {
            "\u001B[",
            "\u001B",
            "\u001B[38;5m",
            "\u001B[38;2;1m",
            "\u001B[999999999999999m",
            "\u001B[;;;m",
            "\u001B[38;5;99999mx",
            "\u001B[48;2;9999;9999;9999mx"
        }) {
            assertThat(html(line)).doesNotContain("\u001B");
        }
    }
}
