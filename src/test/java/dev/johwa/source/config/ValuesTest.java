package dev.johwa.source.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.source.config.Values.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kept.class)
class ValuesTest {
    @Parameter
    Kept kept;

    private static final Scope PRODUCTION = new Scope("shop", "shop", "production");

    @TempDir
    Path folder;

    private Database database;
    private Values values;

    @BeforeEach
    void open() {
        database = kept.open(folder);
        values = new Values(database, new SystemClock(), folder.resolve("key"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void valuesComeBackByteForByte() {
        values.set(PRODUCTION, Map.of("A", "$HOME \"x\" 'y'\nü\t", "B", ""));

        assertThat(values.list(PRODUCTION))
                .containsEntry("A", "$HOME \"x\" 'y'\nü\t")
                .containsEntry("B", "");
        assertThat(values.list(new Scope("shop", "shop", "preview"))).isEmpty();
    }

    @Test
    void secretsAreSealedAndListedByNameOnly() throws Exception {
        values.setSecrets(PRODUCTION, Map.of("API_KEY", "very-secret-value"));

        assertThat(values.secretNames(PRODUCTION)).containsExactly("API_KEY");
        assertThat(values.revealSecrets(PRODUCTION, Long.MAX_VALUE)).containsEntry("API_KEY", "very-secret-value");
        database.copyTo(folder.resolve("copy.db"));
        assertThat(Files.readString(folder.resolve("copy.db"), StandardCharsets.ISO_8859_1))
                .contains("API_KEY")
                .doesNotContain("very-secret-value");
        assertThat(Files.getPosixFilePermissions(folder.resolve("key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void anEarlierVersionKnowsTheSecretsOfThen() {
        values.setSecrets(PRODUCTION, Map.of("A", "first", "B", "stays"));
        long then = values.secretsVersion(PRODUCTION);
        values.setSecrets(PRODUCTION, Map.of("A", "second"));
        values.removeSecrets(PRODUCTION, List.of("B"));

        assertThat(values.revealSecrets(PRODUCTION, then)).isEqualTo(Map.of("A", "first", "B", "stays"));
        assertThat(values.revealSecrets(PRODUCTION, Long.MAX_VALUE)).isEqualTo(Map.of("A", "second"));
        assertThat(values.secretsVersion(PRODUCTION)).isGreaterThan(then);
    }

    @Test
    void aRowThatWasExchangedDoesNotOpen() {
        values.setSecrets(PRODUCTION, Map.of("A", "first"));
        database.write(handle -> handle.execute("update app_secrets set name = 'B'"));

        assertThatThrownBy(() -> values.revealSecrets(PRODUCTION, Long.MAX_VALUE))
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void namesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> values.set(PRODUCTION, Map.of("A-B", "x"))).hasMessageContaining("'A-B' is no name");
        assertThatThrownBy(() -> values.setSecrets(PRODUCTION, Map.of("PORT", "1")))
                .hasMessageContaining("PORT is set by the platform");
    }
}
