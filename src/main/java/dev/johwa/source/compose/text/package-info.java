/// The small languages within compose files: references to variables, env files, command lines, sizes, times, ports,
/// volumes and paths. Each text is read as Compose's own reader (compose-go) and the libraries below it do.
@NullMarked
package dev.johwa.source.compose.text;

import org.jspecify.annotations.NullMarked;
