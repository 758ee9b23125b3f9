package dev.johwa.lib.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceholdersTest {
    @TempDir
    Path folder;

    private Handle handle;

    @BeforeEach
    void open() {
        handle = Columns.jdbi(Jdbi.open("jdbc:sqlite:" + folder.resolve("state.db"))::getConnection)
                .open();
    }

    @AfterEach
    void close() {
        handle.close();
    }

    @Test
    void valuesAreBoundByTheirNamesAndAsOftenAsTheyStand() {
        assertThat(handle.createQuery("select :a || :b_1 || :a")
                        .bind("a", "x")
                        .bind("b_1", "y")
                        .mapTo(String.class)
                        .one())
                .isEqualTo("xyx");
    }

    @Test
    void valuesAreBoundByTheirPlaces() {
        assertThat(handle.select("select ? || ?", "x", "y").mapTo(String.class).one())
                .isEqualTo("xy");
    }

    @Test
    void quotedTextsAndCommentsStayAsTheyAre() {
        var text = """
                select ':no ? <no> it''s :this' || :a as ":name" -- :not ? <this>
                /* nor :that ? <either> */ where 1 < 2 and 3>2""";

        assertThat(handle.createQuery(text).bind("a", "!").mapToMap().one())
                .containsExactly(Map.entry(":name", ":no ? <no> it's :this!"));
    }

    @Test
    void twoColonsAndTwoQuestionMarksAreOperators() {
        var parsed = Placeholders.values("select a::text, b ?? 'c' from t where d = :d");

        assertThat(parsed.getSql()).isEqualTo("select a::text, b ?? 'c' from t where d = ?");
        assertThat(parsed.getParameters().getParameterNames()).containsExactly("d");
    }

    @Test
    void whatIsNotClosedIsLeftToTheDatabase() {
        for (var text :
                List.of("select 'open :a", "select 1 /* :a", "select 1 -- :a", "select :", "select <", "a <b")) {
            assertThat(Placeholders.values(text).getSql()).isEqualTo(text);
        }
    }

    @Test
    void aListTakesThePlaceOfItsWord() {
        assertThat(handle.createQuery("select 2 in (<ids>) and 1 < 2 and :last = 4")
                        .bindList("ids", List.of(1, 2, 3))
                        .bind("last", 4)
                        .mapTo(Integer.class)
                        .one())
                .isEqualTo(1);
    }

    @Test
    void aWordThatNothingDefinesIsTold() {
        assertThatThrownBy(() -> handle.createQuery("select <column>")
                        .mapTo(String.class)
                        .one())
                .hasRootCauseMessage("nothing is defined for <column>");
    }
}
