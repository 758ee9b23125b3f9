package dev.johwa.lib.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class WidthTest {
    @Test
    void lettersOfEastAsiaTakeTwoColumns() {
        assertThat(Width.of("shop")).isEqualTo(4);
        assertThat(Width.of("naïve – “5 %”")).isEqualTo(13);
        assertThat(Width.of("김도현")).isEqualTo(6);
        assertThat(Width.of("漢字カナ、Ａ🚀")).isEqualTo(14);
        assertThat(Width.of("ｶﾅ")).as("halfwidth").isEqualTo(2);
    }

    @Test
    void whatJoinsTheLetterBeforeItTakesNone() {
        assertThat(Width.of(Normalizer.normalize("é 김도현", Normalizer.Form.NFD))).isEqualTo(8);
    }

    @Test
    void aTextIsCutAtTheRoomThereIs() {
        assertThat(Width.cut("shop", 4)).isEqualTo("shop");
        assertThat(Width.cut("shops", 4)).isEqualTo("sho…");
        assertThat(Width.cut("김도현", 6)).isEqualTo("김도현");
        assertThat(Width.cut("김도현", 5)).isEqualTo("김도…");
        assertThat(Width.cut("김도현", 4)).as("no half letter").isEqualTo("김…");
        assertThat(Width.cut("shop", 1)).isEmpty();
    }

    @Test
    void theMiddleOfALongTextIsLeftOut() {
        assertThat(Width.middle("feature/a-long-name", 11)).isEqualTo("featu…-name");
        assertThat(Width.middle("main", 4)).isEqualTo("main");
        assertThat(Width.of(Width.middle("기능/결제-내역-보기", 9))).isLessThanOrEqualTo(9);
        assertThat(Width.middle("abcdef", 0)).isEmpty();
    }
}
