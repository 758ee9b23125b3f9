package dev.johwa.watch.advisory;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.johwa.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Advisories as OSV's schema has them.
public final class Samples {
    private Samples() {}

    /// Of all versions before one.
    ///
    /// @param more other fields, each with a comma behind it
    public static String advisory(String id, String more, String ecosystem, String name, String fixed) {
        return head(id, more) + of(ecosystem, name) + ", \"ranges\": [{\"type\": \"ECOSYSTEM\", \"events\":"
                + " [{\"introduced\": \"0\"}, {\"fixed\": \"" + fixed + "\"}]}]}]}";
    }

    static String affected(String id, String ecosystem, String name, String said) {
        return head(id, "") + of(ecosystem, name) + ", " + said + "}]}";
    }

    private static String head(String id, String more) {
        return "{\"schema_version\": \"1.7.0\", \"id\": \"" + id + "\", \"modified\": \"2024-01-02T00:00:00Z\","
                + " \"summary\": \"Somebody may do what he should not\", " + more + " \"affected\": [{";
    }

    private static String of(String ecosystem, String name) {
        return "\"package\": {\"ecosystem\": \"" + ecosystem + "\", \"name\": \"" + name + "\"}";
    }

    public static void put(Path export, String name, String text) throws IOException {
        var file = export.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// @param files names and texts in turn
    static void zip(Path zip, String... files) throws IOException {
        Files.createDirectories(zip.getParent());
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i < files.length; i += 2) {
                out.putNextEntry(new ZipEntry(files[i]));
                out.write(files[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    static void bomb(Path zip, long size) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("bomb.json"));
            var zeros = new byte[1 << 20];
            for (long written = 0; written < size; written += zeros.length) {
                out.write(zeros);
            }
        }
    }

    static List<String> schemaErrors(String advisory) throws IOException {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        return registry
                .getSchema(Files.readString(Tools.file("osv/schema.json")), InputFormat.JSON)
                .validate(advisory, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }
}
