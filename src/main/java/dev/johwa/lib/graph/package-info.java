/// Figures over time as a picture that needs no script.
///
/// Face: [Graph] and what it is made of, [Drawing]. A graph → its scale ([Unit]) and ticks ([TimeAxis]) → SVG of
/// lines, bands and marks, with the same figures as a table beside it. Sizes of letters stay whatever the width is.
/// Must never know where figures come from, nor a word of a language.
@NullMarked
package dev.johwa.lib.graph;

import org.jspecify.annotations.NullMarked;
