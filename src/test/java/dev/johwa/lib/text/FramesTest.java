package dev.johwa.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
    @Test
    void whatWentWrongStaysAndLongRowsAreFolded() {
        var said = List.of(
                "Error: no such file",
                "    at one (/app/a.js:1:2)",
                "    at Array.forEach (<anonymous>)",
                "    at two (node:internal/x:3:4)",
                "    at three (node:internal/x:5:6)",
                "    at async four (/app/b.js:7:8)",
                "caused by: nothing",
                "\tat java.base/A.b(A.java:1)",
                "\t... 12 more");

        assertThat(Frames.folded(said))
                .containsExactly(
                        "Error: no such file",
                        "    at one (/app/a.js:1:2)",
                        "    at Array.forEach (<anonymous>)",
                        "    at two (node:internal/x:3:4)",
                        "    … 2 more",
                        "caused by: nothing",
                        "\tat java.base/A.b(A.java:1)",
                        "\t... 12 more");
    }

    @Test
    void framesThatATellerPutsWordsBeforeAreFramesToo() {
        var said = List.of(
                "npm error gyp ERR! stack     at a (b.js:1:1)",
                "npm error gyp ERR! stack     at b (b.js:1:1)",
                "npm error gyp ERR! stack     at c (b.js:1:1)",
                "npm error gyp ERR! stack     at d (b.js:1:1)",
                "[ERROR] A: 1",
                "[ERROR] \tat a.B(B.java:1)",
                "[ERROR] \tat a.C(C.java:1)",
                "[ERROR] \tat a.D(D.java:1)",
                "[ERROR] \tat a.E(E.java:1)",
                "[ERROR] \tat a.F(F.java:1)");

        assertThat(Frames.folded(said)).hasSize(9).contains("    … 1 more").endsWith("    … 2 more");
    }

    @Test
    void wordsThatAreNoFramesStayAsTheyAre() {
        var said = List.of("", "at noon", "  look at it", "    at", "a at b");

        assertThat(Frames.folded(said)).isEqualTo(said);
    }
}
