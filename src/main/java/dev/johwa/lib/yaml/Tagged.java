package dev.johwa.lib.yaml;

import dev.johwa.lib.problem.Place;
import java.util.List;

/// A value of a YAML stream as it is written, with its tag, for formats that give tags, duplicate documents or plain
/// texts a meaning of their own. What several aliases name is one object.
public sealed interface Tagged {
    Place place();

    /// The tag that is written before it, such as `!reset` or `!!str`; empty when there is none.
    String tag();

    /// @param isPlain whether it stands without quotes, so that a format may see a number in it
    record Scalar(Place place, String tag, String text, boolean isPlain) implements Tagged {}

    record Sequence(Place place, String tag, List<Tagged> items) implements Tagged {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// @param entries in the order of the file; a key may stand twice
    record Mapping(Place place, String tag, List<Entry> entries) implements Tagged {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    record Entry(Tagged key, Tagged value) {}
}
