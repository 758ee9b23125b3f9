package dev.johwa.door.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.IssueLink;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final IssueLink ONE = new IssueLink("#1", "https://host.example/acme/shop/issues/1");
    private static final IssueLink TWELVE = new IssueLink("#12", "https://host.example/acme/shop/issues/12?a=1&b=\"");

    private static String html(String words, IssueLink... issues) {
        return Marks.linked(words, List.of(issues)).text();
    }

    @Test
    void issuesLeadToTheirHost() {
        assertThat(html("Fill #1, C#1 and #1", ONE))
                .isEqualTo("Fill <a class=\"issue\" href=\"" + ONE.url()
                        + "\">#1</a>, C#1 and <a class=\"issue\" href=\"" + ONE.url() + "\">#1</a>");
        assertThat(html("#12 after", ONE, TWELVE)).contains(">#12</a> after").endsWith(">#1</a>");
        assertThat(html("none")).isEqualTo("none");
    }

    @Test
    void whatProblemsSayIsASentenceWithItsCommands() {
        assertThat(Marks.told("there is no project 'shops'; `johwa apps` lists them")
                        .text())
                .isEqualTo("There is no project &#39;shops&#39;; <code>johwa apps</code> lists them");
        assertThat(Marks.told("johwa.yaml:3: unknown").text()).startsWith("johwa.yaml");
        assertThat(Marks.told("one ` alone <b>").text()).isEqualTo("One ` alone &lt;b&gt;");
    }

    @Test
    void effectsAreAListOfTheirLabels() {
        assertThat(Marks.effect(List.of("shop release 7", "errors    0 of 32 <b>"))
                        .text())
                .contains("<dt>errors</dt><dd>0 of 32 &lt;b&gt;</dd>")
                .doesNotContain("shop release");
    }

    @Test
    void whatPeopleWroteStaysText() {
        assertThat(html("<script>alert(1)</script> #12 \" onmouseover=x & more", TWELVE))
                .doesNotContain("<script>", "b=\"\"")
                .contains("&lt;script&gt;", "&amp;b=&quot;", "&amp; more");
    }
}
