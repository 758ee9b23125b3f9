package dev.johwa.source.detect.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {
    @ParameterizedTest
    @CsvSource({
        "20.11.0, 20, true",
        "20.11.0, 20.x, true",
        "20.11.0, v20.11, true",
        "20.11.0, '>=18 <21', true",
        "20.11.0, '>= 18, < 20', false",
        "20.11.0, '^18 || ^20', true",
        "20.11.0, ^20.12, false",
        "20.11.0, ~20.11.0, true",
        "20.11.0, ~20.10, false",
        "3.11.7, '>=3.10,<3.12', true",
        "3.11.7, ~=3.11, true",
        "3.11.7, '!=3.11.7', false",
        "3.9.1, '>=3.10', false",
        "1.25.1, '>=1.25', true",
        "22.1.0, '*', true",
        "22.1.0, '<=22', true"
    })
    void aVersionFitsARangeOrNot(String version, String range, boolean fits) {
        assertThat(Versions.fits(version, range)).isEqualTo(fits);
    }
}
