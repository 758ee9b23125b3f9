package dev.johwa.build.bill;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// A bill as CycloneDX 1.6 in JSON.
record CycloneDx(Bill bill) {
    private static final long VERSION_BITS = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT_BITS = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int UUID_DIGITS = 32;

    byte[] bytes() {
        var components = bill.components().stream().map(CycloneDx::component).toList();
        var document = new TreeMap<String, Object>();
        document.put("bomFormat", "CycloneDX");
        document.put("specVersion", "1.6");
        document.put("serialNumber", "urn:uuid:" + serial(Json.write(components)));
        document.put("version", 1);
        document.put("metadata", metadata());
        document.put("components", components);
        return Json.bytes(document);
    }

    private Map<String, Object> metadata() {
        var subject = new TreeMap<String, Object>();
        subject.put("type", "container");
        subject.put("bom-ref", bill.artifact().text());
        subject.put("name", bill.artifact().shortened());
        subject.put("version", bill.artifact().text());
        var tool = new TreeMap<String, Object>(Map.of("type", "application", "name", "johwa"));
        var properties = new ArrayList<Map<String, Object>>();
        bill.locks()
                .forEach(lock -> properties.add(property(
                        "johwa:lock-file", lock.path() + " " + lock.digest().text())));
        bill.warnings().forEach(warning -> properties.add(property("johwa:warning", warning)));
        var metadata = new TreeMap<String, Object>();
        metadata.put("component", subject);
        metadata.put("tools", new TreeMap<>(Map.of("components", List.of(tool))));
        if (!properties.isEmpty()) {
            metadata.put("properties", properties);
        }
        return metadata;
    }

    private static Map<String, Object> property(String name, String value) {
        return new TreeMap<>(Map.of("name", name, "value", value));
    }

    private static Map<String, Object> component(Component component) {
        var entry = new TreeMap<String, Object>();
        entry.put("type", "library");
        entry.put("bom-ref", component.purl());
        entry.put("purl", component.purl());
        putName(entry, component);
        if (!component.version().isEmpty()) {
            entry.put("version", component.version());
        }
        entry.put("scope", component.use().name().toLowerCase(Locale.ROOT));
        if (!component.licences().isEmpty()) {
            entry.put("licenses", licences(component.licences()));
        }
        return entry;
    }

    private static void putName(Map<String, Object> entry, Component component) {
        var name = component.name();
        int end = switch (component.ecosystem()) {
            case MAVEN -> name.indexOf(':');
            case NPM -> name.startsWith("@") ? name.indexOf('/') : -1;
            case GO, PYPI, CARGO, DEBIAN, OTHER -> -1;
        };
        entry.put("name", name.substring(end + 1));
        if (end > 0) {
            entry.put("group", name.substring(0, end));
        }
    }

    /// Either one expression, or licences one by one; the schema has no list of both.
    private static List<Map<String, Object>> licences(List<String> words) {
        if (words.stream().allMatch(Licences::isExpression) && words.stream().anyMatch(word -> !Licences.isId(word))) {
            var all = words.size() == 1
                    ? words.getFirst()
                    : words.stream().map(word -> "(" + word + ")").collect(Collectors.joining(" AND "));
            return List.of(Map.of("expression", all));
        }
        return words.stream()
                .map(word -> Map.<String, Object>of(
                        "license", Licences.isId(word) ? Map.of("id", word) : Map.of("name", word)))
                .toList();
    }

    /// Made of what it numbers (UUID version 8), so that it is the same each time.
    private UUID serial(String components) {
        var hex = Digest.of(bill.artifact().text() + components).hex().substring(0, UUID_DIGITS);
        var bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        return new UUID(bytes.getLong() & VERSION_BITS | VERSION_8, bytes.getLong() & VARIANT_BITS | VARIANT);
    }
}
