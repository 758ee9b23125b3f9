package dev.johwa.source.compose.tree;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.yaml.Tagged;
import dev.johwa.lib.yaml.YamlStream;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Scalar;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One YAML document of a compose file: aliases followed, merge keys (`<<`) merged.
///
/// @param tree what it holds; a document may hold something else than a map
/// @param resets what `!reset` and `!override` take out of the files before it
public record Document(Value tree, Resets resets) {
    private static final Pattern OTHER_VERSION = Pattern.compile("(?m)\\A%YAML\\s+(?!1\\.1\\s)");

    /// All the documents of a file.
    ///
    /// @param file name that problems tell
    /// @throws ProblemException with all that is wrong, with its place
    public static List<Document> read(String file, String text) {
        var documents = new ArrayList<Document>();
        var problems = new ArrayList<Problem>();
        if (OTHER_VERSION.matcher(text).find()) {
            throw Problem.user("compose.yaml-version", "compose files are YAML 1.1 where they name a version")
                    .at(Place.of(file))
                    .hint("leave the line %YAML out")
                    .exception();
        }
        for (var root : YamlStream.read(file, text)) {
            var reader = new Reader(problems);
            var tree = reader.value(root, TreePath.TOP);
            documents.add(new Document(
                    tree == null ? new Scalar(root.place(), null) : tree, new Resets(List.copyOf(reader.resets))));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return List.copyOf(documents);
    }

    /// Reads one tree; what an alias names is read again at each of its places, so the sum is bounded.
    private static final class Reader {
        private static final int MOST_VALUES = 200_000;

        private final List<Problem> problems;
        private final List<List<String>> resets = new ArrayList<>();
        private int values;

        Reader(List<Problem> problems) {
            this.problems = problems;
        }

        /// @return null for what is taken out by `!reset`
        @Nullable
        Value value(Tagged node, TreePath path) {
            if (++values > MOST_VALUES) {
                throw Problem.user("yaml.too-large", "the file holds too many values, with all its aliases")
                        .at(node.place())
                        .exception();
            }
            if (node.tag().equals("!reset") || node.tag().equals("!override")) {
                resets.add(keys(path));
            }
            return node.tag().equals("!reset") ? null : plain(node, path);
        }

        private Value plain(Tagged node, TreePath path) {
            return switch (node) {
                case Tagged.Scalar scalar -> new Scalar(scalar.place(), read(scalar));
                case Tagged.Sequence sequence -> {
                    var items = new ArrayList<Value>();
                    for (int i = 0; i < sequence.items().size(); i++) {
                        var item = value(sequence.items().get(i), path.next(String.valueOf(i)));
                        if (item != null) {
                            items.add(item);
                        }
                    }
                    yield new Sequence(sequence.place(), items);
                }
                case Tagged.Mapping mapping -> mapping(mapping, path);
            };
        }

        private @Nullable Object read(Tagged.Scalar scalar) {
            try {
                var value = Scalars.read(scalar);
                if (value instanceof Double number && !Double.isFinite(number)) {
                    problems.add(Problem.user("compose.number", scalar.text() + " is no number that can be told")
                            .at(scalar.place())
                            .hint("write it in quotes"));
                }
                return value;
            } catch (ProblemException e) {
                problems.addAll(e.problems());
                return scalar.text();
            }
        }

        private Mapping mapping(Tagged.Mapping mapping, TreePath path) {
            var entries = new LinkedHashMap<String, Value>();
            var keys = new HashMap<String, Place>();
            var merged = new ArrayList<Mapping>();
            for (var entry : mapping.entries()) {
                if (!(entry.key() instanceof Tagged.Scalar key)) {
                    problems.add(Problem.user("compose.key", "a key must be a text")
                            .at(entry.key().place()));
                } else if (keys.putIfAbsent(key.text(), key.place()) != null) {
                    problems.add(Problem.user("yaml.duplicate-key", "the key '" + key.text() + "' stands here twice")
                            .at(key.place())
                            .hint("keep one of them"));
                } else if (isMerge(key)) {
                    merge(entry.value(), path, merged);
                } else if (isName(key)) {
                    var value = value(entry.value(), path.next(key.text()));
                    if (value != null) {
                        entries.put(key.text(), value);
                    }
                }
            }
            for (var each : merged) {
                each.entries().forEach((key, value) -> {
                    entries.putIfAbsent(key, value);
                    keys.putIfAbsent(key, each.placeOf(key));
                });
            }
            return new Mapping(mapping.place(), entries, keys);
        }

        private static boolean isMerge(Tagged.Scalar key) {
            return key.text().equals("<<") && key.isPlain();
        }

        private boolean isName(Tagged.Scalar key) {
            boolean isName = read(key) instanceof String;
            if (!isName) {
                problems.add(Problem.user("compose.key", "the key " + key.text() + " is no text here")
                        .at(key.place())
                        .hint("write it in quotes"));
            }
            return isName;
        }

        /// Of several maps the earlier counts.
        private void merge(Tagged node, TreePath path, List<Mapping> merged) {
            var all = node instanceof Tagged.Sequence sequence ? sequence.items() : List.of(node);
            for (var each : all) {
                if (each instanceof Tagged.Mapping && value(each, path) instanceof Mapping mapping) {
                    merged.add(mapping);
                } else if (!each.tag().equals("!reset")) {
                    problems.add(Problem.user("compose.merge-key", "'<<' takes a map, or a list of maps")
                            .at(each.place())
                            .hint("write an alias of a map, such as *defaults"));
                }
            }
        }

        private static List<String> keys(TreePath path) {
            var keys = new ArrayList<String>();
            for (var each = path; each.above() != null; each = each.above()) {
                keys.addFirst(each.last());
            }
            return keys;
        }
    }

    /// Paths of values that earlier files lose.
    ///
    /// @param paths their keys from the top
    public record Resets(List<List<String>> paths) {
        public static final Resets NONE = new Resets(List.of());

        /// The tree without what is to be taken out. Items of lists stay.
        public Mapping apply(Mapping tree) {
            return paths.isEmpty() ? tree : apply(tree, paths);
        }

        private static Mapping apply(Mapping tree, Collection<List<String>> paths) {
            var entries = new LinkedHashMap<String, Value>();
            tree.entries().forEach((key, value) -> {
                var here = paths.stream()
                        .filter(path -> !path.isEmpty()
                                && (path.getFirst().equals(key)
                                        || path.getFirst().equals("*")))
                        .toList();
                if (here.stream().anyMatch(path -> path.size() == 1)) {
                    return;
                }
                var below =
                        here.stream().map(path -> path.subList(1, path.size())).toList();
                entries.put(key, value instanceof Mapping mapping && !below.isEmpty() ? apply(mapping, below) : value);
            });
            return new Mapping(tree.place(), entries, tree.keys());
        }

        /// The same paths with those through `x-develop`, which stands for `develop`.
        public Resets withAliases() {
            var all = new ArrayList<>(paths);
            for (var path : paths) {
                if (path.size() > 2
                        && path.getFirst().equals("services")
                        && path.get(2).equals("x-develop")) {
                    var renamed = new ArrayList<>(path);
                    renamed.set(2, "develop");
                    all.add(renamed);
                }
            }
            return new Resets(List.copyOf(all));
        }
    }

    /// Its map.
    ///
    /// @throws ProblemException when it holds something else
    public Mapping mapping() {
        if (tree instanceof Mapping mapping) {
            return mapping;
        }
        throw Problem.user("compose.top", "a compose file is a map, this is " + tree.kind())
                .at(tree.place())
                .hint("begin with 'services:'")
                .exception();
    }
}
