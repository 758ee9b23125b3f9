/// YAML 1.2 as a tree that knows where each value stands.
///
/// Face: [Yaml], [Node]. Must never know which keys there are.
@NullMarked
package dev.johwa.lib.yaml;

import org.jspecify.annotations.NullMarked;
