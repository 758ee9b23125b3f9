/// YAML 1.2 as a tree that knows where each value stands.
///
/// Face: [Yaml], [Node]; [YamlStream], [Tagged] for formats with several documents, tags or rules of their own. Must
/// never know which keys there are.
@NullMarked
package dev.johwa.lib.yaml;

import org.jspecify.annotations.NullMarked;
