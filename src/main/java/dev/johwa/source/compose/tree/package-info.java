/// Compose files as trees that the stages of reading rewrite: values with their places, paths, and rules by path.
@NullMarked
package dev.johwa.source.compose.tree;

import org.jspecify.annotations.NullMarked;
