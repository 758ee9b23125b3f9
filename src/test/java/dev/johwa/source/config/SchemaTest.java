package dev.johwa.source.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The published schema and the reader say the same of every file.
class SchemaTest {
    private static final Path PUBLISHED = Path.of("docs/schema/johwa.json");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Json.write(Configs.schema()), InputFormat.JSON);

    private static boolean fitsSchema(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).isEmpty();
    }

    private static List<Problem> problems(String text) {
        try {
            Configs.parse("johwa.yaml", text);
            return List.of();
        } catch (ProblemException e) {
            return e.problems();
        }
    }

    @Test
    void theFileOfTheRepositoryIsWhatTheReaderKnows() throws Exception {
        if (Boolean.getBoolean("write")) {
            Files.createDirectories(PUBLISHED.getParent());
            Files.writeString(PUBLISHED, Json.pretty(Configs.schema()) + "\n");
        }
        assertThat(Files.readString(PUBLISHED))
                .as("out of date: mvn -Dtest=SchemaTest -DargLine=-Dwrite=true test")
                .isEqualTo(Json.pretty(Configs.schema()) + "\n");
    }

    @Test
    void theSchemaItselfIsOfItsDialect() {
        var dialect = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(dialect.validate(Json.write(Configs.schema()), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"name\": \"shop\", \"service\": \"web\", \"folder\": \".\", \"port\": 3000}",
                "{\"test\": [\"npm run e2e\", [\"./check\", \"-x\"]], \"start\": [\"node\", \"server.js\"]}",
                "{\"limits\": {\"memory\": \"512Mi\", \"cpu\": 1, \"build\": \"10m\"}, \"health\": {\"path\": \"/healthz\"}}",
                "{\"data\": [\"postgres\", \"uploads/\"], \"uses\": [\"shop-api\", \"shop/admin\"]}",
                "{\"allow\": {\"users\": \"SITE_USERS\", \"from\": [\"10.0.0.0/8\", \"::1\"], \"paths\": \"/admin\"}}",
                "{\"canonical\": \"shop.example.com\", \"headers\": {\"X-Frame-Options\": \"DENY\", \"X-N\": 1}}",
                "{\"redirects\": [\"/old /new\", \"/news/*  /blog/:splat 302!\", \"/a id=:id https://x.org/:id 307\"]}",
                "{\"limits\": {\"request\": \"10Mi\", \"answer\": \"20s\"}}",
                "{\"schedule\": {\"nightly\": {\"cron\": \"0 3 * * *\", \"run\": \"node clean.js\"}}}",
                "{\"environments\": {\"preview\": {\"branch\": \"*\", \"sleep\": \"30m\"}, \"staging\": null}}",
                "{\"apps\": {\"api\": {\"folder\": \"services/api\", \"environments\": {\"staging\": {}}}}}"
            })
    void goodFilesFitBoth(String json) {
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(problems(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"instnaces\": 2}",
                "{\"allow\": {\"from\": \"office.example.com\"}}",
                "{\"allow\": {\"paths\": \"admin\"}}",
                "{\"redirects\": \"/old\"}",
                "{\"redirects\": [\"/old /new 200\"]}",
                "{\"headers\": {\"Content-Length\": 1}}",
                "{\"headers\": {\"X-A\": \"1\\r\\nX-B: 2\"}}",
                "{\"headers\": {\"X A\": 1}}",
                "{\"canonical\": \"https://shop.example.com\"}",
                "{\"port\": 70000}",
                "{\"service\": \"lambda\"}",
                "{\"health\": {\"within\": \"soon\"}}",
                "{\"health\": {\"path\": \"healthz\"}}",
                "{\"folder\": \"../other\"}",
                "{\"limits\": {\"memory\": \"0Mi\"}}",
                "{\"env\": {\"PORT\": \"1\"}}",
                "{\"secrets\": [\"1KEY\"]}",
                "{\"data\": [\"../other/\"]}",
                "{\"start\": []}",
                "{\"apps\": {\"api\": {\"apps\": {}}}}",
                "{\"environments\": {\"a b\": {}}}"
            })
    void badFilesFitNeither(String json) {
        assertThat(fitsSchema(json)).isFalse();
        assertThat(problems(json)).isNotEmpty();
    }

    @Test
    void schemaAndReaderAgreeOnWhateverIsWritten() {
        var documents = new Documents(20261125);
        int good = 0;
        for (int i = 0; i < 5_000; i++) {
            var json = Json.write(documents.next());
            var problems = problems(json).stream()
                    // That two environments share a branch, or a day is in no year, is beyond a schema.
                    .filter(problem -> !problem.code().equals("config.branch-twice")
                            && !problem.code().startsWith("cron."))
                    .toList();
            assertThat(problems.isEmpty())
                    .as("%s: %s, and %s", json, problems, SCHEMA.validate(json, InputFormat.JSON))
                    .isEqualTo(fitsSchema(json));
            good += problems.isEmpty() ? 1 : 0;
        }
        assertThat(good).isBetween(500, 4_500);
    }
}
