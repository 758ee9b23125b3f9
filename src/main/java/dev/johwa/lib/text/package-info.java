/// Text for people: near names, sizes, names of files as they are, and secrets that must not be seen.
///
/// Face: [Near], [Sizes], [RawNames], [Mask], [Cut], [Piece]. Must never know what a text is about.
@NullMarked
package dev.johwa.lib.text;

import org.jspecify.annotations.NullMarked;
