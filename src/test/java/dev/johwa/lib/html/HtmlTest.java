package dev.johwa.lib.html;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.element;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void whatPeopleWroteIsNeverMarkup() {
        assertThat(p(text("<script>&\"'")).text()).isEqualTo("<p>&lt;script&gt;&amp;&quot;&#39;</p>");
        assertThat(p(attribute("title", "\"><script>")).text()).isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;\"></p>");
        assertThat(p(text("a\u0000b\u001b[31m\u0085\tc")).text()).isEqualTo("<p>a\uFFFDb\uFFFD[31m\uFFFD\tc</p>");
    }

    @Test
    void anAddressNeverRuns() {
        for (var address : List.of("javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x")) {
            assertThat(a(href(address)).text()).isEqualTo("<a href=\"#\"></a>");
        }
        for (var address : List.of("/shop", "https://x.example/a:b", "http://shop.localhost:7000", "?a=b:c", "#L1")) {
            assertThat(a(href(address)).text()).isEqualTo("<a href=\"" + address + "\"></a>");
        }
    }

    @Test
    void whatWouldRunOrStyleSomethingInlineIsRefused() {
        for (var name : List.of("onclick", "OnLoad", "style", "a b", "x\"y", "")) {
            assertThatThrownBy(() -> attribute(name, "x")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void partsAreJoinedAndLeftOut() {
        assertThat(ul(each(List.of("a", "b"), word -> li(text(word))), when(false, () -> li()))
                        .text())
                .isEqualTo("<ul><li>a</li><li>b</li></ul>");
        assertThat(row(when(Optional.of("x"), Tags::text), when(Optional.<String>empty(), Tags::text))
                        .text())
                .isEqualTo("x");
        assertThat(input(flag("required"), attribute("name", "x")).text()).isEqualTo("<input required name=\"x\">");
        assertThat(element("svg", element("rect", attribute("x", 1))).text())
                .isEqualTo("<svg><rect x=\"1\"></rect></svg>");
    }
}
