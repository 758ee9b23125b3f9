package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
    /// The last lines of eslint, ruff, golangci-lint, rubocop and one that counts nothing.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "✖ 12 problems (3 errors, 9 warnings)|✖ 12 problems (3 errors, 9 warnings)",
                "Found 3 errors.|Found 3 errors.",
                "5 issues:|5 issues:",
                "10 files inspected, 1 offense detected|10 files inspected, 1 offense detected",
                "src/a.js: unexpected token|otherwise",
            })
    void theLintersOwnSumIsTold(String line, String told) {
        assertThat(Lint.count(List.of("src/a.js:3 1 thing", line, ""), "otherwise"))
                .isEqualTo(told);
    }
}
