package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class DemoExampleTest {
    @SuppressWarnings("unused")
    private static final List<DemoExample> ALL = DemoExample.ALL;

    @ParameterizedTest
    @FieldSource("ALL")
    void whatIsChangedStandsInTheExampleOnce(DemoExample example) throws IOException {
        for (var edit : new DemoExample.Edit[] {example.greeting(), example.slip()}) {
            var text = Files.readString(Path.of("examples", example.name(), edit.file()));
            assertThat(text.split(Pattern.quote(edit.before()), -1))
                    .as(edit.toString())
                    .hasSize(2);
        }
    }
}
