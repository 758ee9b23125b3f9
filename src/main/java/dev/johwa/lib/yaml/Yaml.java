package dev.johwa.lib.yaml;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads YAML 1.2 files of people.
public final class Yaml {
    private static final int LARGEST = 1 << 20;
    private static final int MOST_NODES = 100_000;
    private static final int DEEPEST = 50;

    private final String file;
    private final List<Problem> problems;
    private int nodes;

    private Yaml(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// The one document of a file; empty when it holds nothing.
    ///
    /// @param file name that problems tell
    /// @throws ProblemException with file, line and column when it is no YAML
    public static Optional<Node> read(String file, String text) {
        var problems = new ArrayList<Problem>();
        var root = read(file, text, problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return root;
    }

    /// The same, where keys that stand twice are told to the list, and the first of them counts.
    public static Optional<Node> read(String file, String text, List<Problem> problems) {
        if (text.length() > LARGEST) {
            throw Problem.user("yaml.too-large", "the file is larger than 1 MiB")
                    .at(Place.of(file))
                    .exception();
        }
        try {
            var settings = LoadSettings.builder()
                    .setLabel(file)
                    .setAllowDuplicateKeys(true)
                    .setMaxAliasesForCollections(50)
                    .setCodePointLimit(LARGEST)
                    .build();
            return new Compose(settings).composeString(text).map(node -> new Yaml(file, problems).convert(node, 0));
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

    private Node convert(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
        var place = node.getStartMark().map(mark -> place(file, mark)).orElse(Place.of(file));
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw Problem.user("yaml.too-large", "the file holds too many values, or too deep ones")
                    .at(place)
                    .exception();
        }
        return switch (node) {
            case ScalarNode scalar ->
                new Node.Scalar(place, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
            case SequenceNode sequence -> {
                var items = new ArrayList<Node>();
                sequence.getValue().forEach(item -> items.add(convert(item, depth + 1)));
                yield new Node.Sequence(place, items);
            }
            case MappingNode mapping -> mapping(mapping, place, depth);
            default ->
                throw Problem.user("yaml.syntax", "not readable as YAML")
                        .at(place)
                        .exception();
        };
    }

    private Node mapping(MappingNode mapping, Place place, int depth) {
        var entries = new LinkedHashMap<Node.Key, Node>();
        for (var entry : mapping.getValue()) {
            if (!(convert(entry.getKeyNode(), depth + 1) instanceof Node.Scalar key)) {
                throw Problem.user("yaml.key", "a key must be a text").at(place).exception();
            }
            boolean isKnown =
                    entries.keySet().stream().anyMatch(known -> known.text().equals(key.text()));
            if (isKnown) {
                problems.add(Problem.user("yaml.duplicate-key", "the key '" + key.text() + "' stands here twice")
                        .at(key.place())
                        .hint("keep one of them"));
                continue;
            }
            entries.put(new Node.Key(key.place(), key.text()), convert(entry.getValueNode(), depth + 1));
        }
        return new Node.Mapping(place, entries);
    }
}
