package dev.johwa.lib.yaml;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/// Reads all the documents of a YAML stream, with tags and without a meaning of plain texts.
public final class YamlStream {
    private static final int LARGEST = 1 << 20;
    private static final int MOST_NODES = 100_000;
    private static final int MOST_ALIASES = 20_000;
    private static final int DEEPEST = 100;
    private static final Tag IMPLICIT = new Tag("tag:johwa.dev,2026:implicit");
    private static final Set<Tag> USUAL = Set.of(IMPLICIT, Tag.STR, Tag.SEQ, Tag.MAP);

    private final String file;
    private final Map<Node, Tagged> known = new IdentityHashMap<>();
    private final Set<Node> open = new HashSet<>();

    private YamlStream(String file) {
        this.file = file;
    }

    /// @param file name that problems tell
    /// @return one tree a document; none for a stream without any
    /// @throws ProblemException with file, line and column when it is no YAML, too large, or holds itself
    public static List<Tagged> read(String file, String text) {
        if (text.length() > LARGEST) {
            throw Problem.user("yaml.too-large", "the file is larger than 1 MiB")
                    .at(Place.of(file))
                    .exception();
        }
        try {
            var settings = LoadSettings.builder()
                    .setLabel(file)
                    .setAllowDuplicateKeys(true)
                    .setMaxAliasesForCollections(MOST_ALIASES)
                    .setCodePointLimit(LARGEST)
                    .setSchema(new NoMeaning())
                    .build();
            var stream = new YamlStream(file);
            var documents = new ArrayList<Tagged>();
            for (var document : new Compose(settings).composeAllFromString(text)) {
                documents.add(stream.convert(document, 0));
            }
            return List.copyOf(documents);
        } catch (MarkedYamlEngineException e) {
            var place = e.getProblemMark().map(mark -> place(file, mark)).orElse(Place.of(file));
            throw new ProblemException(
                    Problem.user("yaml.syntax", "not readable as YAML: " + e.getProblem())
                            .at(place),
                    e);
        } catch (YamlEngineException | StackOverflowError e) {
            throw new ProblemException(
                    Problem.user("yaml.syntax", "not readable as YAML: " + e.getMessage())
                            .at(Place.of(file)),
                    e);
        }
    }

    private static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Tagged convert(Node node, int depth) {
        var done = known.get(node);
        if (done != null) {
            return done;
        }
        var place = node.getStartMark().map(mark -> place(file, mark)).orElse(Place.of(file));
        if (known.size() >= MOST_NODES || depth > DEEPEST) {
            throw Problem.user("yaml.too-large", "the file holds too many values, or too deep ones")
                    .at(place)
                    .exception();
        }
        if (!open.add(node)) {
            throw Problem.user("yaml.cycle", "this value holds itself")
                    .at(place)
                    .hint("an alias must not stand below its own anchor")
                    .exception();
        }
        var converted = fresh(node, place, depth);
        open.remove(node);
        known.put(node, converted);
        return converted;
    }

    private Tagged fresh(Node node, Place place, int depth) {
        var tag = tag(node);
        return switch (node) {
            case ScalarNode scalar ->
                new Tagged.Scalar(place, tag, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
            case SequenceNode sequence -> {
                var items = new ArrayList<Tagged>();
                sequence.getValue().forEach(item -> items.add(convert(item, depth + 1)));
                yield new Tagged.Sequence(place, tag, items);
            }
            case MappingNode mapping -> {
                var entries = new ArrayList<Tagged.Entry>();
                mapping.getValue()
                        .forEach(entry -> entries.add(new Tagged.Entry(
                                convert(entry.getKeyNode(), depth + 1), convert(entry.getValueNode(), depth + 1))));
                yield new Tagged.Mapping(place, tag, entries);
            }
            default ->
                throw Problem.user("yaml.syntax", "not readable as YAML")
                        .at(place)
                        .exception();
        };
    }

    /// Only a plain text can be told from one with `!!str` before it; a quoted one is a text either way.
    private static String tag(Node node) {
        var tag = node.getTag();
        boolean isTextByTag = tag.equals(Tag.STR)
                && node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN;
        if (USUAL.contains(tag) && !isTextByTag) {
            return "";
        }
        var text = tag.getValue();
        return text.startsWith(Tag.PREFIX) ? "!!" + text.substring(Tag.PREFIX.length()) : text;
    }

    /// Plain texts are left to whoever reads the tree.
    private static final class NoMeaning implements Schema {
        @Override
        public ScalarResolver getScalarResolver() {
            return (_, isImplicit) -> isImplicit ? IMPLICIT : Tag.STR;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of();
        }
    }
}
