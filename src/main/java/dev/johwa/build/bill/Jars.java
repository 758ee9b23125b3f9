package dev.johwa.build.bill;

import dev.johwa.lib.text.Passages;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

/// Archives of Java and those within them, by what Maven wrote into them, else by their names; Gradle's lock files.
final class Jars {
    private static final int DEEPEST = 3;
    private static final int MOST_TEXT = 1 << 20;
    /// Of all texts of an archive and of those within it, which are kept until it is read.
    private static final int MOST_TEXTS = 32 << 20;

    private static final int MOST_ENTRIES = 200_000;
    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.(properties|xml)");
    private static final Pattern NAMED = Pattern.compile("(?:.*/)?([^/]+?)-([0-9][^/]*)\\.jar");
    /// Bounded: what begins many and ends none would be read as often as it begins.
    private static final Pattern LICENCE =
            Pattern.compile("<license>.{0,1000}?<name>([^<]{1,1000}+)</name>", Pattern.DOTALL);

    private final Finding finding;
    private int entries;
    private long texts;

    Jars(Finding finding) {
        this.finding = finding;
    }

    static void gradle(String text, Finding finding) {
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var parts = line.replaceFirst("=.*", "").split(":");
            if (parts.length == 3) {
                finding.add(Ecosystem.MAVEN, parts[0] + ":" + parts[1], parts[2]);
            }
        });
    }

    void read(String path, InputStream bytes) throws IOException {
        read(path, bytes, 0);
    }

    private void read(String path, InputStream bytes, int depth) throws IOException {
        var zip = new ZipInputStream(bytes);
        var texts = new TreeMap<String, String>();
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (++entries > MOST_ENTRIES) {
                throw new IOException("it has more than " + MOST_ENTRIES + " entries");
            }
            var name = entry.getName();
            if (POM.matcher(name).matches()) {
                texts.put(name, text(zip));
            } else if (name.endsWith(".jar") && depth < DEEPEST) {
                read(name, zip, depth + 1);
            }
        }
        var found = components(texts);
        found.forEach(finding::add);
        var named = NAMED.matcher(path);
        if (found.isEmpty() && named.matches()) {
            finding.add(Ecosystem.OTHER, named.group(1), named.group(2));
        }
    }

    private String text(InputStream zip) throws IOException {
        var bytes = zip.readNBytes(MOST_TEXT);
        texts += bytes.length;
        if (texts > MOST_TEXTS) {
            throw new IOException("what Maven wrote into it is longer than " + (MOST_TEXTS >> 20) + " MiB");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<Component> components(TreeMap<String, String> texts) throws IOException {
        var found = new ArrayList<Component>();
        for (var text : texts.entrySet()) {
            if (text.getKey().endsWith(".properties")) {
                var properties = new Properties();
                properties.load(new StringReader(text.getValue()));
                var group = properties.getProperty("groupId", "");
                var artifact = properties.getProperty("artifactId", "");
                if (!group.isBlank() && !artifact.isBlank()) {
                    var pom = texts.getOrDefault(text.getKey().replace(".properties", ".xml"), "");
                    found.add(
                            Component.of(Ecosystem.MAVEN, group + ":" + artifact, properties.getProperty("version", ""))
                                    .licensed(licences(pom)));
                }
            }
        }
        return found;
    }

    private static List<String> licences(String pom) {
        return LICENCE.matcher(Passages.without(pom, "<parent>", "</parent>"))
                .results()
                .flatMap(result -> Licences.of(result.group(1)).stream())
                .toList();
    }
}
