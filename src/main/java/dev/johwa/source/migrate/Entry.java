package dev.johwa.source.migrate;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A value in a file: where it stands, below what, and what it is.
///
/// @param above what it stands in; empty for the file itself
/// @param path keys from the top, `#` for a member of a list
record Entry(Optional<Entry> above, List<String> path, Place place, Node node) {
    private static final int LONGEST = 60;

    static Entry top(Node node) {
        return new Entry(Optional.empty(), List.of(), node.place(), node);
    }

    /// What stands directly in it.
    List<Entry> inner() {
        return switch (node) {
            case Node.Mapping map ->
                map.entries().entrySet().stream()
                        .flatMap(each -> below(each.getKey(), each.getValue()))
                        .toList();
            case Node.Sequence list ->
                list.items().stream()
                        .map(each -> below("#", each.place(), each))
                        .toList();
            case Node.Scalar _ -> List.of();
        };
    }

    /// What YAML merges in stands where it is merged.
    private Stream<Entry> below(Node.Key key, Node value) {
        if (!key.text().equals("<<")) {
            return Stream.of(below(key.text(), key.place(), value));
        }
        return switch (value) {
            case Node.Mapping map ->
                map.entries().entrySet().stream().flatMap(each -> below(each.getKey(), each.getValue()));
            case Node.Sequence list -> list.items().stream().flatMap(each -> below(key, each));
            case Node.Scalar _ -> Stream.of(below(key.text(), key.place(), value));
        };
    }

    private Entry below(String key, Place place, Node value) {
        var longer = new ArrayList<>(path);
        longer.add(key);
        return new Entry(Optional.of(this), longer, place, value);
    }

    Optional<Entry> get(String key) {
        return inner().stream().filter(each -> each.name().equals(key)).findFirst();
    }

    /// The key under which it stands.
    String name() {
        return path.isEmpty() ? "" : path.getLast();
    }

    /// What it says, where it is one value; empty for lists, maps and nothing.
    Optional<String> text() {
        return node instanceof Node.Scalar scalar && !scalar.isNull() ? Optional.of(scalar.text()) : Optional.empty();
    }

    Optional<String> text(String key) {
        return get(key).flatMap(Entry::text);
    }

    /// The texts of a list; of one value that one.
    List<String> texts() {
        return node instanceof Node.Sequence
                ? inner().stream().flatMap(each -> each.text().stream()).toList()
                : text().stream().toList();
    }

    /// The whole file in which it stands.
    Entry top() {
        return above.map(Entry::top).orElse(this);
    }

    boolean is(String value) {
        return text().filter(value::equals).isPresent();
    }

    /// The key and its value on one line.
    String says() {
        var value = brief(node);
        var line = value.isEmpty() ? saysKey() : saysKey() + ": " + value;
        return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
    }

    private static String brief(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text().strip().replaceAll("\\s*\\R\\s*", " ⏎ ");
            case Node.Sequence list ->
                list.items().stream().map(Entry::brief).collect(Collectors.joining(", ", "[", "]"));
            case Node.Mapping map ->
                map.entries().entrySet().stream()
                        .map(each -> each.getKey().text() + ": " + brief(each.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    /// The key alone: its value may be nobody's business.
    String saysKey() {
        return path.stream().filter(each -> !each.equals("#")).collect(Collectors.joining("."));
    }
}
